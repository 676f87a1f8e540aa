# Microsoft Entra ID: its names, its pages, and how each task is done there. The tasks are in
# app/src/remediation/task.rs. A task's value is the way to the page; .step-1, … what to do on it. Of other
# providers .field-1, … and .value-1, … are for the set-up's drawing of the page: what it asks, and what it
# holds then. They can use $product, $identifier (the entity ID of the team), $metadata (the address of the
# team's metadata) and $claim (the name of the e-mail claim).

provider-entra-name = Entra

# What it calls the values
provider-entra-value-identifier = Identifier (Entity ID)
provider-entra-value-reply-url = Reply URL (Assertion Consumer Service URL)
provider-entra-value-sign-on-url = Sign on URL
provider-entra-value-logout-url = Logout Url (Optional)
provider-entra-value-login-url = Login URL
provider-entra-value-idp-entity-id = Microsoft Entra Identifier

# Tasks
provider-entra-create = Entra ID > Enterprise apps > New application
    .step-1 = Search the gallery for this service and choose "Create"; if it is not there, choose "Create your own application" and "Non-gallery".
    .step-2 = Open Single sign-on and choose "SAML".
provider-entra-audience = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
    .step-1 = Set Identifier (Entity ID) to this team's value, letter by letter.
    .step-2 = Mark it as default, and remove identifiers of other teams.
    .step-3 = Choose "Save".
provider-entra-reply-url = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
    .step-1 = Set Reply URL (Assertion Consumer Service URL) to this team's value, letter by letter.
    .step-2 = Mark it as default, and remove the others.
    .step-3 = Choose "Save".
provider-entra-sign-on-url = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
    .step-1 = Fill in Sign on URL with this team's value: My Apps and Test then begin here, and work.
    .step-2 = Choose "Save".
provider-entra-relay-state = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
    .step-1 = Empty Relay State (Optional), or enter an address that this service sends people to, and choose "Save".
provider-entra-issuer = Enterprise apps > your application > Single sign-on > Set up
    .step-1 = Copy Login URL and Microsoft Entra Identifier with their copy buttons: both hold your tenant's ID.
provider-entra-protocol = Enterprise apps > your application > Single sign-on
    .step-1 = Choose SAML as the single sign-on method: Entra then posts a SAML 2.0 response.
provider-entra-sign-assertion = Enterprise apps > your application > Single sign-on > SAML Certificates
    .step-1 = Choose "Edit" beside the Token signing certificate.
    .step-2 = Set Signing Option to "Sign SAML assertion", and save.
provider-entra-sha256 = Enterprise apps > your application > Single sign-on > SAML Certificates
    .step-1 = Choose "Edit" beside the Token signing certificate.
    .step-2 = Set Signing Algorithm to "SHA-256", and save.
provider-entra-certificate = Enterprise apps > your application > Single sign-on > SAML Certificates
    .step-1 = Look at the thumbprint of the active certificate.
    .step-2 = Download Certificate (Raw), which is the active one, if it is needed here.
provider-entra-new-certificate = Enterprise apps > your application > Single sign-on > SAML Certificates
    .step-1 = Choose "Edit" beside the Token signing certificate, then "New Certificate", and save: it begins as inactive, and nothing changes yet.
    .step-2 = In the "…" menu of its row choose "Raw certificate download". Certificate (Raw) on the card is the active one.
provider-entra-switch-certificate = Enterprise apps > your application > Single sign-on > SAML Certificates
    .step-1 = Choose "Make certificate active" in the "…" menu of the certificate that is known here: Entra changes over at once.
provider-entra-encryption = Enterprise apps > your application > Security > Token encryption
    .step-1 = To encrypt, choose "Import Certificate" and pick the certificate of this portal, then "Activate token encryption certificate" in its menu.
    .step-2 = To do without encryption, deactivate the certificate there.
provider-entra-name-id = Enterprise apps > your application > Single sign-on > Attributes & Claims
    .step-1 = Open "Unique User Identifier (Name ID)".
    .step-2 = If its Source attribute is not set, or empty for everybody, choose "user.userprincipalname", which everybody has, and save. Where people have signed in before, another source makes new people of them.
provider-entra-name-id-format = Enterprise apps > your application > Single sign-on > Attributes & Claims
    .step-1 = Open "Unique User Identifier (Name ID)".
    .step-2 = Set Name identifier format to "Persistent", or to "Email address" where its source is one, and save.
provider-entra-email = Enterprise apps > your application > Single sign-on > Attributes & Claims
    .step-1 = Check that the claim "email" is there; if not, choose "Add new claim" with this name and an empty Namespace.
    .step-2 = Set its Source attribute to "user.mail", and save. People without a mailbox have none; "user.userprincipalname" is not an address for guests.
provider-entra-groups = Enterprise apps > your application > Single sign-on > Attributes & Claims
    .step-1 = Choose "Add a group claim", or open the one that is there.
    .step-2 = Choose "Groups assigned to the application", and as Source attribute what is wanted of them: "Group ID" sends object IDs, "Cloud-only group display names" and "sAMAccountName" send names. Save.
    .step-3 = Assign those groups under Users and groups: only direct members count.
provider-entra-claim = Enterprise apps > your application > Single sign-on > Attributes & Claims
    .step-1 = Open the claim in question: its Source is an attribute, a transformation or a constant.
provider-entra-assign = Enterprise apps > your application > Users and groups
    .step-1 = Choose "Add user/group", and pick the person, or a group they are in directly.
    .step-2 = Check under Conditional Access whether a policy stops them.
provider-entra-request-signature = Enterprise apps > your application > Single sign-on > SAML Certificates > Verification certificates (optional)
    .step-1 = If "Require verification certificates" is ticked, untick it, and save: Entra then takes requests with and without a signature.
    .step-2 = To keep it, have requests signed: create a key in this portal under Keys, upload its certificate there, and tick "Sign requests" in the sign-in options here.
provider-entra-authn-context = Conditional Access > Policies
    .step-1 = Look which policy decides how people authenticate to this application, and what it asks for.
provider-entra-logout-url = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
    .step-1 = Set Logout Url (Optional) to this team's value.
    .step-2 = Choose "Save".
provider-entra-lifetime = Enterprise apps > your application > Activity > Sign-in logs
    .step-1 = Look this sign-in up. Entra itself writes no such times, and no token lifetime policy can: the shortest gives ten minutes, from when the assertion is made.
    .step-2 = If it succeeded there, find the gateway between Entra and here that rewrites these times. If it is not there, something else answers at the Login URL.
provider-entra-clock = Enterprise apps > your application > Activity > Sign-in logs
    .step-1 = Compare the time of this sign-in there with the one here. Entra's own clock is right as a rule.
provider-entra-logs = Enterprise apps > your application > Activity > Sign-in logs
    .step-1 = Look this sign-in up, and read its failure reason.
