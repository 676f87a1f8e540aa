# What is wrong with a field or a form, and what to do about it, by the variants of `model::FieldProblem`.
# Without a full stop at the end.

field-problem-missing = Enter this value
field-problem-too-long = Use at most { $max } characters
field-problem-not-an-email = Enter an e-mail address, such as name@example.com
field-problem-not-a-team-name = Enter a name of at most 80 characters, on one line
field-problem-team-name-ambiguous = Several teams have this name. Name the one you mean by its slug
field-problem-too-many-views = You keep { $most } views already: delete one first
field-problem-no-team-chosen = Choose at least one team
field-problem-reminded-recently = The team was reminded less than a day ago
field-problem-no-team-found = No team has this slug or name
field-problem-too-many-teams = More than { $most } teams are found: write more of the name, or the slug
field-problem-password-too-short = Use at least { $min } characters; a few words are easier to remember than symbols
field-problem-password-guessable = This password is easy to guess. Use a few words that do not belong together, and nothing from your address or our names
field-problem-wrong-password = This is not your current password. Check it and try again
field-problem-same-email = This is your address already. Enter the new one
field-problem-wrong-credentials = This e-mail address and password do not match an account. Check both and try again
field-problem-account-exists = This e-mail address has an account already. Sign in with it, or use another address
field-problem-link-expired = This link has expired or was used already. Ask for a new one
field-problem-invite-only = New teams are set up by invitation here. Write to support to get an onboarding link
field-problem-already-member = This person is a member of the team already. Change their role in the list of members
field-problem-already-invited = This address is invited already. Send the invitation again, or revoke it first
field-problem-already-support = This address has a support account already. Change its role in the list
field-problem-account-deactivated = The account with this address is deactivated. Activate it again instead
field-problem-invitation-for-other = This invitation is for another address. Sign out, open the link again, and sign in with the invited one
field-problem-invitation-no-longer-valid = This invitation no longer works: it was used, revoked or replaced by a newer one, or it has expired. Ask the team that invited you for a new one
field-problem-last-owner = A team needs an owner. Make somebody else an owner first
field-problem-last-administrator = Support needs an administrator who can sign in. Make somebody else an administrator first
field-problem-own-second-factor-missing = Your own session has no second factor yet. Set one up under Your account, Security, then ask others for it
field-problem-team-has-owner = This team has an owner, who can invite others. Onboarding links are for teams that nobody owns yet
field-problem-onboarding-needs-administrator = Only a support administrator can send or revoke an onboarding link for a team that is past its first set-up, or that is the vendor's own
field-problem-other-vendor-team = Another team is marked as the vendor's already. Unmark that team first
field-problem-person-is-support = This person signs in to support. Have a support administrator deactivate their account under Support accounts first
field-problem-vendor-team-needs-administrator = This team signs the vendor's support in. Only a support administrator can decide about its sign-in, its keys and its sessions
field-problem-not-the-vendor-team = Mark the team as the vendor's first
field-problem-not-a-group = Paste the group's value as the claim has it: one line of at most 256 characters. In Entra it is the group's Object ID
field-problem-role-from-groups = This account's role comes from the groups of your identity provider. Change the groups there
field-problem-wrong-code = This code does not match. Enter the six digits that your authenticator app shows now
field-problem-code-used = This code was used already. Wait until your authenticator app shows the next one, and enter that
field-problem-wrong-recovery-code = This is not one of your unused recovery codes. Check it, or use another one
field-problem-setup-expired = Setting up took too long. Begin again, and remove the unfinished entry from your authenticator app
field-problem-passkey-refused = The passkey was not accepted. Try again, or use another way
field-problem-passkey-exists = This passkey is registered already. Use another device or key
field-problem-too-many-passkeys = An account holds at most { $max } passkeys. Remove one that is no longer used first
field-problem-last-factor = Your role or your team asks for a second factor, and this is your last one. Add another one first
field-problem-no-such-account = No account has this e-mail address
field-problem-factor-missing = Set up an authenticator app or a passkey first
field-problem-not-a-url = Paste the whole address, beginning with https://
field-problem-not-https = The address must begin with https://
field-problem-other-port = The address must be without a port: metadata is fetched from the port of https only
field-problem-forbidden-character = This contains { $character }, which cannot be part of it. Remove it, or copy the value again with the copy button
field-problem-several-addresses = This is more than one address. Paste the one that belongs here
field-problem-saml-parameter-in-url = This address holds { $parameter }, which belongs to one single sign-in or sign-out: it was copied from a browser during a sign-in. Copy the address again from the identity provider's settings
field-problem-not-an-entra-identifier = Microsoft's identifier is https://sts.windows.net/, the tenant's ID and a slash. Copy it again with the copy button in Entra
field-problem-service-provider-value = This is one of our values, meant for the identity provider. Paste the value that it shows instead
field-problem-login-url-as-identifier = This is the Login URL. The Microsoft Entra Identifier begins with https://sts.windows.net/
field-problem-identifier-as-url = This is the Microsoft Entra Identifier. This field's address begins with https://login.microsoftonline.com/
field-problem-missing-trailing-slash = Microsoft's identifier ends with a slash. Copy it again with the copy button in Entra, or add the / at the end
field-problem-not-a-login-url = { $kind }. Copy the address for SAML sign-in from the identity provider's settings instead
    .derived = { $kind }. The Login URL is { $address }
    .metadata = { $kind }. To have it read, enter it as { $field } in the step { $step }. Enter here the address for SAML sign-in
    .metadata-derived = { $kind }. To have it read, enter it as { $field } in the step { $step }. The Login URL is { $address }
