# The set-up wizard. Names of Microsoft's user interface are in entra.ftl.

setup-title = Set-up
setup-rail-label = Steps of the set-up
setup-footer-label = Previous and next step
setup-back = Back: { $step }
setup-next = Next: { $step }
setup-skip = Skip to: { $step }
setup-state-todo = to do
setup-state-done = done
setup-state-attention = needs attention
setup-state-optional = optional
setup-place = Step { $step } of { $steps }
setup-step-done = Done, continue
setup-save-and-continue = Save and continue
setup-frozen = Nothing can be changed here now
    .in-review = The configuration is with support for review. Withdraw it on the last step to change it.
    .viewer = You can look at the set-up; an admin or owner of the team can change it.

# Where applications are listed.
setup-open-applications = Open All applications in Entra

# Create the application.
setup-before = What you need
setup-before-role = A role in { $provider } that may create applications and assign people.
setup-before-time = About ten minutes, with this page and the identity provider's side by side.
setup-before-person = Somebody to test with, who may use the application in { $provider }: yourself will do.
setup-before-colleague = Does somebody else run { $provider }? Invite them into the team, and send them this link: it leads into the very step.
setup-before-invite = Invite the colleague who runs { $provider }
setup-before-link = Link to the next step
setup-create-title = Create the application
setup-create-intro = Open the Microsoft Entra admin center in a second window beside this one. You need the role { $role } or a higher one.
setup-create-browse = Browse to { $entra } > { $apps } > { $all } and choose { $new }.
setup-create-search = Search the gallery for { $product }, open it and choose { $create }.
setup-create-open = When it has been created, open { $sign_on } and choose { $saml }.
setup-create-open-gallery = Open the gallery in Entra
setup-create-not-in-gallery = Not in your gallery?
setup-create-not-in-gallery-text = Choose { $create }, then { $kind }. All steps are the same, except that the claim { $claim } is not there yet: the step { $attributes } says how to add it.

# The steps at another identity provider than Entra. Their words are in provider-….ftl.
setup-guide-intro = Open { $provider } in a second window beside this one.
setup-guide-metadata = Or all of it at once
    .text = Many identity providers read these values from the metadata of this team, by its address or as a file. The Sign on URL is not part of it.
    .address = Address of this team's metadata
setup-guide-drawing = What you see at { $provider }
setup-guide-not-entered = not entered yet

# Basic SAML Configuration.
setup-basic-saml-intro = On { $page }, choose the pencil of { $section } and paste these values.
setup-basic-saml-after = Mark the first two as default, leave { $relay_state } empty, and choose { $save }. With the Logout Url, people who sign out at Microsoft are signed out here as well. The downloads of the step { $certificates } stay grey until this is saved.
setup-basic-saml-upload = Or upload them at once
setup-basic-saml-download = Download the metadata file
setup-basic-saml-upload-text = { $download } and choose { $upload } in Entra. Then add the Sign on URL by hand: the file cannot carry it.
setup-basic-saml-note = Capital letters and slashes matter: copy, do not type.

# Attributes & Claims.
setup-attributes-intro = One claim is required: { $claim } with source attribute { $attribute }. The gallery's application already has it; Entra's other default claims fill in first name, last name and display name.
setup-attributes-by-hand = Add the claim by hand
setup-attributes-by-hand-text = In { $section } choose { $button }: { $name } is { $claim }, { $namespace } stays empty, { $source } is { $attribute }.
setup-attributes-no-mailbox = People without a mailbox
setup-attributes-no-mailbox-text = For them { $attribute } is empty and the sign-in is refused. If you have any, use { $instead } as the source attribute instead.
setup-attributes-other-names = Do your claims have other names?
    .hint = Leave a field empty to use the usual names.
setup-attributes-email = E-mail claim
setup-attributes-first-name = First name claim
setup-attributes-last-name = Last name claim
setup-attributes-display-name = Display name claim
setup-attributes-groups = Groups claim

