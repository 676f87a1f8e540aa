# Google Workspace: its names, its pages, and how each task is done there. See provider-entra.ftl.

provider-google-workspace-name = Google

provider-google-workspace-value-identifier = Entity ID
provider-google-workspace-value-reply-url = ACS URL
provider-google-workspace-value-sign-on-url = Sign on URL of this team
provider-google-workspace-value-logout-url = Logout URL of this team
provider-google-workspace-value-login-url = SSO URL
provider-google-workspace-value-idp-entity-id = Entity ID of Google Identity Provider details

provider-google-workspace-create = Apps > Web and mobile apps > Add app > Add custom SAML app
    .step-1 = Enter the name of this service, and choose "Continue".
    .step-2 = On Google Identity Provider details choose "Download metadata", and continue to Service provider details.
provider-google-workspace-audience = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Set Entity ID to this team's value, letter by letter: capital letters count.
    .step-2 = Choose "Save".
provider-google-workspace-reply-url = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Set ACS URL to this team's value, letter by letter.
    .step-2 = Choose "Save".
provider-google-workspace-sign-on-url = the page from which people start
    .step-1 = Give people a link to this team's Sign on URL: the tile in Google's app launcher always begins at Google, whatever Start URL says.
provider-google-workspace-issuer = Apps > Web and mobile apps > your app > Download metadata
    .step-1 = Copy SSO URL and Entity ID: both hold the same "idpid=".
provider-google-workspace-protocol = Apps > Web and mobile apps > Add app > Add custom SAML app
    .step-1 = Check that the app is a custom SAML app: Google then posts a SAML 2.0 response.
provider-google-workspace-sign-assertion = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Check that the response comes from Google itself: it always signs the assertion, or the response where "Signed response" is ticked.
provider-google-workspace-sha256 = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Check that the response comes from Google itself: it signs with SHA-256.
provider-google-workspace-certificate = Apps > Web and mobile apps > your app > Manage certificates
    .step-1 = Look which certificate the app uses, and choose "Download certificate" if it is needed here.
provider-google-workspace-new-certificate = Security > Authentication > SSO with SAML applications
    .step-1 = Choose "Add certificate": the app goes on using the present one until it is chosen there.
    .step-2 = Download the new certificate.
provider-google-workspace-switch-certificate = Apps > Web and mobile apps > your app > Manage certificates
    .step-1 = Choose the certificate that is known here for this app, and save.
provider-google-workspace-encryption = Apps > Web and mobile apps > your app
    .step-1 = Check that the response comes from Google itself: its own apps do not encrypt assertions.
provider-google-workspace-name-id = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Set Name ID to "Basic Information > Primary email", which everybody has.
    .step-2 = Choose "Save".
provider-google-workspace-name-id-format = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Set Name ID format to "PERSISTENT", or to "EMAIL" where it is the e-mail address.
    .step-2 = Choose "Save".
provider-google-workspace-email = Apps > Web and mobile apps > your app > SAML attribute mapping
    .step-1 = Choose "Add mapping", and map Primary email to the app attribute "email".
    .step-2 = Choose "Save".
provider-google-workspace-groups = Apps > Web and mobile apps > your app > SAML attribute mapping > Group membership
    .step-1 = Pick the groups that this application needs, and set the app attribute to "groups".
    .step-2 = Choose "Save".
provider-google-workspace-claim = Apps > Web and mobile apps > your app > SAML attribute mapping
    .step-1 = Look at the mapping of the attribute in question.
provider-google-workspace-assign = Apps > Web and mobile apps > your app > User access
    .step-1 = Turn the service on for everyone, or for the organizational unit or group of the person.
    .step-2 = Choose "Save", and wait: it can take up to a day, and is mostly there within minutes.
provider-google-workspace-request-signature = Apps > Web and mobile apps > your app > Service provider details
    .step-1 = Nothing has to be set: Google takes requests with and without a signature.
provider-google-workspace-authn-context = Security > Access and data control > Context-Aware Access
    .step-1 = Look whether an access level is assigned to this app, and what it asks for.
provider-google-workspace-logout-url = Apps > Web and mobile apps > your app
    .step-1 = Nothing can be set: Google's SAML apps have no single logout. Leave the Logout URL empty here.
provider-google-workspace-lifetime = Apps > Web and mobile apps > your app
    .step-1 = Nothing can be set: Google's assertions are valid for five minutes. Look whether a gateway rewrites the response.
provider-google-workspace-clock = Reporting > Audit and investigation > SAML log events
    .step-1 = Compare the time of this sign-in there with the one here. Google's own clock is right as a rule.
provider-google-workspace-logs = Reporting > Audit and investigation > SAML log events
    .step-1 = Look this sign-in up, and read the failure type.

# Errors that it shows on its pages or writes into its log: app/src/provider_errors/. .page and
# .page-line are for a drawing of the page.
provider-google-workspace-error-app-not-configured = No app with this entity ID is set up
    .cause = The request names this team's entity ID, and no app in the Admin console has it. It is compared letter by letter, capital letters count.
    .page = 403. That's an error.
    .page-line = Error: app_not_configured
provider-google-workspace-error-app-not-configured-for-user = The app is not set up for the person
    .cause = No app with this team's entity ID is there for the account that is signed in: the entity ID differs, or the account belongs to another organization, such as a private one.
    .page = 403. That's an error.
    .page-line = Error: app_not_configured_for_user
    .step-1 = If the entity ID is right, start again with the account of your organization, for instance in a private window.
provider-google-workspace-error-app-not-enabled-for-user = The app is off for the person
    .cause = The app is there, and it is not turned on for the person's organizational unit or groups.
    .page = 403. That's an error.
    .page-line = Error: app_not_enabled_for_user
provider-google-workspace-error-acs-url = The ACS URL differs
    .cause = The request names this team's Reply URL, and the ACS URL in the app's settings is another one.
    .page = 400. That's an error.
    .page-line = Invalid Request, ACS Url in request doesn't match configured ACS Url
provider-google-workspace-error-user-id-mapping = The Name ID is empty for the person
    .cause = The app takes its Name ID from something that this person has no value for, or that does not exist any more.
provider-google-workspace-error-invalid-sp-id = The address names an app that is not there
    .cause = The app's ID in the address that people are sent to ("spid=") is not right: the app was deleted or made anew.
    .step-1 = Enter the address here in the step Set up URLs.
provider-google-workspace-error-invalid-idp-id = The address names no Google customer
    .cause = The ID in the address that people are sent to ("idpid=") is not right: the address was cut or mistyped.
    .step-1 = Enter the address here in the step Set up URLs.
provider-google-workspace-error-malformed-request = Google could not read the request
    .cause = The address that people are sent to is not the app's SSO URL, or something on the way changed the request.
    .step-1 = Enter the address here in the step Set up URLs, and start again.
provider-google-workspace-error-request-denied = Google denied the request
    .cause = A policy, such as Context-Aware Access, does not allow this sign-in.
provider-google-workspace-error-no-passive = Nobody was signed in at Google
    .cause = The request did not allow Google to ask the person, and nobody was signed in.
    .step-1 = Start again.
