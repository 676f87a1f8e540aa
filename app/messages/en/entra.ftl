# Names of Microsoft's own user interface, as Microsoft writes them in this language, and what
# stands around the drawings of its blades.

entra-blade-title = What you see in Entra
entra-blade-row-hint = (use this now)

# Ways to a blade, from left to right.
entra-path-gallery = Entra ID > Enterprise apps > All applications
entra-path-single-sign-on = Enterprise apps > Single sign-on
entra-path-users = Enterprise apps > Users and groups
entra-path-my-apps = My Apps

# Titles and sections of blades.
entra-gallery-title = Browse Microsoft Entra Gallery
entra-gallery-section = Search application
entra-saml-title = SAML-based Sign-on
entra-saml-section-1 = 1  Basic SAML Configuration
entra-saml-section-2 = 2  Attributes & Claims
entra-saml-section-3 = 3  SAML Certificates
entra-saml-section-4 = 4  Set up the application
entra-saml-section-5 = 5  Test single sign-on
entra-users-section = Add Assignment
entra-my-apps-section = Apps

# Names inside of sentences and rows.
entra-product = Microsoft Entra ID
entra-role-application-administrator = Cloud Application Administrator
entra-entra-id = Entra ID
entra-enterprise-apps = Enterprise apps
entra-all-applications = All applications
entra-new-application = New application
entra-create = Create
entra-create-your-own = Create your own application
entra-non-gallery = Integrate any other application you don't find in the gallery (Non-gallery)
entra-single-sign-on = Single sign-on
entra-saml = SAML
entra-set-up-saml = Set up single sign-on with SAML
entra-basic-saml = Basic SAML Configuration
entra-identifier = Identifier (Entity ID)
entra-reply-url = Reply URL
entra-reply-url-long = Reply URL (Assertion Consumer Service URL)
entra-sign-on-url = Sign on URL
entra-relay-state = Relay State
entra-relay-state-optional = Relay State (Optional)
entra-logout-url-optional = Logout Url (Optional)
entra-optional = Optional
entra-save = Save
entra-upload-metadata = Upload metadata file
entra-attributes = Attributes & Claims
entra-add-claim = Add new claim
entra-claim-name = Name
entra-claim-namespace = Namespace
entra-claim-source = Source attribute
entra-unique-user-identifier = Unique User Identifier
entra-certificates = SAML Certificates
entra-certificate-raw = Certificate (Raw)
entra-certificate-base64 = Certificate (Base64)
entra-metadata-xml = Federation Metadata XML
entra-metadata-url = App Federation Metadata Url
entra-download = Download
entra-copy = Copy
entra-edit = Edit
entra-certificate-status = Status
entra-certificate-status-active = Active
entra-thumbprint = Thumbprint
entra-certificate-expiration = Expiration
entra-set-up = Set up { $product }
entra-login-url = Login URL
entra-entra-identifier = Microsoft Entra Identifier
entra-logout-url = Logout URL
entra-users = Users and groups
entra-add-user = Add user/group
entra-select = Select
entra-assign = Assign
entra-users-row = Users
entra-select-role = Select a role
entra-default-access = Default Access
entra-button = Button
entra-search = Search
entra-result = Result
entra-test = Test
entra-tile = Tile
entra-opens = Opens
entra-require-verification = Require verification certificates
entra-verification-certificates = Verification certificates (optional)
entra-verification-required = Required
entra-verification-not-required = No
entra-verification-active = Active
entra-upload-certificate = Upload certificate
entra-token-encryption = Token encryption
entra-import-certificate = Import Certificate
entra-activate-encryption = Activate token encryption certificate
entra-sign-in-logs = Sign-in logs
entra-correlation-id = Correlation ID
entra-timestamp = Timestamp
