# Mails to the owner of an account: sign-up, password, e-mail address.
# .subject, the .heading where it is not the subject, .paragraph-1, .paragraph-2, …, the .button that
# opens the link, and the .closing, which stands below the button.
# $origin is when and from where, such as "23 November 2026, 12:00 UTC, from 192.0.2.1, with
# Firefox on Windows".

mail-account-verify-email =
    .subject = Confirm your e-mail address for { $product }
    .heading = Confirm your e-mail address
    .paragraph-1 = Confirm this address to continue setting up single sign-on with { $product }.
    .paragraph-2 = The link works once, within 24 hours.
    .button = Confirm e-mail address
    .closing = If you did not sign up, ignore this mail: nothing happens without the link.

mail-account-sign-on-urls =
    .subject = Where you sign in to { $product }
    .paragraph-1 = You, or somebody who knows your address, asked where you sign in to { $product }. With this address you have signed in with:
    .button = Sign in with { $team }
    .closing = Keep the address as a bookmark. If you did not ask, there is nothing to do: whoever opens it has to sign in with your company's account.

mail-account-already-signed-up =
    .subject = You already have an account with { $product }
    .heading = You already have an account
    .paragraph-1 = Somebody, perhaps you, tried to sign up with this address, which has an account already. Your account was not changed.
    .paragraph-2 = To get in, sign in with the password of that account.
    .button = Sign in
    .closing = If it was not you, there is nothing to do.

mail-account-reset-password =
    .subject = Choose a new password for { $product }
    .heading = Choose a new password
    .paragraph-1 = Somebody, perhaps you, asked for a new password for your account, on { $origin }.
    .paragraph-2 = The link works once, within 30 minutes. Links we sent before it no longer work.
    .button = Choose a new password
    .closing = If it was not you, ignore this mail: your password stays as it is, and nobody can change it without the link.

mail-account-password-changed =
    .subject = Your password for { $product } was changed
    .heading = Your password was changed
    .paragraph-1 = The password of your account was changed on { $origin }. Every other browser was signed out.
    .paragraph-2 = If it was you, there is nothing to do. If it was not you, choose a new password now.
    .button = Choose a new password
    .closing = Then write to { $support }, so that we can look at what happened.

mail-account-failed-logins =
    .subject = Failed sign-ins to your { $product } account
    .heading = Failed sign-ins to your account
    .paragraph-1 = Somebody has entered a wrong password or code for your account several times. None of these attempts got in, and each makes the next one wait longer.
    .paragraph-2 = If it was you and you have forgotten your password, choose a new one. If it was not you, choose a new one, too, if you use the same password elsewhere. The latest attempts:
    .button = Choose a new password
    .closing = A second factor keeps strangers out even if they know your password: add one on your account's security page. We send this mail at most once a day.

mail-account-confirm-new-address =
    .subject = Confirm your new e-mail address for { $product }
    .heading = Confirm your new e-mail address
    .paragraph-1 = Somebody, perhaps you, asked to use this address for their account, on { $origin }.
    .paragraph-2 = The link works once, within 30 minutes.
    .button = Confirm the new address
    .closing = If it was not you, ignore this mail: nothing changes without the link.

mail-account-address-taken =
    .subject = You already have an account with { $product }
    .heading = You already have an account
    .paragraph-1 = Somebody, perhaps you, wanted to use this address for another account. It has one already, so nothing was changed.
    .button = Sign in
    .closing = If it was not you, there is nothing to do.

mail-account-email-change-requested =
    .subject = A new e-mail address for your { $product } account
    .heading = A new e-mail address for your account
    .paragraph-1 = Somebody who is signed in to your account asked to change its address to { $new }, on { $origin }.
    .paragraph-2 = The address changes once it is confirmed from the new one. We tell you when that happens.
    .paragraph-3 = If it was you, there is nothing to do here. If it was not you, choose a new password now: that signs everybody out and stops the change.
    .button = Choose a new password

mail-account-email-changed =
    .subject = The e-mail address of your { $product } account was changed
    .heading = The e-mail address of your account was changed
    .paragraph-1 = The address of your account is { $new } from now on. It was changed on { $origin }.
    .paragraph-2 = If it was you, there is nothing to do. If it was not you, undo the change: that gives you the account back, signs everybody out and lets you choose a new password.
    .button = Undo the change
    .closing = The link works once, within 7 days.

mail-account-email-restored =
    .subject = Your { $product } account has this address again
    .heading = Your account has this address again
    .paragraph-1 = The change of its address is undone. Everybody was signed out, and the password it had no longer works: choose a new one.
    .paragraph-2 = The link works once, within 30 minutes. After that, ask for another one on the sign-in page.
    .button = Choose a new password
    .closing = Look at your account's second factors, too, and at what was done in your team.

mail-account-email-change-undone =
    .subject = The change of your { $product } account's address was undone
    .heading = The change of your account's address was undone
    .paragraph-1 = The address of your account is { $old } again. Whoever has that mailbox opened the link that we had sent there, on { $origin }.
    .paragraph-2 = Everybody was signed out, and the password no longer works.
    .closing = If this is wrong, write to { $support }: an administrator can look at what happened.

# When and from where somebody acted.
mail-account-origin = { $at }
    .address = { $at }, from { $ip }
    .browser = { $at }, with { $browser }
    .address-and-browser = { $at }, from { $ip }, with { $browser }
