# Findings: what is wrong with a sign-in, or worth knowing about it.
#
# finding-<code> is the title. .meaning says what it means, .step-1, .step-2, … what to do about
# it, each one action. Who can do it, where, and with which values is in app/src/findings/.
# finding-person-… is the one sentence for the person who only wanted to sign in: it says nothing
# about the configuration.

## The message as a whole
finding-not-base64 = What was posted is not Base64
    .meaning = SAMLResponse must hold the response in Base64, and a part of it is shown below. The form was cut or changed on its way, or a program wrote it that is no identity provider.
    .step-1 = If what is shown is Base64 but for a blank in it, a plus sign was there: have the script or gateway that posts the form escape its fields (%2B), as browsers do.
    .step-2 = If not, start again in another browser without extensions.
    .step-3 = If it stays, try a network without a proxy that inspects or rewrites what browsers post.
    .step-4 = If it happens to everybody, look at the Login URL: what answers there writes this form. Tell support the reference.
finding-not-encoded = The response was posted without Base64
    .meaning = The XML itself came in SAMLResponse, as shown below, and no Base64 of it (SAML bindings, section 3.5.4). Identity providers encode it themselves, so a template, a script or a gateway of yours writes this form.
    .step-1 = Have what writes the form put the Base64 of the whole response into SAMLResponse, and change nothing in the XML: it is signed.
    .step-2 = If nothing of yours writes it, tell support the reference, and what answers at the Login URL.
finding-too-large = The response is too large
    .meaning = We read responses of up to 256 KiB. An ordinary one has about 6 KB; large attributes, or very many groups, make it grow{ $idp ->
            [entra] . Entra sends 150 groups at most, which do not fill it.
           *[other] .
        }
    .step-1 = Find the claim with the longest value, in the person's account or in the SAMLResponse that the browser posts (developer tools, network): a picture, a long text, a constant.
    .step-2 = Remove it if nobody needs it, or have it send less.
    .step-3 = If every claim is short, the identity provider, or a gateway in front of it, adds something else to the response: tell support the reference.
finding-response-missing = What was posted holds no SAML response
    .meaning = A form without a SAMLResponse came to the Reply URL. As a rule the application is set to OpenID Connect instead of SAML, whose answers have other names, or something else posts a form here.
    .step-1 = If it is SAML already, find out what else posts to the Reply URL: the form of an identity provider always holds a response.
    .step-2 = If SAMLRequest is shown below, something sends requests here that are meant for an identity provider: the Reply URL is entered as its Login URL.
    .step-3 = Start again.
finding-response-compressed = The response was compressed
    .meaning = SAMLResponse holds the response compressed with DEFLATE, as messages are in addresses (HTTP-Redirect). By HTTP-POST, as it came, it has to be the Base64 of the XML itself (SAML bindings, section 3.5.4). Identity providers keep to that, so a template, a script or a gateway of yours writes this form.
    .step-1 = If the logs have this sign-in as a success, a script or a gateway between the identity provider and the browser writes the form anew. If they do not have it, something else answers at the Login URL: compare it with the one below.
    .step-2 = Have what writes the form put the Base64 of the XML into SAMLResponse, without compressing it.
    .step-3 = If nothing of yours writes it, tell support the reference, and what answers at the Login URL.
finding-response-by-artifact = The response came as an artifact
    .meaning = A reference to the response came (SAMLart), which an application would have to fetch from the identity provider (binding HTTP-Artifact). We take the response itself, by HTTP-POST{ $idp ->
            [entra] . Entra itself never sends artifacts, so something else answers at the Login URL, or a gateway between Entra and the browser does this.
           *[other] .
        }
    .step-1 = { $idp ->
            [entra] If the logs have this sign-in as a success, a gateway between Entra and the browser replaces the response by a reference: have whoever runs it send the response by HTTP-POST, with artifacts off.
           *[other] Where it has these settings, choose HTTP-POST as the binding by which this application gets its responses, and switch artifacts off for it.
        }
    .step-2 = { $idp ->
            [entra] If they do not have it, something else answers at the Login URL: compare it with the one below. If it is meant to answer there, have whoever runs it send the response by HTTP-POST, with artifacts off.
           *[other] If that is so already, or it has no such settings, look this sign-in up in the log there. If it succeeded, a gateway on the way replaces the response by a reference; if it is not there, something else answers at the Login URL: compare it with the one below. Have whoever runs it send the response by HTTP-POST, with artifacts off.
        }
finding-logout-at-reply-url = A sign-out message came to the Reply URL
    .meaning = The identity provider sent a request or an answer of single logout to the address that takes sign-ins: the one that is entered there for sign-outs is the Reply URL, or it is empty and the Reply URL stands in for it. Nobody was signed in or out by this message.
    .step-1 = Sign in and out once more: the browser has to come back to the Logout URL.
finding-ws-federation = The answer is one of WS-Federation
    .meaning = The form holds wresult, which is WS-Federation's answer and none of SAML 2.0: the application at the identity provider is set to the wrong protocol, or the Login URL that is entered here is the one for WS-Federation.
    .step-1 = Compare the Login URL entered here with the one there: it must be the one for SAML 2.0. If it is not, an admin of the team pastes that one in this portal, in the step Set up URLs, and saves.
    .step-2 = Start again.
    .step-3 = If both are right already, the person began at another address, or a gateway answers in WS-Federation: find it, or tell support the reference.
finding-not-xml = The response is not XML
    .meaning = What was posted is Base64, but no well-formed XML in UTF-8. Either it was cut or changed on its way, in the browser, by a proxy or by a gateway, or what answers at the Login URL wrote it so.
    .step-1 = Start again in another browser without extensions.
    .step-2 = If it stays, try a network without a proxy that inspects or rewrites what browsers post.
    .step-3 = If it happens to everybody, look this sign-in up in the log there. If it succeeded, the identity provider, or a gateway in front of it, sends only part of the response or changes it: its administrator has to look there. If it is not there, something else answers at the Login URL: compare it with the one below. If neither helps, tell support the reference.
finding-limit-exceeded = The response is larger than we accept
    .meaning = We read up to 4,000 elements, nested 32 deep, with 32 attributes each and 32 namespaces in scope at once. What exceeds its limit is shown below. Only very many groups or attributes make a response so long.
    .step-1 = Find the claim with the most values, and have it send fewer: of groups, only those that are assigned to this application.
    .step-2 = Remove claims that nobody needs.
    .step-3 = If it stays too long, tell support the reference, and what the identity provider is.
finding-forbidden-construct = The response contains a construct that we do not accept
    .meaning = It is shown below: a comment, a CDATA section, a processing instruction, an encoding other than UTF-8, or an ID that is there twice or is no name. XML parsers read these differently, so a signature does not guarantee what they mean, and the rest was not read{ $idp ->
            [entra] . Entra itself writes plain SAML 2.0 responses without them.
           *[other] .
        }
    .step-1 = If the sign-in is in the logs, find the gateway or proxy between the identity provider and the browser that rewrites the response.
    .step-2 = If the identity provider writes its responses from a template, leave this construct out of it.
    .step-3 = If neither helps, tell support the reference.
