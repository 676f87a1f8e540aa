# Mails to the owner of an account about its second factors.

mail-second-factor-totp-added =
    .subject = An authenticator app was added to your { $product } account
    .paragraph-1 = From now on, signing in with your password also asks for a code of this app.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-totp-removed =
    .subject = The authenticator app was removed from your { $product } account
    .paragraph-1 = Its codes no longer sign you in.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-passkey-added =
    .subject = A passkey was added to your { $product } account
    .paragraph-1 = The passkey "{ $name }" can sign in to your account from now on.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-passkey-removed =
    .subject = A passkey was removed from your { $product } account
    .paragraph-1 = The passkey "{ $name }" no longer signs in to your account.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-recovery-code-used =
    .subject = A recovery code was used to sign in to { $product }
    .paragraph-1 = { $left ->
            [0] Somebody signed in with your password and your last recovery code. Create new codes now.
            [one] Somebody signed in with your password and one of your recovery codes. It is used up; { $left } of them is left.
           *[other] Somebody signed in with your password and one of your recovery codes. It is used up; { $left } of them are left.
        }
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-recovery-codes-replaced =
    .subject = New recovery codes for your { $product } account
    .paragraph-1 = The recovery codes you had before no longer work.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If it was not you, somebody else may have your password: change it, sign out all other browsers on the page below, remove factors you do not know, and write to us.

mail-second-factor-reset =
    .subject = The second factors of your { $product } account were removed
    .paragraph-1 = The portal's operator removed all second factors of your account and ended all its sessions. Sign in with your password, and set up a second factor again.
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = If you did not ask for this, write to us at once.
