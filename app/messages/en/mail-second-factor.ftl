# Mails to the owner of an account about its second factors.

# What to do about a change that the owner did not make.
-mail-second-factor-not-you = If it was not you, somebody else may have your password: change it, sign out all other browsers on your security page, remove factors you do not know, and write to us.

mail-second-factor-totp-added =
    .subject = An authenticator app was added to your { $product } account
    .heading = An authenticator app was added to your account
    .paragraph-1 = From now on, signing in with your password also asks for a code of this app.
    .paragraph-2 = It happened on { $origin }. If it was you, there is nothing to do.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-totp-removed =
    .subject = The authenticator app was removed from your { $product } account
    .heading = The authenticator app was removed from your account
    .paragraph-1 = Codes of this app no longer sign you in.
    .paragraph-2 = It happened on { $origin }. If it was you, there is nothing to do.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-passkey-added =
    .subject = A passkey was added to your { $product } account
    .heading = A passkey was added to your account
    .paragraph-1 = The passkey "{ $name }" can sign in to your account from now on.
    .paragraph-2 = It happened on { $origin }. If it was you, there is nothing to do.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-passkey-removed =
    .subject = A passkey was removed from your { $product } account
    .heading = A passkey was removed from your account
    .paragraph-1 = The passkey "{ $name }" no longer signs in to your account.
    .paragraph-2 = It happened on { $origin }. If it was you, there is nothing to do.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-recovery-code-used =
    .subject = A recovery code was used to sign in to { $product }
    .heading = A recovery code was used
    .paragraph-1 = { $left ->
            [0] Somebody signed in with your password and your last recovery code. Create new codes now.
            [one] Somebody signed in with your password and one of your recovery codes. It is used up; { $left } of them is left.
           *[other] Somebody signed in with your password and one of your recovery codes. It is used up; { $left } of them are left.
        }
    .paragraph-2 = It happened on { $origin }.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-recovery-codes-replaced =
    .subject = New recovery codes for your { $product } account
    .heading = New recovery codes for your account
    .paragraph-1 = New recovery codes were made. The codes you had before no longer work.
    .paragraph-2 = It happened on { $origin }. If it was you, there is nothing to do.
    .button = Open your security page
    .closing = { -mail-second-factor-not-you }

mail-second-factor-reset =
    .subject = The second factors of your { $product } account were removed
    .heading = The second factors of your account were removed
    .paragraph-1 = The portal's operator removed all second factors of your account and ended all its sessions, on { $origin }.
    .paragraph-2 = Sign in with your password, and set up a second factor again.
    .button = Open your security page
    .closing = If you did not ask for this, write to { $support } at once.