finding-doctype-present = The response begins with a document type declaration
    .meaning = SAML uses none, and XML parsers cannot read all of them safely. The response was refused without reading it{ $idp ->
            [entra] . Entra itself writes none.
           *[other] .
        }
    .step-1 = If the logs have this sign-in as a success, something rewrites the response after that: a proxy, a web filter or an identity gateway, which whoever runs your network knows.
    .step-2 = If they do not have it, something else answers at the Login URL: compare it with the one entered here.
    .step-3 = If the identity provider writes its responses from a template, leave the declaration out of it. If none of this helps, tell support the reference.
finding-wrong-shape = The response does not have the structure that SAML requires
    .meaning = The part that is missing, repeated or in the wrong place is shown below. There must be one Response with one Assertion in it, each with its required parts, and signatures on those two only{ $idp ->
            [entra] . Entra itself writes responses of this structure.
           *[other] .
        }
    .step-1 = If the sign-in is in the logs, find the gateway or proxy that rewrites the response.
    .step-2 = If nothing rewrites it, set the application to the Web Browser SSO profile of SAML 2.0.
    .step-3 = If a template or a program of yours writes the response, correct the part that is shown. If none of this helps, tell support the reference.
finding-several-assertions = The response holds several assertions
    .meaning = With more than one assertion it is unclear which one counts, so there must be exactly one. Who wrote each of them stands in the XML of this sign-in, as its Issuer{ $idp ->
            [entra] . Entra itself writes one.
           *[other] .
        }
    .step-1 = If the logs have this sign-in as a success, an identity gateway between the identity provider and the browser adds an assertion of its own: have whoever runs it switch that off for this application.
    .step-2 = If the identity provider itself sends several, set it to send one.
finding-wrong-version = The message is not SAML 2.0
    .meaning = The response or its assertion says that it is of another version of SAML: the application is set to an older one, or the message was changed on its way.
    .step-1 = Start again.
finding-response-in-query = The response came in an address
    .meaning = It was put into the query of a GET instead of being posted. Addresses stay in histories and logs, so responses are taken by HTTP-POST only. { $idp ->
            [entra] Entra itself always posts them, so something between it and the browser does this: a gateway, a script or another program that answers at the Login URL.
           *[other] Either the binding of the response is set to HTTP-Redirect for this application, or a gateway turns the post into an address.
        }
    .step-1 = If the logs have this sign-in as a success, something between the identity provider and the browser turns its post into an address: have whoever runs it switch that off.
    .step-2 = If they do not have it, something else answers at the Login URL: compare it with the one below.
finding-no-passive = The person would have had to be asked
    .meaning = The identity provider would have had to ask the person something, such as a password, and took it that nobody must be asked (status NoPassive). The person was not signed in there.
    .step-1 = Start again at the Sign on URL.
    .step-2 = If it happens each time, tell support the reference.
finding-no-passive-not-asked =
    .meaning = The identity provider says that it must not ask the person anything (status NoPassive). Our request does not say so: IsPassive is not in it, as listed below. { $idp ->
            [entra] No policy of Entra's does this. Either something between here and Entra adds IsPassive to the request, or the browser has no session at Microsoft or blocks its cookies (AADSTS50058).
           *[other] Either a setting or policy there tries sign-ins silently, or something on the way adds IsPassive to the request, or the browser has no session there or blocks its cookies.
        }
    .step-1 = { $idp ->
            [entra] Sign in at https://myapps.microsoft.com in the same browser, with cookies allowed for login.microsoftonline.com, and start again.
           *[other] Sign in at the identity provider in the same browser, with its cookies allowed, and start again.
        }
    .step-2 = { $idp ->
            [entra] If it stays, look this sign-in up in the log there. A request with IsPassive in it was changed on its way: find the gateway that adds it.
           *[other] If it stays, look this sign-in up in the log there. If the request has IsPassive in it, find the gateway that adds it; if not, find the setting that tries this sign-in silently, and take this application out of it.
        }
    .step-3 = If neither is the cause, tell support the reference and what the log says.
finding-no-authn-context = The requested way of authenticating is not available
    .meaning = The identity provider cannot authenticate the person in the way that is asked for (status NoAuthnContext).
    .step-1 = Allow the way of authenticating that is asked for, for this person and this application.
finding-no-authn-context-not-asked =
    .meaning = The identity provider says that it cannot authenticate the person in the way that is asked for (status NoAuthnContext). Our request asks for none, so either a policy there does, as a rule for a second factor or a method that this person has not registered, or something on the way adds one to the request. The log there says which.
    .step-1 = If a policy does, have the person register the method that it asks for.
    .step-2 = If the request has one in the log, find the gateway that adds it.
    .step-3 = If neither is the cause, tell support the reference and what the log says.
finding-invalid-name-id-policy = The requested format of the name identifier is not available
    .meaning = The identity provider cannot send a name identifier in the format that the request or its own settings ask for (status InvalidNameIDPolicy): the format is not set there, or what it is made from is empty for this person. The log there says which.
    .step-1 = If the source of the name identifier is empty for this person, fill it in their account there. Another source would change the name identifier of everybody.
    .step-2 = If the log names a format, set the one that our request asks for as follows. If it is set already, tell support the reference and what the log says.
finding-invalid-name-id-policy-not-asked =
    .meaning = The identity provider says that it cannot send a name identifier in the format that is asked for (status InvalidNameIDPolicy). Our request asks for none. So one that is set there cannot be made for this person, what it is made from is empty, or something on the way adds one to the request. The log there says which.
    .step-1 = If the source of the name identifier is empty for this person, fill it in their account there. Another source would change the name identifier of everybody.
    .step-2 = Otherwise set the format as follows. If it is set already, tell support the reference and what the log says.
finding-request-unsupported = The identity provider does not support the request
    .meaning = Something in the request is not supported there (status RequestUnsupported). Its own log says what; all that our request asks for is listed below.
    .step-1 = If the log names one of these, change it in the sign-in options here, or allow it there.
    .step-2 = If it names something else, tell support the reference and what the log says.
finding-request-denied = The identity provider denied the request
    .meaning = It understood the request and does not answer it (status RequestDenied): the person may not use the application, a policy forbids it, or the request has no signature that it accepts. Its log says which of them it was.
finding-authn-failed = The person could not authenticate
    .meaning = The identity provider could not find out who the person is (status AuthnFailed or UnknownPrincipal): a wrong password, a locked or unknown account, or a second factor that failed.
    .step-1 = In the log, look which of these it was.
    .step-2 = If the account is locked or its password has expired, unlock it or set a new password; if the second factor failed, look at the methods that the person has registered.
    .step-3 = Start again with the right account.
finding-unsupported-binding = The identity provider does not take the binding
    .meaning = The request came by a way that is not enabled there, or it is to answer in one that is not (status UnsupportedBinding). We send requests by HTTP-Redirect or HTTP-POST and take responses by HTTP-POST.
finding-status-requester = The identity provider refused the request
    .meaning = It says that something in the request is wrong (status Requester), and not what. Mostly our entity ID or Reply URL is not the one in its settings, the request should be signed, or it asks for something that is not set there. Its message, where there is one, is shown below.
finding-status-responder = The identity provider could not finish the sign-in
    .meaning = It says that something went wrong on its side (status Responder), and not what. Mostly the person may not use the application, a policy stopped them, or a setting of the application cannot be met. Its message, where there is one, is shown below{ $idp ->
            [entra] : an AADSTS number in it says why.
           *[other] .
        }