# SAML Certificates.
setup-certificates-intro = In { $section }, copy { $address } and paste it here: it brings the certificate and the addresses of the next step, and tells us of the next certificate before you have to. Without it, choose { $download } beside { $raw }, and upload that file; { $base64 } and { $metadata } work as well.
setup-certificates-or = or a file
setup-certificates-add = Add certificate
setup-certificates-add-another = Add another certificate
setup-certificates-several = Any certificate listed here may sign. Before the identity provider's certificate expires, upload the next one beside it, so that sign-ins continue when it changes.
setup-certificates-paste = Paste it instead
    .label = Certificate or metadata as text
    .hint = The whole text of the certificate, with its first and last line, or of the metadata.
setup-certificates-address = App Federation Metadata URL
    .elsewhere = Address of the identity provider's metadata
    .hint = We read certificates and addresses there when you add it. Later changes are not picked up automatically: add the next certificate here, too.
setup-certificates-tenant-wide = This address belongs to the whole tenant
setup-certificates-tenant-wide-text = Without { $parameter } at its end, its metadata may list other certificates than the one that your application signs with. Compare the thumbprints with Entra's, or copy { $address } from your application's Single sign-on page.
setup-certificates-addresses-filled = The addresses are filled in, too
setup-certificates-addresses-filled-text = The metadata names the issuer and the addresses to sign in and out at. Check them in the step { $step }.
setup-certificates-addresses-differ = The metadata names other addresses
setup-certificates-addresses-differ-text = What was entered before stays. If the metadata is right, correct them in the step { $step }.
setup-certificates-notes = What to know of this upload
setup-certificates-signs-now = It signed the latest sign-in, { $at }.
    .badge = Signs now
setup-certificates-signed-before = It signed last { $at }; another certificate has signed since. Remove it once nobody signs with it any more.
setup-certificates-not-seen = It has signed none of the latest sign-ins.
setup-certificates-remove = Remove this certificate
    .text = Responses signed with it will be refused once this is live.
    .button = Remove certificate
setup-certificates-thumbprint-unknown = compare it after the upload
setup-certificates-expiration-unknown = three years after it was created
setup-certificates-note = Grey downloads mean that { $section } is not saved in Entra yet.

# What the drop zone says of a file before it is sent.
setup-file-label = Certificate file
setup-file-hint = Choose the file, or drop it here
setup-file-missing = Enter the address of the metadata, or choose a file
setup-file-too-large = is too large to be a certificate
setup-file-unreadable = cannot be read. Choose it again
setup-file-der = looks like Certificate (Raw)
    .elsewhere = looks like a certificate in binary form (DER)
setup-file-pem = looks like Certificate (Base64)
    .elsewhere = looks like a certificate as text (PEM)
setup-file-metadata = looks like Federation Metadata XML
    .elsewhere = looks like SAML metadata

# Set up URLs.
setup-urls-title = Set up URLs
setup-urls-intro = In the section { $section } Entra shows three addresses with a copy button each. Paste them here.
setup-urls-logout = Single logout URL
setup-urls-login-hint = Begins with https://login.microsoftonline.com/
    .elsewhere = Where browsers are sent to sign in: neither a page for administrators nor the metadata
setup-urls-identifier-hint = Begins with https://sts.windows.net/ and ends with a slash, unless the application's ID is appended to it
    .elsewhere = As it stands there, letter by letter: an address or any other text
setup-urls-check = Check this address (Login URL)
setup-urls-metadata = The address of the metadata can be read
    .text = Certificates and addresses come from it, in place of pasting each. Addresses that were saved before stay.
setup-urls-metadata-read = Read the metadata

# Users and groups.
setup-users-intro = Only people assigned to the application can sign in. Begin with one test user, such as { $user }, or yourself.
setup-users-add = In the application open { $users } and choose { $add }.
setup-users-pick = Pick the test user, choose { $select }, then { $assign }.
setup-users-groups = Members of nested groups do not count: assign the group they are in directly. You need not create anybody here: people are provisioned when they first sign in.

