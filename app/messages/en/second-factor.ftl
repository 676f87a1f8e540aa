# /login/second-factor: the second step of signing in.

second-factor-page-title = Second factor
second-factor-title = One more step
second-factor-sign-in-link = Sign in
second-factor-intro = The password of { $email } is correct. Now use your second factor to show that it is you.
second-factor-code-button = Sign in
second-factor-passkey-button = Use a passkey
second-factor-recovery-code-title = Use a recovery code
second-factor-recovery-code = Recovery code
    .hint = One of the ten codes that you saved. It works once, and we mail you that it was used.
second-factor-recovery-code-button = Sign in with a recovery code
second-factor-lost = Lost access to all of them? Write to { $email }.
second-factor-other-account-link = Sign in with another account
