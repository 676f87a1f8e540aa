# JumpCloud: its names, its pages, and how each task is done there. See provider-entra.ftl.

provider-jumpcloud-name = JumpCloud

provider-jumpcloud-value-identifier = SP Entity ID
provider-jumpcloud-value-reply-url = ACS URLs
provider-jumpcloud-value-sign-on-url = Login URL
provider-jumpcloud-value-logout-url = Logout URL
provider-jumpcloud-value-login-url = IDP URL
provider-jumpcloud-value-idp-entity-id = IdP Entity ID

provider-jumpcloud-create = SSO Applications > Add New Application
    .step-1 = Choose "Custom Application", and tick "Manage Single Sign-On (SSO)" with "Configure SSO with SAML".
    .step-2 = Enter the name of this service, and choose "Save Application" and "Configure Application".
provider-jumpcloud-audience = Access > SSO Applications > your application > SSO
    .step-1 = Set SP Entity ID to this team's value, letter by letter, and save.
provider-jumpcloud-reply-url = Access > SSO Applications > your application > SSO
    .step-1 = Set the default of ACS URLs to this team's value, letter by letter, and save.
provider-jumpcloud-sign-on-url = Access > SSO Applications > your application > SSO
    .step-1 = Set Login URL to this team's value: the tile in the user portal then begins here. Save.
provider-jumpcloud-relay-state = Access > SSO Applications > your application > SSO
    .step-1 = Empty Default RelayState, or enter an address that this service sends people to, and save.
provider-jumpcloud-issuer = Access > SSO Applications > your application > SSO
    .step-1 = Copy IdP Entity ID and IDP URL.
provider-jumpcloud-protocol = Access > SSO Applications > your application > SSO
    .step-1 = Check that the application is a custom SAML application: JumpCloud then posts a SAML 2.0 response.
provider-jumpcloud-sign-assertion = Access > SSO Applications > your application > SSO
    .step-1 = Set Sign to "Assertion" or "Assertion and Response", and save.
provider-jumpcloud-sha256 = Access > SSO Applications > your application > SSO
    .step-1 = Set Signature Algorithm to "RSA-SHA256", and save.
provider-jumpcloud-certificate = Access > SSO Applications > your application > IDP Certificate
    .step-1 = Choose "Download certificate", and compare its thumbprint.
provider-jumpcloud-new-certificate = Access > SSO Applications > your application > IDP Certificate
    .step-1 = Prepare a new key pair and certificate, without uploading them yet: JumpCloud signs with a new one at once.
provider-jumpcloud-switch-certificate = Access > SSO Applications > your application > IDP Certificate
    .step-1 = Upload the key and the certificate that is known here as IdP Private Key and IdP Certificate, and save.
provider-jumpcloud-encryption = Access > SSO Applications > your application > SSO
    .step-1 = To encrypt, upload the certificate of this portal as SP Certificate for encryption.
    .step-2 = To do without encryption, remove it, and save.
provider-jumpcloud-name-id = Access > SSO Applications > your application > SSO
    .step-1 = Set SAMLSubject NameID to "email" or "username", and save.
provider-jumpcloud-name-id-format = Access > SSO Applications > your application > SSO
    .step-1 = Set SAMLSubject NameID Format to the format for persistent, or for emailAddress where it is the e-mail address, and save.
provider-jumpcloud-email = Access > SSO Applications > your application > SSO > Attributes
    .step-1 = Add an attribute with the Service Provider Attribute Name "email" and the JumpCloud Attribute Name "email", and save.
provider-jumpcloud-groups = Access > SSO Applications > your application > SSO > Attributes
    .step-1 = Tick "Include group attribute", name it "groups", and save.
provider-jumpcloud-claim = Access > SSO Applications > your application > SSO > Attributes
    .step-1 = Look at the attribute in question, and whether it is a constant.
provider-jumpcloud-assign = Access > SSO Applications > your application > User Groups
    .step-1 = Tick a group that the person is in, and save.
provider-jumpcloud-request-signature = Access > SSO Applications > your application > SSO
    .step-1 = If an SP Certificate is uploaded, it must be that of this team's current key, and requests must be signed here.
    .step-2 = Otherwise remove it: JumpCloud then takes requests without a signature.
provider-jumpcloud-authn-context = Security Management > Conditional Policies
    .step-1 = Look which policies apply to this application, and what they ask for.
provider-jumpcloud-logout-url = Access > SSO Applications > your application > SSO
    .step-1 = Set Logout URL to this team's value where the application offers the field, and save.
provider-jumpcloud-lifetime = Access > SSO Applications > your application > SSO
    .step-1 = Nothing can be set as a rule. Look whether a gateway rewrites the response.
provider-jumpcloud-clock = Insights > Directory Insights
    .step-1 = Compare the time of this sign-in there with the one here. JumpCloud's own clock is right as a rule.
provider-jumpcloud-logs = Insights > Directory Insights
    .step-1 = Look for events of the type sso_auth at the time of this sign-in, and read what stopped it.

# Errors that it shows on its pages or writes into its log: app/src/provider_errors/. .page and
# .page-line are for a drawing of the page.
provider-jumpcloud-error-no-access = The person has no access to the application
    .cause = JumpCloud lets in only members of a user group that the application is bound to.
    .page = Access denied
    .page-line = You do not have access to this application.
provider-jumpcloud-error-unknown-application = JumpCloud does not know the application by its values
    .cause = The request names this team's entity ID or Reply URL, and the application has another one.
    .page = An error occurred
    .page-line = The request is not valid: SP Entity ID or ACS URL.