# Test sign-in.
setup-test-title = Test sign-in
setup-test-intro = This opens your real sign-in in a new tab, with the configuration as it is now, even before it is approved. Nobody is provisioned and no session begins. Sign in there as an assigned person; this page shows what came back.
setup-test-start = Test the sign-in
setup-test-again = Test the sign-in again
setup-test-all = All tests
setup-test-not-configured = Complete two steps first
setup-test-not-configured-text = Upload the certificate in { $certificates } and enter the addresses in { $urls }.
setup-test-stale = The configuration changed since this test
    .text = Test it again before it goes live.
setup-test-note = Entra's own Test works once the team is live. Until then use the button here.

# Go live.
setup-go-live-title = Go live
setup-go-live-support-says = Message from support
setup-go-live-untested = No successful test of this configuration yet
setup-go-live-untested-text = A test shows in a minute whether it works: { $link }.
setup-go-live-test-link = test the sign-in
setup-go-live-summary = What goes live
setup-go-live-change-addresses = Change the addresses
setup-go-live-change-certificates = Change the certificates
setup-go-live-change-claims = Change the claims
setup-go-live-unreviewed = No review is needed: once a test has passed, you make it live yourself, and the people you assigned can sign in at once.
setup-go-live-make-live = Make revision { $number } live
setup-go-live-make-live-button = Yes, make revision { $number } live
setup-go-live-submit-text = Support reviews the configuration, usually within a working day, and you get a mail. Then the people you assigned can sign in.
setup-go-live-submit = Submit for review
setup-go-live-submitted = Submitted for review
    .text = You get a mail when support has reviewed it. Until then nothing can be changed, unless you withdraw it.
setup-go-live-withdraw = Withdraw to edit
setup-go-live-draft-text = People sign in with the live revision. Making revision { $number } live swaps the two at once; sign-ins in progress are not interrupted.
setup-go-live-discard = Discard this revision
    .text = What was changed since the live revision is lost. People continue to sign in with the live one.
    .button = Discard the changes
setup-go-live-live = This configuration is live
    .text = Changing anything starts a new revision beside it, which can be tested before it goes live.
setup-go-live-suspended = Sign-in is suspended
    .text = Write to support; only they can lift the suspension.
setup-go-live-revision = revision { $number }
setup-go-live-rollback = Go back to revision { $number }
setup-go-live-rollback-text = This takes effect at once. The revision that is live now is kept: going back once more swaps the two.
setup-go-live-rollback-button = Roll back to revision { $number }
setup-go-live-reason = Why
    .hint = Your colleagues find it in the history of the connection.
setup-go-live-end-sessions = Also end all sessions of this team
    .hint = A certificate is removed. Sessions that its key made continue unless you end them: do so if somebody else may have had the key. Everybody then signs in again.
setup-go-live-blade-title = What your people will see
setup-go-live-note = Assigned people find the tile in My Apps, or open the Sign on URL themselves.
    .elsewhere = People with access find the tile at { $provider }, or open the Sign on URL themselves.

# Sign-in options.
setup-options-title = Sign-in options
setup-options-intro = Most teams need none of this. Each option is part of the revision: it can be tested before it goes live.
setup-options-save = Save options
setup-options-sign-requests = Sign requests
    .no-key = Needs a key: create one below first.
setup-options-sign-requests-hint = Entra checks the signature only when { $setting } is on. It then refuses unsigned requests: the My Apps tile and other sign-ins that begin at Entra stop working, unless { $sign_on_url } is filled in and they begin here.
setup-options-sign-requests-hint-elsewhere = The signature is checked where { $provider } is set to do so. As a rule unsigned requests are then refused, and with them sign-ins that begin there, unless the tile leads to the Sign on URL.
setup-options-force-authn = Ask people to authenticate again every time
    .hint = Sends ForceAuthn. Without it, people who are already signed in at the identity provider pass without being asked.