finding-status-version-mismatch = The identity provider does not take SAML 2.0
    .meaning = We send requests of version 2.0, and the address that they go to answers that it takes another one (status VersionMismatch).
    .step-1 = Compare the Login URL with the one entered here: it must be the one for SAML 2.0.
    .step-2 = If it is, look in the identity provider's log for what it says of this request, and tell support the reference.
# what the second status code says (SAML core, section 3.2.2.2), where the first only says who is to blame
finding-status-second =
    .invalid-attr-name-or-value = The identity provider says that an attribute has a name or a value that it does not expect (status InvalidAttrNameOrValue). Our request names no attributes, so its own settings for this application do, or something on the way adds one.
    .no-available-idp = What answered hands sign-ins on to other identity providers, and could reach none of them (status NoAvailableIDP): they do not answer, or none is chosen for this person or this application.
    .no-supported-idp = What answered hands sign-ins on to other identity providers, and accepts none of those that could be used (status NoSupportedIDP): the one for this person is not set up there.
    .partial-logout = The identity provider says that it could not sign the person out everywhere (status PartialLogout), which is an answer to a sign-out and none to a sign-in.
    .proxy-count-exceeded = What answered would have to hand the sign-in on to another identity provider, and a limit on how often it may be handed on is reached (status ProxyCountExceeded). Our request sets no such limit, so something between sets it, or identity providers hand the sign-in on to each other in a circle.
    .resource-not-recognized = The identity provider does not know the resource that the request is about (status ResourceNotRecognized). A sign-in names none but this application: as a rule its entity ID is not known there.
    .too-many-responses = The identity provider says that it would have to answer more than it can (status TooManyResponses), which is not about a single sign-in: something of its own, or on the way, asks for more.
    .unknown-attr-profile = The identity provider does not know the kind of attributes that it is asked for (status UnknownAttrProfile). Our request asks for none, so its own settings for this application do.
finding-status-not-success = The identity provider answered with an error
    .meaning = The sign-in came back without an assertion: the identity provider did not let the person through. The status that it sent is shown below. It is none that SAML defines, so it is the provider's own, and its message is the best clue to what it means.
    .step-1 = If the message or the log speaks of access, assign the application to the person. If it speaks of maintenance or a fault, wait, and start again.

## Token encryption
finding-encrypted = The assertion is encrypted, and this team has no key
    .meaning = It is encrypted with a certificate that somebody gave to the identity provider. We hold no private key of this team's, so it cannot be read here.
    .step-1 = To do without encryption, switch it off at the identity provider: nothing has to be done in this portal.
    .step-2 = To keep it, first create a key in this portal under Keys, and download its certificate. Then have that one entered at the identity provider in place of the present one.
finding-encrypted-part = A part of the assertion is encrypted by itself
    .meaning = The name identifier or an attribute came encrypted alone, inside an assertion that is not. We decrypt whole assertions only. An attribute is left out, and the rest is used; without the name identifier nobody is known.
    .step-1 = Set the identity provider to encrypt the whole assertion to the certificate of this portal, or nothing.
finding-encrypted-for-other = The assertion is encrypted for another certificate
    .meaning = The message says itself that it is encrypted with a certificate that belongs to none of this team's keys.
    .step-1 = Download the current certificate in this portal under Keys, and give that one to the identity provider.
    .step-2 = Compare the thumbprint that it shows with the one here.
finding-encryption-not-allowed = The encryption uses an algorithm that is not safe
    .meaning = We accept AES with 128 or 256 bits for the content and RSA-OAEP for its key. RSA 1.5 and 3DES can be broken with enough attempts.
    .step-1 = Set the identity provider to AES-256 and RSA-OAEP. Where it offers no choice, give it the certificate of this portal again, or switch encryption off.
finding-decryption-failed = The assertion could not be decrypted
    .meaning = Decrypting it with this team's keys did not yield a signed assertion. We give no more precise reason on purpose: precise reasons would make it possible to decrypt messages with our help.
    .step-1 = Compare the thumbprint of the encryption certificate there with those in this portal under Keys.
    .step-2 = If they differ, give the identity provider the current certificate of this portal.
    .step-3 = If they are the same, start again: the message may have been changed on its way.
finding-encrypted-to-old-key = The assertion is encrypted to an older key of this team
    .meaning = It was decrypted, and the sign-in worked. Sign-ins will fail once that older key is deleted here.
    .step-1 = Download the current certificate in this portal under Keys, and give that one to the identity provider.
    .step-2 = Delete the older key here only after a sign-in that no longer shows this note.

## Signatures
finding-signature-missing = Nothing is signed
    .meaning = Neither the response nor the assertion carries a signature, so it cannot be verified who wrote it.
    .step-1 = If signing is set already, look this sign-in up in the logs. If it succeeded there, a gateway takes the signature out on the way. If it is not there, something else answers at the Login URL: compare it with the one entered here.
