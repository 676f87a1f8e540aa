# Shibboleth IdP: its names, its files, and how each task is done there. See provider-entra.ftl.

provider-shibboleth-name = Shibboleth

provider-shibboleth-value-identifier = entityID of this team's metadata
provider-shibboleth-value-reply-url = AssertionConsumerService of this team's metadata
provider-shibboleth-value-sign-on-url = Sign on URL of this team
provider-shibboleth-value-logout-url = SingleLogoutService of this team's metadata
provider-shibboleth-value-login-url = SingleSignOnService (HTTP-Redirect) of its metadata
provider-shibboleth-value-idp-entity-id = entityID of its metadata

provider-shibboleth-create = conf/metadata-providers.xml
    .step-1 = Save the metadata file of the next step on the server, and add a FilesystemMetadataProvider for it.
    .step-2 = Reload the metadata service.
provider-shibboleth-audience = conf/metadata-providers.xml
    .step-1 = Load this team's metadata, so that its entityID is this team's value, letter by letter.
provider-shibboleth-reply-url = this team's metadata, as conf/metadata-providers.xml loads it
    .step-1 = Check that AssertionConsumerService in it is this team's value, with the binding HTTP-POST, and load it anew.
provider-shibboleth-sign-on-url = the page from which people start
    .step-1 = Link to this team's Sign on URL there, instead of /idp/profile/SAML2/Unsolicited/SSO.
provider-shibboleth-relay-state = the link from which people start
    .step-1 = Take the parameter target out of the link to /idp/profile/SAML2/Unsolicited/SSO, or have it name one that this service sends people to.
provider-shibboleth-issuer = metadata/idp-metadata.xml
    .step-1 = Copy entityID, and the Location of SingleSignOnService with the binding HTTP-Redirect.
provider-shibboleth-protocol = conf/relying-party.xml
    .step-1 = Enable the profile SAML2.SSO for this team, and no older one.
provider-shibboleth-sign-assertion = conf/relying-party.xml
    .step-1 = Set p:signAssertions="true", or p:signResponses="true", on the profile SAML2.SSO for this team.
provider-shibboleth-sha256 = conf/relying-party.xml and conf/idp.properties
    .step-1 = Remove a security configuration that asks for SHA-1: SHA-256 is what the IdP uses by itself.
provider-shibboleth-certificate = conf/idp.properties, idp.signing.cert
    .step-1 = Look which file it names, and compare the thumbprint of that file below credentials/.
provider-shibboleth-new-certificate = credentials/ and metadata/idp-metadata.xml
    .step-1 = Create a new key pair below credentials/, and add its certificate to the metadata as a second one for signing: the present one goes on signing.
provider-shibboleth-switch-certificate = conf/idp.properties
    .step-1 = Set idp.signing.key and idp.signing.cert to the pair whose certificate is known here, and restart the IdP.
provider-shibboleth-encryption = this team's metadata and conf/relying-party.xml
    .step-1 = To encrypt, load this team's present metadata, which holds the certificate for encryption.
    .step-2 = To do without encryption, set p:encryptAssertions="false" on the profile SAML2.SSO for this team.
provider-shibboleth-name-id = conf/saml-nameid.xml and conf/attribute-filter.xml
    .step-1 = Generate the name identifier from an attribute that everybody has, and release that attribute to this team.
provider-shibboleth-name-id-format = conf/relying-party.xml
    .step-1 = Set p:nameIDFormatPrecedence on the profile SAML2.SSO for this team to the format for persistent, or for emailAddress where it is the e-mail address.
provider-shibboleth-email = conf/attribute-filter.xml
    .step-1 = Release the attribute "mail" to this team's entityID.
    .step-2 = Check in conf/attribute-resolver.xml that it has a value for this person.
provider-shibboleth-groups = conf/attribute-filter.xml
    .step-1 = Release an attribute with the groups, such as "isMemberOf", to this team's entityID, with those values only that it needs.
provider-shibboleth-claim = conf/attribute-resolver.xml
    .step-1 = Look at the definition of the attribute in question.
provider-shibboleth-assign = conf/intercept/context-check-intercept-config.xml
    .step-1 = Look whether an intercept such as context-check stops the person, and let them through.
provider-shibboleth-request-signature = this team's metadata
    .step-1 = If AuthnRequestsSigned is true in it, requests must be signed here with the key whose certificate it holds: load the present metadata.
provider-shibboleth-authn-context = conf/authn
    .step-1 = Look which login flows are enabled, and which authentication contexts they support (supportedPrincipals).
provider-shibboleth-logout-url = this team's metadata
    .step-1 = Check that SingleLogoutService in it is this team's value, load it anew, and enable the profile SAML2.Logout.
provider-shibboleth-lifetime = conf/relying-party.xml
    .step-1 = Look at p:assertionLifetime of the profile SAML2.SSO for this team, and set it to PT5M or take it out.
provider-shibboleth-clock = the clock of its server
    .step-1 = Have the server take its time from the network (NTP).
provider-shibboleth-logs = logs/idp-process.log
    .step-1 = Look for warnings and errors at the time of this sign-in.

# Errors that it shows on its pages or writes into its log: app/src/provider_errors/. .page and
# .page-line are for a drawing of the page.
provider-shibboleth-error-unsupported-request = This team is not registered with the identity provider
    .cause = The request names this team's entity ID, and no metadata that is loaded has it, or SAML2.SSO is not enabled for it.
    .page = Web Login Service - Unsupported Request
    .page-line = The application is not registered for use with this service.
provider-shibboleth-error-unable-to-respond = The Reply URL is not in this team's metadata
    .cause = The request names this team's Reply URL, and the metadata that is loaded has no such AssertionConsumerService.
    .page = Web Login Service - Unable to Respond
    .page-line = No compatible way to respond was found.
provider-shibboleth-error-message-security = The request did not pass the security checks
    .cause = Its signature does not fit the certificate in the metadata that is loaded, or there is none where one is demanded, or a clock is wrong.
    .page = Web Login Service - Message Security Error
    .page-line = The request could not be verified.
provider-shibboleth-error-stale-request = The request is too old
    .cause = The page was opened again from the history or a bookmark, or stayed open too long.
    .step-1 = Start again.
provider-shibboleth-error-access-denied = The person may not use the application
    .cause = A check of the identity provider, such as context-check, does not let this person through.
provider-shibboleth-error-no-login-flow = The requested way of authenticating is not available
    .cause = The request asks for an authentication context that no login flow supports.
    .step-1 = Empty "Requested authentication context" here in the sign-in options, and save.
provider-shibboleth-error-page-not-found = Nothing is at the Login URL
    .cause = The address that people are sent to is not the identity provider's SingleSignOnService.
    .step-1 = Enter the address here in the step Set up URLs.