setup-options-name-id = Name identifier format
setup-options-name-id-hint = What is requested here overrides the format chosen in { $section }.
setup-options-name-id-hint-elsewhere = What is requested here overrides the format that is set at { $provider }.
setup-options-name-id-default = As the identity provider is configured
setup-options-name-id-persistent = Persistent
setup-options-name-id-email = Email address
setup-options-name-id-unspecified = Unspecified
setup-options-authn-context = Requested authentication context
    .hint = Leave it empty as a rule: people who signed in another way, for instance with a passkey, are refused. Policies of the identity provider are the place to require a second factor.
setup-options-binding = How requests are sent
    .hint = Most identity providers accept both. HTTP-POST is for those that accept nothing else.
setup-options-idp-initiated = Allow sign-ins that begin at the identity provider
setup-options-idp-initiated-hint = Less safe: a response that nobody here requested can belong to somebody else and be injected. We therefore ask each person whether they want to continue. Better: fill in { $sign_on_url } in Entra, so that the My Apps tile begins here.
setup-options-idp-initiated-hint-elsewhere = Less safe: a response that nobody here requested can belong to somebody else and be injected. We therefore ask each person whether they want to continue. Better: have the tile at { $provider } lead to the Sign on URL, so that it begins here.
setup-options-domains-title = Who may sign in
setup-options-domains = E-mail domains
    .hint = Such as contoso.com, contoso.de. People with other addresses are refused, guests too. Leave it empty to accept everybody whom the identity provider sends.
setup-options-domains-save = Save domains
setup-options-no-key = no key created yet
setup-options-note = Token encryption is a blade of its own: Enterprise apps > your application > Security > Token encryption.

# The team's own keys.
setup-keys-title = Keys
setup-keys-intro = A key pair of this team's own: requests are signed with it, and the identity provider can encrypt assertions to it. The private half stays here, encrypted; the identity provider gets the certificate. Keys belong to the team, not to a revision, and are not frozen by a review.
setup-keys-create = Create a key
setup-keys-create-next = Create the next key
setup-keys-current = Current: signs and decrypts
setup-keys-next = Next: decrypts, not used for signing yet
setup-keys-retired = Retired: only decrypts
setup-keys-download-der = Download certificate (.cer)
setup-keys-download-pem = Download as PEM
setup-keys-promote = Make this the current key
    .text = From then on requests are signed with it. If the identity provider verifies requests, it must have this certificate first.
    .button = Make it current
setup-keys-delete = Delete this key
    .text = What is still encrypted to it can no longer be read, and the sign-in fails. Have assertions encrypted to the current key's certificate first.
    .button = Delete key
setup-keys-upload = Where the certificate goes
setup-keys-upload-verification = To have requests verified: { $page }, { $section }, { $certificates }, { $edit }, { $upload }.
setup-keys-upload-encryption = To have assertions encrypted: { $page }, { $import }, then in the certificate's menu { $activate }.
setup-keys-rotation = Replacing a key, in this order
setup-keys-rotation-create = Create the next key here and download its certificate.
setup-keys-rotation-upload = At the identity provider, add it beside the present one, if requests are verified there.
setup-keys-rotation-promote = Here, make the next key current. Sign in once to check.
setup-keys-rotation-encryption = There, have assertions encrypted to it, if they are. Both keys decrypt meanwhile.
setup-keys-rotation-delete = Remove the old certificate there, then delete the retired key here.

## Which identity provider is used
setup-identity-provider = Identity provider
    .hint = The steps and the sign-in reports name fields and pages as it does. Once its addresses are entered, it is recognised by them.
setup-identity-provider-default = Not chosen: Microsoft Entra ID
setup-identity-provider-recognised = Recognised: { $provider }
setup-identity-provider-not-recognised = Not recognised by its addresses
setup-identity-provider-other = Another one
setup-identity-provider-save = Save the choice