finding-algorithm-not-allowed = The signature uses an algorithm that is not accepted
    .meaning = We accept RSA (PKCS #1 v1.5) and ECDSA signatures with SHA-256, SHA-384 or SHA-512, and the one that came is shown below. A name with MGF1 in it is RSA-PSS, which we do not read. DSA and MD5 are out of date, and signatures with a shared key (HMAC) do not prove who signed.
    .step-1 = If the name begins with "dsa-" after the "#", the key itself is one of DSA: make a new certificate with an RSA key of 2048 bits or more there, and upload it here.
    .step-2 = If an accepted one is set already, something else signs: look this sign-in up in the logs, compare what answers at the Login URL, and tell support the reference.
finding-algorithm-sha1 = The response is signed with SHA-1
    .meaning = SHA-1 is broken: it is possible to create two documents with the same value. We never accept it, though identity providers may still offer it as a choice.
    .step-1 = If SHA-256 is set already, look what is set for the digest: it has a setting of its own at some identity providers, and both count.
finding-signature-invalid = No certificate verifies the signature
    .meaning = The signature fits none of the certificates uploaded here, and the message names no other one. Either the identity provider signs with a new certificate, or the message does not come from it.
    .step-1 = Compare the thumbprint there with those uploaded here.
    .step-2 = If they differ, download the certificate there, and upload it here beside the others.
    .step-3 = If they are the same, start again, and tell support the reference if the problem stays.
finding-digest-mismatch = The response was changed after it was signed
    .meaning = What was signed is not what arrived: something rewrote the message between the identity provider and us, as gateways and browser extensions do. Some identity providers rewrite their own message after signing it.
    .step-1 = Start again in another browser without extensions.
    .step-2 = If it works there, remove the extension; if not, have your network's administrators look for a proxy that rewrites what browsers post.
    .step-3 = If it happens everywhere, have the identity provider's administrator look whether it, or a gateway in front of it, rewrites responses after signing them, and tell support the reference.
finding-engines-disagree = The response can be read in two ways
    .meaning = We check each signature with two libraries that share no code. They did not find the same content signed, so the response was refused.
    .step-1 = Tell support the reference.
    .step-2 = Meanwhile check that the response comes from the identity provider itself, and that no gateway rewrites it.
finding-second-engine-unread = The second signature library could not read the response
    .meaning = The signature was verified. A second library that shares no code with the first is asked as well, and it could not work with this message, so the response was refused.
    .step-1 = Tell support the reference: nothing in your configuration is wrong, as far as we can tell.
finding-signed-assertion = The assertion is signed
    .meaning = The signature covers the assertion, which is all that is needed.
finding-signed-response = The response is signed
    .meaning = The signature covers the whole response with the assertion in it, and that is accepted.
finding-signed-both = Response and assertion are signed
    .meaning = Both signatures were verified. One would be enough.

## Signing certificates
finding-signed-by-other-key = Another key signed than the certificate says
    .meaning = The message names a certificate that is uploaded here, and the key of that certificate did not make the signature. Either the key was replaced at the identity provider and the old certificate is still sent with it, or something else wrote the message.
    .step-1 = Compare the thumbprint there with the one that we saw.
    .step-2 = If they differ, check that the active one is uploaded here, and upload it if it is not; if the team is live, make the change live here. If it was uploaded and live already, something else wrote the message: tell support the reference.
    .step-3 = If they are the same, make a new certificate there as follows, and upload it here beside the present one. If the team is live, make the change live here, and only then make the new one the active one.
finding-certificate-unknown = Signed with a certificate that is not uploaded here
    .meaning = The message names the certificate it is signed with, and that one is not among yours. As a rule the identity provider signs with a new certificate. Do not copy it from this message: a message can contain any certificate.
    .step-1 = Compare the thumbprints of all certificates there, also of inactive ones, with the one that we saw.
    .step-2 = If one is the same, download that certificate there, and upload it here; the older one may stay.
    .step-3 = If none is, the message does not come from this application: tell support the reference.
finding-certificate-next = The metadata lists the certificate
    .meaning = The identity provider's own metadata names the certificate that signed, so it is one of the application's. As a rule it is the next one, or one that was made since the metadata was read here.
    .step-1 = Compare the thumbprint there with the one that we saw.
    .step-2 = Add the certificate in the step SAML Certificates, by the address of the metadata or as a file, if it is not there yet. The older one may stay.
finding-certificate-not-in-metadata = The metadata does not list the certificate
    .meaning = The identity provider's metadata names other certificates than the one that signed. Do not add it unless you know where it comes from.
    .step-1 = Compare the address of the metadata there with the one entered here: it must be this application's, not that of the whole tenant.
    .step-2 = Look for the thumbprint that we saw among the certificates there.
    .step-3 = If it is not there, the message does not come from this application: tell support the reference.
finding-certificate-expired = The signing certificate has expired
    .meaning = The signature fits one of your certificates, and that certificate has expired. An identity provider may go on signing with it; we refuse what it signs.
    .step-1 = Upload the new certificate here. If the team is live, make the change live here, and only then go on.
finding-certificate-not-yet-valid = The signing certificate is not valid yet
    .meaning = The signature fits one of your certificates, whose validity begins later than now.
    .step-1 = Look among the signing certificates there for one that is valid now. If there is one, none has to be made: download that one.
    .step-2 = If there is none, make one as follows that is valid at once.
    .step-3 = Upload the one that is valid now here, if it is not yet. If the team is live, make the change live here, and only then make that one the active one there.
finding-certificate-replaced = The certificate was replaced while the sign-in was under way
    .meaning = The response is signed with a certificate that was good when the sign-in began and is not part of the live revision any more. A certificate that is taken out stops working at once.
    .step-1 = If the certificate that signs there is one of the live revision's, nothing has to be done: whoever starts again gets in.
    .step-2 = If it is the one that was taken out here, have the identity provider sign with the new one.
finding-certificate-ends-soon = The signing certificate ends soon
    .meaning = The sign-in works. Once the certificate expires, at the time shown below, everybody will be refused unless the next certificate is uploaded here and made the active one there before.
    .step-1 = Upload the new certificate here beside the present one. If the team is live, make the change live here, and only then go on.

## From whom, for whom, where to and when
finding-wrong-issuer = The issuer is not the one entered here
    .meaning = The response was issued by another identity provider, or the identifier entered here has a typing error. It is compared letter by letter.
    .step-1 = Paste the issuer here in the step Set up URLs, and save.
    .step-2 = If the value there is the same as before, the sign-in went to another application or provider: compare the address that people are sent to as well.
    .step-3 = If that address is the same as well, the identity provider, or a gateway in front of it, writes another issuer than its own: look this sign-in up in its log and correct the issuer there, or tell support the reference.
finding-issuer-other-tenant = The issuer is another tenant
    .meaning = The response comes from the same service, but from another tenant than the one whose identifier is entered here. Often there is an application for a test and one for production, each in its own tenant.
    .step-1 = If the value there differs from the one entered here, find out which of the two tenants the people who are to sign in belong to. If it is the other one, paste both values of that tenant's application here in the step Set up URLs, upload its certificate, and save.
    .step-2 = If the tenant entered here is the right one, people are sent to another application: compare the Login URL here with the one there.
    .step-3 = If both values are the same already, the identity provider, or a gateway in front of it, writes another issuer than its own: look this sign-in up in its log and correct the issuer there, or tell support the reference.
finding-issuer-without-slash = The issuer differs in the slash at its end
    .meaning = Both values are the same but for a slash at the end. Identifiers are compared letter by letter{ $idp ->
            [entra] , and Entra's own ends with a slash, as it is entered here. The one that came does not, so the identity provider, or what stands in front of it, writes it without.
           *[other] .
        }
    .step-1 = Take the issuer over as it came, by the button below, or paste it here in the step Set up URLs, and save.
finding-common-tenant = The issuer names no tenant
    .meaning = The value stands for any tenant of the service{ $idp ->
            [entra] , as the address with "common" does.
           *[other] .
        } Accepting it would let people of every company in.
    .step-1 = Paste the values of your own tenant here in the step Set up URLs, and save.
finding-white-space = A value has white space or invisible characters in it
    .meaning = It is the right value but for blanks, line breaks or characters that nobody sees, which are marked below. SAML compares values exactly, so white space counts. Mostly a value was pasted with it, or a template breaks lines around it.
    .step-1 = Look for the value that was expected, delete it, and type or paste it again without anything around it.
    .step-2 = For the name identifier, look for the blank in the person's own data, or in what transforms it.
    .step-3 = If the identity provider writes its responses from a template, write the element on one line.
finding-wrong-audience = The assertion is meant for another application
    .meaning = Its audience is not this team's entity ID. The identity provider takes the audience from the value in its settings of this application{ $idp ->
            [entra] , and of several the default one where a sign-in begins at Entra.
           *[other] .
        }
    .step-1 = { $idp ->
            [entra] If it is right there already, look under Attributes & Claims > Advanced SAML claims options for an audience override, and take it out; otherwise a gateway or a template writes another audience: correct it there, or tell support the reference.
           *[other] If it is right there already, a gateway or a template writes another audience: correct it there, or tell support the reference.
        }
finding-audience-missing = The assertion names no audience
    .meaning = It does not say for which application it is meant: there is no AudienceRestriction in it, so it could be used anywhere, and is refused (SAML core, section 2.5.1.4). { $idp ->
            [entra] Entra always writes one, so a gateway rewrites the response or something else made it.
           *[other] The entity ID is not set for this application, or a template leaves the restriction out.
        }
    .step-1 = If the logs have this sign-in as a success and the value is set there, something takes the audience out on its way: find that gateway, or tell support the reference.
    .step-2 = Otherwise have the identity provider write this team's entity ID as the audience.
