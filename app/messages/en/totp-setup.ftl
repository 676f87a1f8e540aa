# /account/security/totp: an authenticator app that is being set up.

totp-setup-title = Set up an authenticator app
totp-setup-restart = Start again
totp-setup-scan = 1. Scan this code with the app
totp-setup-by-hand = If the app is on this device or cannot scan, enter this key by hand and choose time-based codes.
totp-setup-key = Key
totp-setup-qr-code = QR code with the key below
totp-setup-enter = 2. Enter the code that the app shows
totp-setup-code = Code
    .hint = Six digits. They change every 30 seconds.
totp-setup-button = Confirm code