field-problem-not-a-logout-url = { $kind }. Copy the address for SAML logout from the identity provider's settings, or leave this empty
    .derived = { $kind }. The Logout URL is { $address }
    .metadata = { $kind }. To have it read, enter it as { $field } in the step { $step }. Enter here the address for SAML logout, or leave this empty
    .metadata-derived = { $kind }. To have it read, enter it as { $field } in the step { $step }. The Logout URL is { $address }
field-problem-common-tenant = This is for any Microsoft account and names no tenant. Use the one with your own tenant's ID, as Entra shows it on your application's Single sign-on page
field-problem-tenants-differ = This address belongs to another Entra tenant than the Microsoft Entra Identifier above. Copy both from the same application
field-problem-ca-certificate = It belongs to a certificate authority and only vouches for another certificate of the file: it does not sign sign-ins
field-problem-too-many-in-file = This file holds more than { $max } certificates. Upload the one that signs
field-problem-damaged-certificate = This looks like a certificate but is damaged. Copy it whole, with the lines "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----" as they are, or download it from the identity provider again
field-problem-own-certificate = This is the certificate of this team's own key, which is meant for the identity provider. Upload the one that the identity provider signs with
field-problem-certificate-expired = This certificate expired on { $date }. Create a new one at the identity provider, make it active, and upload that one
field-problem-weak-key = This certificate's key ({ $key }) is too weak or of a kind we do not accept. Use RSA with 2048 bits or more, or EC P-256 or P-384
field-problem-too-many-certificates = A connection holds at most { $max } certificates. Remove one that is no longer used first
field-problem-logo-too-large = This picture is larger than { $max } KB. Save it smaller: it is shown about 40 pixels high
field-problem-not-a-logo = This file is no picture of a kind that is taken: choose an SVG, PNG, WebP or JPEG file
field-problem-file-too-large = This file is too large to be a certificate. Upload the one that the identity provider offers as its signing certificate
field-problem-upload-unreadable = The upload broke off or could not be read. Choose the file again and send the form once more
field-problem-no-signing-certificate = This metadata file names no signing certificate. Download the metadata that the identity provider offers for this application, or upload the certificate by itself
field-problem-not-an-attribute-name = Enter the attribute's name as the identity provider sends it: on one line, at most 256 characters
field-problem-not-an-authn-context = Enter a class such as urn:oasis:names:tc:SAML:2.0:ac:classes:Password, or leave the field empty
field-problem-not-a-domain-list = Enter domains such as contoso.com, with commas between them
field-problem-not-a-reference = Enter a reference such as SSO-7F3K-2Q9M: three letters and two groups of four characters
field-problem-unknown-error = We do not recognise an error in this text. It is still in the box: add the rest of the page or of the log entry, above all numbers and codes. If there is no more, compare this team's values with those at the identity provider
field-problem-not-a-choice = Choose one of the values in the list
field-problem-key-needed = Create a key first, in the section Keys below
field-problem-key-exists = There is already one. Reload the page to see it
field-problem-under-review = The configuration is with support for review. Withdraw it first to change it
field-problem-steps-missing = Finish these steps first: { $steps }
field-problem-wrong-status = The team is { $status ->
        [draft] in set-up
        [in_review] in review
        [changes_requested] waiting for changes
        [suspended] suspended
       *[active] active
    } now, so this is no longer possible. Reload the page to see what changed
field-problem-changed-since-shown = Nothing was done, because something has changed since this page was shown to you. { $changes }. Look at it below, then decide again
    .unknown = Nothing was done, because it is not certain that you saw what this decides on. Look at it below, then decide again
field-problem-edit-conflict = Not saved yet, because somebody saved something else after this page was shown to you. { $changes }. What you typed is still here: save again to put it in its place
    .unknown = Not saved yet, because somebody saved something else after this page was shown to you. What you typed is still here: save again to put it in its place
field-problem-too-many-notes = A team has at most { $max } notes. Delete one that is no longer needed first
field-problem-explanation-missing = Say what the team should change or know: the text goes to its members
field-problem-not-a-date = Enter a day as year, month and day, such as 2026-11-23
field-problem-too-many-attempts = { $unit ->
    [minutes] Too many attempts. Wait { $time } minutes and try again
   *[seconds] Too many attempts. Wait { $time } seconds and try again
}
field-problem-failed = Something failed on our side and nothing was changed. Try again; if the problem stays, write to support
field-problem-no-matching-team = No active team matches this. Ask your IT team for your company's Sign on URL
field-problem-client-id-taken = Another application has this client ID. Choose another one.
field-problem-not-a-client-id = A client ID has letters, digits, hyphens, dots and underscores, at most 64 of them.
field-problem-too-many-entries = Enter at most { $max }.
field-problem-pkce-required = Single-page and native applications always use PKCE.
field-problem-not-a-jwk-set = Enter a JSON Web Key Set with public keys (RSA of 2048 bits or more, P-256 or Ed25519), and no private ones.
field-problem-not-a-redirect-uri = "{ $line }" is not an address to return to. It begins with https (http is for localhost only), and has no # and no *.
field-problem-no-team-with-slug = No team has the slug "{ $slug }".
field-problem-not-a-lifetime = Enter a time between { $min } and { $max } seconds.
field-problem-public-client-without-secret = Single-page and native applications keep no secret: they use PKCE alone.
field-problem-too-many-secrets = The application has { $max } secrets that work. Delete the older one first.
field-problem-character-blank = a blank
field-problem-character-non-breaking-space = a non-breaking space ({ $number })
field-problem-character-invisible = an invisible character ({ $number })
field-problem-character-control = a control character ({ $number })
field-problem-character-space = a space of another width ({ $number })