finding-wrong-destination = The response names another Reply URL
    .meaning = Its Destination is not the Reply URL that it came to: it was made for the address that is shown as what we saw.
    .step-1 = If the Reply URL is right there already, a gateway or a template writes another Destination: correct it there, or tell support the reference.
    .missing = The response names no Reply URL
    .missing-meaning = It has no Destination, or an empty one. A signed response must name the Reply URL there that it is posted to (SAML bindings, section 3.5.5.2), so that nobody can post it to another address.
    .missing-step = If the Reply URL is set there already, a gateway or a template leaves the Destination out: have it write this team's Reply URL, or sign the assertion and not the response.
finding-wrong-recipient = The assertion names another Reply URL
    .meaning = The Recipient in the assertion's confirmation is not this team's Reply URL, so it was not made to be used here.
    .step-1 = If the Reply URL is right there already, a gateway or a template writes another Recipient: correct it there, or tell support the reference.
    .missing = The assertion names no Reply URL
    .missing-meaning = Its SubjectConfirmationData has no Recipient, or an empty one. It must name the Reply URL where the assertion may be used (SAML profiles, section 4.1.4.2).
    .missing-step = If the Reply URL is set there already, a gateway or a template leaves the Recipient out: have it write this team's Reply URL.
finding-no-bearer-confirmation = The assertion has no usable confirmation
    .meaning = It needs a bearer confirmation with a Recipient and an end, which says that whoever brings the assertion may use it here. The Web Browser SSO profile always has one.
finding-expired = The response came too late
    .meaning = Its time was over when it arrived, even with the time that we grant to clocks that differ, or it says that it was issued more than ten minutes ago. Mostly a page stayed open, or an old one was sent again. If it happens each time, the clock that wrote it is behind.
    .step-1 = Start again, and finish within ten minutes.
    .step-2 = If it happens each time, compare the clock of the identity provider, and tell support the reference.
    .session = The session at the identity provider was over already
    .session-meaning = The assertion says itself that the person's session at the identity provider ended before it arrived (SessionNotOnOrAfter), at the time shown below. So it answered out of an old session, or it writes a wrong end: a maximum session time that is too short or counted from an earlier sign-in.
    .session-step-1 = Sign out at the identity provider, and start again: the new session has a new end.
    .session-step-2 = If it happens again, look there for the maximum time of sessions, and for what writes SessionNotOnOrAfter, such as a template or a rule: the end must lie after the sign-in, or be left out.
finding-not-yet-valid = The response is not valid yet
    .meaning = Its time begins later than now, even with the time that we grant to clocks that differ, or it says that it was issued then: the clock that wrote it is ahead of ours.
    .step-1 = If the clock there is right, tell support the reference, so that the clock of this service is compared.
finding-validity-wrong = The assertion is valid at another time than now
    .meaning = It was made just now, by a clock that is right, and says of itself that it is over already or begins later: the time that is shown below. Neither the person nor a clock is the cause, but what writes these times.
    .step-1 = Find what writes NotBefore and NotOnOrAfter, such as a template, a rule or a gateway, and have assertions be valid from when they are made, for five minutes or more.
    .over = The assertion was over when it was made
    .over-meaning = It was made just now, by a clock that is right, and says of itself that it was over already: the time that is shown below. Neither the person nor a clock is the cause, but what writes NotOnOrAfter.
    .early = The assertion begins later
    .early-meaning = It was made just now, by a clock that is right, and says of itself that it is not valid yet: the time that is shown below. Neither the person nor a clock is the cause, but what writes NotBefore.
finding-clock-behind = The identity provider's clock is behind
    .meaning = It answered our request with a time from before the request was made, so it is its clock, or what writes IssueInstant, and not a person who took long. A response may be ten minutes old at most, and what a clock that is behind issues may be over before it arrives.
    .step-1 = If that clock is wrong, have whoever runs the server that signs take its time by NTP, and start again.
    .step-2 = If it is right, look at what writes IssueInstant, such as a template or a gateway. If the log has this sign-in at the right time, something between the identity provider and the browser writes the response anew: find it. If the log does not have it, something else answers at the Login URL: compare it with the one below, and the clock of what answers there.
    .step-3 = If none of this is the cause, tell support the reference.
finding-clock-ahead = The identity provider's clock is ahead
    .meaning = It answered with a time that has not come yet by our clock. What it issues is not valid when it arrives.
    .step-1 = If that clock is wrong, have whoever runs the server that signs take its time by NTP, and start again.
    .step-2 = If it is right, look at what writes IssueInstant, such as a template or a gateway. If the log has this sign-in at the right time, something between the identity provider and the browser writes the response anew: find it. If the log does not have it, something else answers at the Login URL: compare it with the one below, and the clock of what answers there.
    .step-3 = If none of this is the cause, tell support the reference.
finding-clock-slightly-behind = The identity provider's clock is a few minutes behind
    .meaning = It answered our request with a time from before the request was made. The sign-in passed, since a response may be ten minutes old. Once the clock is further behind than that, everybody is refused, and earlier where assertions are valid only briefly or ForceAuthn is on; so have it set right soon.
    .step-1 = If that clock is wrong, have whoever runs the server that signs take its time by NTP.
    .step-2 = If it is right, look at what writes IssueInstant, such as a template or a gateway. If the log has this sign-in at the right time, something between the identity provider and the browser writes the response anew: find it. If the log does not have it, something else answers at the Login URL: compare it with the one below, and the clock of what answers there.
    .step-3 = If none of this is the cause, tell support the reference, so that the clock of this service is compared.
finding-clock-slightly-ahead = The identity provider's clock is a few minutes ahead
    .meaning = It answered with a time that had not come yet by our clock. The sign-in passed, since some difference is allowed: three minutes, as a rule. Once it is more, everybody is refused, so have it set right soon.
    .step-1 = If that clock is wrong, have whoever runs the server that signs take its time by NTP.
    .step-2 = If it is right, look at what writes IssueInstant, such as a template or a gateway. If the log has this sign-in at the right time, something between the identity provider and the browser writes the response anew: find it. If the log does not have it, something else answers at the Login URL: compare it with the one below, and the clock of what answers there.
    .step-3 = If none of this is the cause, tell support the reference, so that the clock of this service is compared.
findings-clock-shows = The message is dated { $at }.
findings-clock = The identity provider's clock is { $by }
finding-implausible-time = The response contains an implausible time
    .meaning = It holds a date that is more than a day from now, and answers no request of today's: an old page was sent again, a clock is wrong by far, or something else made the response.
    .step-1 = Start again.
    .step-2 = If it happens each time, compare the date of the identity provider, and tell support the reference.
finding-malformed-time = A date is not in the format that SAML requires
    .meaning = SAML dates are in UTC and end with a Z. The date that differs is shown below.
    .step-1 = Set the identity provider to write dates in UTC as in the example.
    .step-2 = If it does already, tell support the reference: something rewrites the response on its way.
finding-unknown-condition = The assertion has a condition that we do not know
    .meaning = SAML asks to refuse what cannot be checked. We know conditions of audience and of time, OneTimeUse and ProxyRestriction.
    .step-1 = Remove rules of this application that add conditions to its assertions.
    .step-2 = Start again.

## When and how the person authenticated
finding-authn-instant-too-old = The person did not authenticate again
    .meaning = Your sign-in options ask people to authenticate again at each sign-in, and the time of the authentication lies before this one: the identity provider accepted an older session instead. The request may have been changed in the browser, or the sign-in began at the identity provider, where there is no request that asks for it.
    .step-1 = Start again, and enter your password or your other proof when the identity provider asks for it.
    .step-2 = If nothing is asked there, have an admin of the team check that the identity provider honours ForceAuthn.
    .step-3 = If sign-ins begin at the identity provider, have the Sign on URL entered there, so that they begin here.
