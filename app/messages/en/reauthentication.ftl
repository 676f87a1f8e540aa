# /account/reauthenticate: proving again who one is before something sensitive.

reauthentication-title = Confirm that it is you
reauthentication-intro = You are about to do something sensitive, and it is some time since you last proved who you are. Afterwards you continue where you were; what you typed is still there.
reauthentication-passkey-button = Confirm with a passkey
reauthentication-button = Confirm
reauthentication-federated = Your account signs in through your company's identity provider. Sign in there again.
reauthentication-sign-in-button = Sign in again
