# OneLogin: its names, its pages, and how each task is done there. See provider-entra.ftl.

provider-onelogin-name = OneLogin

provider-onelogin-value-identifier = Audience (EntityID)
provider-onelogin-value-reply-url = ACS (Consumer) URL
provider-onelogin-value-sign-on-url = Login URL
provider-onelogin-value-logout-url = Single Logout URL
provider-onelogin-value-login-url = SAML 2.0 Endpoint (HTTP)
provider-onelogin-value-idp-entity-id = Issuer URL

provider-onelogin-audience = Applications > your application > Configuration
    .step-1 = Set Audience (EntityID) to this team's value, letter by letter, and save.
provider-onelogin-reply-url = Applications > your application > Configuration
    .step-1 = Set ACS (Consumer) URL and Recipient to this team's value, letter by letter.
    .step-2 = Set ACS (Consumer) URL Validator to an expression that matches that address as a whole, and save.
provider-onelogin-sign-on-url = Applications > your application > Configuration
    .step-1 = Set Login URL to this team's value, and SAML initiator to "Service Provider": the tile then begins here.
    .step-2 = Choose "Save".
provider-onelogin-issuer = Applications > your application > SSO
    .step-1 = Copy Issuer URL and SAML 2.0 Endpoint (HTTP).
provider-onelogin-protocol = Applications > Add App
    .step-1 = Check that the application was made from "SAML Custom Connector (Advanced)", which posts a SAML 2.0 response.
provider-onelogin-sign-assertion = Applications > your application > Configuration
    .step-1 = Set SAML signature element to "Assertion" or "Both", and save.
provider-onelogin-sha256 = Applications > your application > SSO
    .step-1 = Set SAML Signature Algorithm to "SHA-256", and save.
provider-onelogin-certificate = Applications > your application > SSO > X.509 Certificate
    .step-1 = Choose "View Details", compare the fingerprint, and download the certificate if it is needed here.
provider-onelogin-new-certificate = Security > Certificates
    .step-1 = Choose "New" to create a certificate: applications go on using theirs.
    .step-2 = Download it as X.509 DER or PEM.
provider-onelogin-switch-certificate = Applications > your application > SSO > X.509 Certificate
    .step-1 = Choose "Change", pick the certificate that is known here, and save: OneLogin changes over at once.
provider-onelogin-encryption = Applications > your application > Configuration
    .step-1 = To encrypt, tick "Encrypt assertion", and paste the certificate of this portal into SAML encryption public key.
    .step-2 = To do without encryption, untick "Encrypt assertion", and save.
provider-onelogin-name-id = Applications > your application > Parameters
    .step-1 = Open "NameID value", choose "Email" or "Username", and save.
provider-onelogin-name-id-format = Applications > your application > Configuration
    .step-1 = Set SAML nameID format to "Email" or "Persistent", and save.
provider-onelogin-email = Applications > your application > Parameters
    .step-1 = Choose "+", with the field name "email", and tick "Include in SAML assertion".
    .step-2 = Set its value to "Email", and save.
provider-onelogin-groups = Applications > your application > Parameters
    .step-1 = Choose "+", with the field name "groups", and tick "Include in SAML assertion" and "Multi-value parameter".
    .step-2 = Set its value to "User Roles" or "MemberOf", and save.
provider-onelogin-assign = Users > Users > the person > Applications
    .step-1 = Add the application, or give the person a role that has it under Access.
provider-onelogin-request-signature = Applications > your application > Configuration
    .step-1 = Nothing has to be set as a rule: OneLogin takes requests without a signature.
    .step-2 = If the application demands one, give it the certificate of this team's current key.
provider-onelogin-authn-context = Security > Policies
    .step-1 = Look which policy the person and the application have, and which factors it asks for.
provider-onelogin-logout-url = Applications > your application > Configuration
    .step-1 = Set Single Logout URL to this team's value, and save.
provider-onelogin-clock = Activity > Events
    .step-1 = Compare the time of this sign-in there with the one here. OneLogin's own clock is right as a rule.
provider-onelogin-logs = Activity > Events
    .step-1 = Look this sign-in up by the person and the application, and read what stopped it.

# Errors that it shows on its pages or writes into its log: app/src/provider_errors/. .page and
# .page-line are for a drawing of the page.
provider-onelogin-error-no-access = The person has no access to the application
    .cause = OneLogin lets in only who has the application, directly or by a role.
    .page = Access denied
    .page-line = You do not have access to this application.
provider-onelogin-error-reply-url = The Reply URL is not the application's
    .cause = The request names this team's Reply URL, and ACS (Consumer) URL or its validator does not fit it.
provider-onelogin-error-something-went-wrong = OneLogin could not work with the request
    .cause = OneLogin's page does not say why. Mostly ACS (Consumer) URL, its validator or Audience is not this team's.
    .page = We're sorry
    .page-line = Something went wrong.
provider-onelogin-error-page-not-found = Nothing is at the Login URL
    .cause = The address that people are sent to is not the application's SAML 2.0 Endpoint (HTTP).
    .page = Page not found
    .page-line = The page you were looking for doesn't exist.
    .step-1 = Enter the address here in the step Set up URLs.