finding-authn-context-not-asked-for = The person authenticated in another way than requested
    .meaning = Your sign-in options ask for an authentication context, and the response names another one or none. They are compared letter by letter: nothing counts as stronger or equal.
    .step-1 = Compare the authentication context in the sign-in options with the one that came.
    .step-2 = To leave the way of authenticating to the identity provider and its policies, empty the field and save.
    .step-3 = If it must be the one asked for, see at the identity provider why people authenticate in another way.
finding-authn-context-weaker = The person authenticated in another way than was wished for
    .meaning = The application that began the sign-in wished for an authentication context (acr_values), and the response names another one. A wish is no condition, so the sign-in passed, and the application is told which way it was.
    .step-1 = If the wish is to be met, allow that way of authenticating for this person at the identity provider.
finding-relay-state-not-allowed = The address in RelayState is not one that people are sent to
    .meaning = The sign-in began at the identity provider, and its RelayState names the address below, where the person is to arrive. Only pages of this service, and the sites that it is set up to send people to, are opened after a sign-in, so the person arrives at the usual page.
    .step-1 = If people should arrive at this address, ask support whether it can be allowed.

## Who the person is
finding-name-id-missing = The assertion does not say who signed in
    .meaning = No name identifier came: the identity provider is not set to send one, or leaves it out because what it is taken from is empty for this person.
    .step-1 = If the source of the name identifier is empty for this person only, fill it in their account instead, and leave the source as it is.
    .step-2 = If the source is set and filled, look this sign-in up { $idp ->
            [entra] in the application's Sign-in logs (Activity)
           *[other] in the provider's log
        }. If it succeeded there, a gateway takes the name identifier out on the way. If it is not there, something else answers at the Login URL: compare it with the one entered here. If neither helps, tell support the reference.
finding-name-id-empty = The name identifier is empty
    .meaning = A name identifier came, without a value: what it is taken from is empty for this person. Others may sign in all the same.
finding-name-id-unusable = The name identifier cannot be used
    .meaning = There is one, and what is wrong with it is shown below: it is longer than 256 bytes, holds control characters, or names a format that is not a complete URI such as "urn:…" or "http://…".
finding-name-id-format-unknown = The name identifier has a format of the identity provider's own
    .meaning = SAML does not define this format and does not forbid it. The identifier is taken as it is: the same one is the same person, letter by letter.
finding-name-id-format-other = The name identifier has another format than requested
    .meaning = The sign-in options here ask for one format, and the identity provider sent another. The sign-in passed: the value is taken as it is.
    .step-1 = Set the same format there, or ask for none in the sign-in options here.
finding-name-id-transient = The name identifier changes with each sign-in
    .meaning = The identity provider is set to send a transient one. { $idp ->
            [entra] If Entra's tenant ID and object ID are among the claims, the person is still recognised; without them each sign-in would create a new person, so it is refused.
           *[other] Each sign-in would create a new person, so it is refused.
        }
    .step-1 = Set "Name identifier format" here in the sign-in options to "As the identity provider is configured": another choice there may beat its own setting.
finding-email-missing = The person's e-mail address is missing
    .meaning = The response was verified, but the claim with the e-mail address did not come, and nothing else that came is taken for it: the claims that came are listed below. An identity provider leaves an attribute out when what it is taken from is empty for the person.
    .step-1 = If the attribute with the address has another name, enter that name here in the step Attributes & Claims.
finding-email-empty = The claim with the e-mail address is empty
    .meaning = The claim came, as it should, without a value: what it is taken from is empty for this person. Others may sign in all the same.
    .step-1 = Fill in the person's e-mail address in your directory, or take the claim from a field that everybody has.
finding-email-from-name-id = The e-mail claim is missing, so the name identifier is used
    .meaning = The name identifier is an address, so it was taken. { $idp ->
            [entra] In Entra it is the user principal name as a rule, which need not be the address that mail reaches, and which changes with a person's name.
           *[other] It need not be the address that mail reaches, and may change with a person's name.
        }
    .step-1 = Check that the person has an e-mail address there: an empty attribute is not sent.
finding-email-invalid = The e-mail claim holds no e-mail address
    .meaning = The attribute that is to hold the address has a value that is none, such as a name, an account's short form or several addresses in one value, or one that no mail reaches{ $idp ->
            [entra] : a guest's user principal name holds "#EXT#".
           *[other] .
        }
    .step-1 = Check that the person has an e-mail address there.
    .step-2 = If the address is in another attribute, enter that attribute's name here in the step Attributes & Claims.
finding-email-domain = The address is of a domain that may not sign in
    .meaning = Your sign-in options list the e-mail domains that may sign in, and this address is of none of them. Guests have the address of their own company.
    .step-1 = If the person is to be let in, add the domain under "E-mail domains" in the sign-in options here, and save.
    .step-2 = If not, take the application away from them at the identity provider, so that they are stopped there.
finding-several-values = A claim that should have one value has several
    .meaning = The sign-in is not stopped by it: the first value was taken. If the identity provider sends them in another order some day, the person's data changes.
    .step-1 = If two attributes, claims or rules send this name, remove one of them.
    .step-2 = If there is only one, its source has several values: choose a source with one. For an e-mail address that is { $idp ->
            [entra] "user.mail": "user.othermail" can hold several.
           *[other] the person's main address.
        }
finding-group-overage = A link came instead of the groups
    .meaning = The person is in too many groups, and the identity provider left them out of the assertion{ $idp ->
            [entra] , as Entra does for more than 150.
           *[other] .
        } The sign-in works, without any group. It becomes a failure where groups decide about access.
    .step-1 = Send those groups only that this application needs.
finding-guest = The person is a guest of your tenant
    .meaning = Their account name holds "#EXT#", which marks those who are invited from elsewhere. Guests may sign in while they are assigned. They are refused where the e-mail claim holds that name, which no mail reaches, and where your sign-in options list e-mail domains without theirs.
    .step-1 = If guests should not sign in, take the application away from them. Otherwise nothing has to be done.
finding-groups-missing = No groups came with the sign-in
    .meaning = This team gives roles in support by group, and the response named no group, or only a link to them because there are too many.
    .step-1 = Send those groups that are given a role here.
finding-groups-joined = Groups seem to have come in one value
    .meaning = The claim with the groups came with one value that has commas or semicolons in it, so it counts as one group of that name. If it is several groups, nothing that goes by groups will know them.
    .step-1 = If it is one group whose name has a comma, nothing is wrong.
    .step-2 = { $idp ->
            [entra] Otherwise delete that claim, and send the groups by a group claim as follows: it sends each group as a value of its own.
           *[other] Otherwise take out what joins its values, such as an expression or a constant; or remove it, and send the groups as follows, each as a value of its own.
        }
    .step-3 = If the new claim has another name than the one that we saw, enter that name here in the step Attributes & Claims.
finding-groups-object-ids = Groups came as object IDs
    .meaning = The claim that is mapped to the groups holds IDs and no names. That is right where groups are compared by ID; applications that show groups, or look for names, do not find them.
    .step-1 = If names are wanted, choose at the identity provider that groups are sent by name.
finding-email-letter-case = The e-mail address came in mixed case
    .meaning = It is kept in lower case, and compared without regard to case. Only an application that compares addresses letter by letter with a list of its own can take the two for different people.
