# /account: one's own account.

account-title = Your account

account-sign-in = Sign-in
account-email = E-mail address
account-change-email = Change
account-password = Password
account-change-password = Change password
account-support-role = Support role

account-security = Security
account-federated = You sign in through your company's identity provider. Change your address, password and second factor there.
account-factor = Second factor
account-factor-on = On
account-factor-off = Off
account-factor-totp = authenticator app
account-factor-passkeys = { $count ->
        [one] { $count } passkey
       *[other] { $count } passkeys
    }
account-recovery-codes = Recovery codes left
account-sessions = Signed in
account-sessions-count = { $count ->
        [one] In this browser only
       *[other] In { $count } browsers
    }
account-security-link = Manage second factors
account-sessions-link = Where you are signed in

account-teams = Teams
account-no-teams = You are not a member of any team.
