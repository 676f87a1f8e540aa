# /account/security: one's own second factors.

security-title = Second factors
security-intro = A second factor keeps others out of your account even if they have your password.
security-sessions-link = Where you are signed in
security-account-link = Your account
security-last-used = Last used
security-never-used = Not yet

security-required = You need a second factor
security-missing = Set up a second factor to continue
security-missing-how = Set up an authenticator app or a passkey below.
security-required-support = Support accounts decide how the customers of { $product } sign in, so a password alone is not enough.
security-required-everyone = { $product } requires a second factor for every account.
security-required-team = The team { $team } requires a second factor of all its members.

security-totp = Authenticator app
security-totp-intro = An app on your phone shows a six-digit code, which you enter after your password. Any app for one-time codes works, such as Microsoft Authenticator, Google Authenticator or 1Password.
security-totp-button = Set up an authenticator app
security-totp-added = Set up
security-totp-replace = Move to another app or phone
security-totp-replace-text = The current one works until you have entered the first code of the new one.
security-totp-replace-button = Set up again
security-totp-remove = Remove the authenticator app
security-totp-remove-text = Its codes no longer sign you in, and your other sessions end.
security-totp-remove-button = Remove authenticator app

security-passkeys = Passkeys
security-passkeys-intro = Your device's fingerprint, face or PIN, or a security key. A passkey signs you in without a password, and a fake page cannot steal it.
security-passkeys-need-host = Passkeys need a host name, and this portal is reached by an IP address.
security-passkey-add-button = Add a passkey
security-passkey-name = Name
    .hint = Something to recognise it by, such as the device that it is on.
security-passkey-added = Added
security-passkey-rename = Rename
security-passkey-rename-button = Save name
security-passkey-remove = Remove
security-passkey-remove-text = It no longer signs you in, and your other sessions end. Delete it on your device too.
security-passkey-remove-button = Remove passkey

security-codes = Recovery codes
security-codes-intro = Each code signs you in once when you cannot use your other factors.
security-codes-left = { $count ->
        [one] { $count } code is left.
       *[other] { $count } codes are left.
    }
security-codes-low = Few recovery codes are left
security-codes-low-text = Create new ones, so that a lost device does not lock you out.
security-codes-replace = Create new recovery codes
security-codes-replace-text = Your current codes stop working.
security-codes-replace-button = Create new codes