finding-email-plus = The e-mail address has a plus in it
    .meaning = It is taken as it is. As a rule mail to it reaches the same mailbox as without the part from the plus on. Only where people are known by their address would the two be two people here.
finding-email-shared = Somebody else signed in with the same e-mail address
    .meaning = Two people of this team, whom the identity provider tells apart, came with one address, such as that of a shared mailbox. Here they are two people. Applications that know people by their address take them for one.
    .step-1 = Send an address that belongs to one person only. If one of the two accounts is gone, nothing is wrong.
finding-name-id-changed = The name identifier is another one than last time
    .meaning = The person is known by another value that stayed the same ({ $idp ->
            [entra] Entra's tenant ID and object ID, or the claim that is mapped for it
           *[other] the claim that is mapped for it
        }), so the sign-in is theirs. A sign-out at the identity provider names people by the name identifier, and reaches sessions from before by the old one only. After a change of name or address, or of the format to persistent, that is as it should be. If it is another one at every sign-in, it is made anew each time: { $idp ->
            [entra] have your Entra administrator choose a source that stays for the Unique User Identifier (Name ID) under Attributes & Claims, such as user.userprincipalname.
           *[other] have the administrator of the identity provider choose a source that stays for the name identifier, such as the user name.
        }
    .step-1 = If it changes without such a reason, have the name identifier be a value that stays for good: the format Persistent is made for that.

## After the sign-in
finding-logout-unanswered = Signing out at the identity provider did not come back
    .meaning = The person signed out here, and the browser went on to the Logout URL of the identity provider, which did not send it back within ten minutes. The session here has ended. Mostly the identity provider showed an error page: it does not know where to answer, by which certificate our request is signed, or from whom it comes. Somebody who closed the window looks the same.
    .step-1 = Compare these values with those that it has, and sign out once more.

## Which request a response answers, and which browser brought it
finding-unsolicited = The sign-in began at the identity provider, not here
    .meaning = The sign-in began at the identity provider, at its tile{ $idp ->
            [entra] {" "}in My Apps or its Test button
           *[other] {""}
        }, without a request from this service. It is then uncertain who started the sign-in, so it is refused unless your sign-in options allow it.
    .step-1 = If people must begin there, allow sign-ins that begin at the identity provider in the sign-in options here.
finding-in-response-to-missing = The answer does not say which request it answers
    .meaning = It came back in the sign-in that our request began, and InResponseTo does not name that request: it is missing, or holds words of the identity provider's own. SAML wants it in the answer to a request (SAML core, section 3.2.2): without it somebody else's answer could be put into this browser.
    .step-1 = If the logs have this sign-in as a success, have the identity provider write the ID of the request as InResponseTo, into the response and its SubjectConfirmationData. If it does already, a gateway between it and the browser takes it out: have whoever runs it leave it in.
    .step-2 = If they do not have it, something else answers at the Login URL: compare it with the one below, and have what answers there write InResponseTo.
    .step-3 = If it cannot be written, allow sign-ins that begin at the identity provider in the sign-in options here: its answers are then taken as such, and each person is asked before they continue.
finding-request-unknown = The response answers a request that is not known here
    .meaning = It names a request in the form of ours, and none of this team's that is kept is that one. Mostly a page of the identity provider was bookmarked or stayed open for days, and its old request was answered.
    .step-1 = Start again.
    .step-2 = Bookmark the Sign on URL, never the page where a password is entered.
    .step-3 = If it happens at every fresh start, the identity provider, or a gateway in front of it, writes an ID that no request had: have it write the ID of the request just received as InResponseTo. If that is not it, tell support the reference.
finding-idp-initiated-response = The sign-in began at the identity provider
    .meaning = The response names a request that was never made here: InResponseTo holds words of the identity provider's own, as some write when people begin at its tile or at a bookmarked page of its. A response that nobody asked for must not name a request, so this one is refused, whatever the sign-in options allow.
    .step-1 = Have the tile or the bookmark lead to the Sign on URL, where each sign-in begins with a request.
    .step-2 = If people must begin there all the same, have the identity provider leave InResponseTo out, and allow it in the sign-in options here.
finding-request-foreign = A response for another team arrived here
    .meaning = It answers a request that was made elsewhere, so it was refused, and nothing of it is kept. It says nothing about this team's configuration. Those who can fix it see it on their own pages.
finding-reply-url-of-other-team = The answer was posted to another team's Reply URL
    .meaning = This sign-in began here, and an answer that names it came to the Reply URL of another team, where it was refused. Mostly an application at the identity provider was copied from another one and has the other team's values: set this team's as follows. Where two teams share one application, leave that one as it is: give this team an application of its own, and set the values there. Where the values are right already, the address is not the mistake but InResponseTo: an answer to another team's sign-in, in an old tab or from a second application, named this one.
    .step-1 = If both values are this team's already, close all tabs of the sign-in and start again.
    .step-2 = If it happens again, perhaps only while somebody signs in to the other team, the identity provider, or a gateway in front of it, answers another application's request than the one it was sent: have it write the ID of the request just received as InResponseTo. The application that does so can be the other team's: then tell support the reference.
finding-reply-url-unknown = The answer was posted to an address that is no team's Reply URL
    .meaning = This sign-in began here, and an answer that names it came to an address of ours that is no Reply URL: it is mistyped or cut off at the identity provider, or another address of this team is entered in its place. Nothing of the answer was used.
    .step-1 = Start again.
finding-request-expired = The sign-in took longer than ten minutes
    .meaning = The response answers a request of this team that is too old. Mostly the page of the identity provider stayed open, or a second factor had to be set up first.
    .step-1 = Start again, and finish within ten minutes.
finding-replayed = This sign-in was answered before
    .meaning = Each request is answered once, and each response lets somebody in at most once. Going back or reloading in the browser posts the old response again, and a second tab or an old page of the identity provider can bring a second answer.
    .step-1 = Start again, not with the back button.
    .step-2 = If it happens at every fresh start, the identity provider, or a gateway in front of it, answers an earlier request than the one it was sent: have it write the ID of the request just received as InResponseTo. If that is not it, tell support the reference.
finding-signed-out = The person was signed out before the sign-in was over
    .meaning = While this sign-in was under way, the person signed out, here or at the identity provider, or the team's admins or an operator ended their sessions. A response from before that is no longer accepted.
    .step-1 = Start again.
finding-other-browser = The sign-in ended in another browser than it began in
    .meaning = The browser that returned has a cookie of ours, but not that of this sign-in. It began in another window, such as a private one or another profile, or a second sign-in was begun meanwhile.
    .step-1 = Close other tabs with a sign-in.
    .step-2 = Start again, and finish in the same window.
finding-cookie-missing = The browser did not bring our cookie back
    .meaning = The Sign on URL gives each browser a cookie, and the one that returned has none. Cookies are blocked, or the sign-in went on in a private window, another profile or another app.
    .step-1 = Allow cookies for this site in the browser.
    .step-2 = Start again, and finish in the same window.
    .step-3 = If a link opens another browser each time, make the one with the cookies the default.
finding-code-expired = The last step took too long
    .meaning = The code that ends the sign-in works once and for a short time. It was already used, has expired, or does not exist.
    .step-1 = Start again, not with the back button or from the history.
finding-declined = The person chose to stay signed in as somebody else
    .meaning = Another person's session was open in this browser, so we asked before we replaced it, and the answer was no. Sometimes a link in a mail or on another site began the sign-in.
    .step-1 = To change over, start again and choose "Continue", or sign out first.
    .step-2 = If nobody began a sign-in, leave it as it is.

## The team and this portal
finding-team-not-active = The team is not active
    .meaning = People can sign in once the configuration is live, and while support has not suspended the team. A test works before.
    .step-1 = See the team's page for its state, and for what support wrote if it asked for something.
finding-person-deactivated = The person is deactivated
    .meaning = An admin of the team has deactivated this person here. Their sign-ins are refused, although the identity provider lets them in.
    .step-1 = To let them in again, choose "Reactivate" on the person's page.
    .step-2 = To keep them out, leave it so, and take the application from them at the identity provider as well.
finding-application-not-allowed = The application may not be used by this team
    .meaning = Since the sign-in began, the application that asked for it was disabled, or the team was taken out of the list of teams that may use it.
    .step-1 = Have a support administrator look at the application under Applications.
finding-not-configured = The connection is not complete
    .meaning = A certificate or the identity provider's addresses are missing, so no request can be sent and no response can be checked.
    .step-1 = Finish the step SAML Certificates.
    .step-2 = Finish the step Set up URLs.
    .step-3 = Start the test again.
finding-login-url-unusable = The Login URL cannot be used
    .meaning = No request can be sent to the Login URL that was entered: it is no web address, or it holds a parameter such as SAMLRequest or RelayState, which only a single sign-in has.
    .step-1 = Copy the Login URL again from the identity provider's settings, not from a browser's address bar.
    .step-2 = Enter it in the step Set up URLs.
finding-support-deactivated = The support account is deactivated
    .meaning = The person's groups give a role in support, and an administrator has deactivated their account. Groups do not bring it back.
    .step-1 = If the person is to be let in, have a support administrator activate the account under Support accounts.
finding-support-account-exists = The address has an account of another kind
    .meaning = An account with this e-mail address exists that was not made by this sign-in. It is not taken over automatically.
    .step-1 = Make sure that the account is the same person's.
    .step-2 = Have a support administrator deactivate it under Support accounts, or an operator with "portal account deactivate": the next sign-in then takes it over.
finding-too-many-attempts = Too many sign-ins at once
    .meaning = More sign-ins came from one address than people make. Everybody behind one company network shares an address.
    .step-1 = Wait a minute, and start again.
    .step-2 = If many colleagues see this at the same time, tell support when it was and from which network.
finding-internal = Something failed on our side
    .meaning = The sign-in could not be checked completely. This says nothing about your configuration.
    .step-1 = Start again.
    .step-2 = If the problem stays, tell support the reference.

## For the person who signs in
finding-person-team-not-active = Single sign-on is not active at this address.
finding-person-is-deactivated = Your team has turned off your access here. Ask your IT team if you need it.
finding-person-application-not-allowed = Your company cannot use this application at the moment. Ask whoever runs it.
finding-person-cookie-missing = This browser did not keep the cookie of your sign-in. Allow cookies for this site, and start again from the sign-in page.
finding-person-sign-in-ended = This sign-in has ended. Start again from the sign-in page, in one browser window.
finding-person-authenticate-again = Your company's sign-in has to ask you again who you are. Start again from the sign-in page.
finding-person-declined = You chose to stay signed in as you were.
finding-person-too-many = There are too many sign-ins at the moment. Wait a minute and try again.
finding-person-wrong-address = Your company's sign-in sent a message to an address that it does not belong to. It is nothing that you did.
finding-person-start-elsewhere = Sign in from your company's sign-in page instead.
finding-person-not-let-through = Your company's sign-in did not let you through to this application.
finding-person-changes-name = Your company's sign-in names you differently each time, so we cannot recognise you.
finding-person-unknown-person = Your company's sign-in did not tell us your e-mail address or name, so we do not know who you are.
finding-person-not-allowed = Your account is not one of those that may sign in to this team.
finding-person-no-support-access = You have no access to the support pages. Ask an administrator, and give them the reference.
finding-person-internal = Something failed on our side. Try again.
finding-person-changed-on-way = The answer of your company's sign-in arrived incomplete or changed. Try again in another browser, without extensions.
finding-person-not-completed = Your company's sign-in and this application do not agree about a setting. It is nothing that you did.

## Names of expected values
findings-expected-thumbprint = Thumbprint
findings-expected-claim-name = Name of the claim
findings-expected-authn-context = Authentication context
findings-expected-name-id-format = Format of the name identifier
findings-expected-email-domains = E-mail domains

## What two values together say
findings-misplaced-value = What came is another value of this team's, { $name }: it was entered there in the wrong field.
findings-misplaced-metadata-url = What came is the address of this portal's own metadata: it was entered there in the wrong field.
findings-other-application = The issuer is another one, too: the response comes from another application or identity provider than the one that is entered here. Compare the Login URL first, and where the person was sent.

## Options of the connection that can be the cause
findings-asked = What was asked for here can be the cause
    .link = Change this option here: Sign-in options
    .otherwise = If it has to stay as it is:
findings-asked-is-passive = IsPassive is set: the identity provider must not ask the person anything. A team file sets it; { $vendor } support can take it out.
findings-asked-force-authn = "Ask people to authenticate again every time" is ticked.
findings-asked-force-authn-by-application = The application that began the sign-in asks people to authenticate again (prompt=login).
findings-asked-authn-context-by-application = The application that began the sign-in asks for { $value } (acr_values). { $vendor } support knows who can change that.
findings-asked-authn-context = "Requested authentication context" is { $value }. Empty it to leave the way of authenticating to the identity provider.
findings-asked-name-id-format = "Name identifier format" is { $value }. Choose "As the identity provider is configured", or the format that is set there.
findings-asked-unsigned-requests = Requests are not signed. If the identity provider demands a signature, create a key and tick "Sign requests".
findings-asked-binding-redirect = Requests are sent by HTTP-Redirect. Choose HTTP-POST if only that is enabled at the identity provider.
findings-asked-binding-post = Requests are sent by HTTP-POST. Choose HTTP-Redirect if only that is enabled at the identity provider.

## What the request asked for
findings-request = What our request asked for
findings-request-sent = It was sent by { $binding } to { $address }.
findings-request-signed = It is signed.
findings-request-unsigned = It is not signed.
findings-request-name-id-format = Format of the name identifier: { $value }.
findings-request-no-name-id-format = Format of the name identifier: none is asked for.
findings-request-authn-context = Authentication context: { $value }.
findings-request-no-authn-context = Authentication context: none is asked for.
findings-request-force-authn = ForceAuthn: the person is to authenticate again.
findings-request-is-passive = IsPassive: the person must not be asked anything.

## Certificates that a message names
findings-named-certificate-ends = The certificate in the message ends on { $at }. Have a new one made there first: uploading this one does not help for long.
findings-named-certificate-ended = The certificate in the message ended on { $at }. Uploading it does not help: have a new one made there, and make it the active one.
findings-named-certificate-begins = The certificate in the message begins on { $at } only. Uploading it does not help before then: make another one the active one there.

# What was missing when a sign-in was judged, and is there by now.
finding-fixed-in-draft = The draft is right for what came, the configuration that is live was not: make the draft live in the step Go live.
    .test = The draft is right for what came by now: test again, then make it live.
finding-fixed-live = The live configuration is right for what came by now: start again.
