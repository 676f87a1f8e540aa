# Mails to the owner of an account: sign-up, password, e-mail address.
# .subject, .paragraph-1, .paragraph-2, …, the .button that opens the link, and the .closing.
# $origin is when and from where, such as "23 November 2026, 12:00 UTC, from 192.0.2.1, with
# Firefox on Windows".

mail-account-verify-email =
    .subject = Confirm your e-mail address for { $product }
    .paragraph-1 = Open this link to confirm your address and continue setting up single sign-on.
    .paragraph-2 = It works once, within 24 hours.
    .button = Confirm e-mail address
    .closing = If you did not sign up, ignore this mail: nothing happens without the link.

mail-account-already-signed-up =
    .subject = You already have an account with { $product }
    .paragraph-1 = Somebody, perhaps you, tried to sign up with this address, which has an account already.
    .paragraph-2 = Sign in with the password you chose then.
    .button = Sign in
    .closing = If it was not you, there is nothing to do: your account was not changed.

mail-account-reset-password =
    .subject = Choose a new password for { $product }
    .paragraph-1 = Somebody asked for a new password for your account. Open this link to choose one.
    .paragraph-2 = It works once, within 30 minutes. Links we sent before it no longer work.
    .paragraph-3 = It happened on { $origin }.
    .button = Choose a new password
    .closing = If it was not you, ignore this mail: your password stays as it is, and nobody can change it without the link.

mail-account-password-changed =
    .subject = Your password for { $product } was changed
    .paragraph-1 = The password of your account was changed. Every other browser was signed out.
    .paragraph-2 = It happened on { $origin }.
    .button = Choose a new password
    .closing = If it was you, there is nothing to do. If it was not you, choose a new password at once by the link above, and write to us.

mail-account-failed-logins =
    .subject = Failed sign-ins to your { $product } account
    .paragraph-1 = Somebody has entered a wrong password or code for your account several times. None of these attempts got in, and each makes the next one wait longer.
    .paragraph-2 = The latest attempts:
    .button = Choose a new password
    .closing = If it was you, there is nothing to do: choose a new password if you have forgotten yours. If it was not you and you use the same password elsewhere, choose a new one here, and add a second factor on your account's page. We send this mail at most once a day.

mail-account-confirm-new-address =
    .subject = Confirm your new e-mail address for { $product }
    .paragraph-1 = Somebody with an account asked to use this address for it. Open this link to confirm.
    .paragraph-2 = It works once, within 30 minutes.
    .paragraph-3 = It happened on { $origin }.
    .button = Confirm the new address
    .closing = If it was not you, ignore this mail: nothing changes without the link.

mail-account-address-taken =
    .subject = You already have an account with { $product }
    .paragraph-1 = Somebody, perhaps you, wanted to use this address for another account. It has one already, so nothing was changed.
    .button = Sign in
    .closing = If it was not you, there is nothing to do.

mail-account-email-change-requested =
    .subject = A new e-mail address for your { $product } account
    .paragraph-1 = Somebody signed in to your account asked to change its address to { $new }.
    .paragraph-2 = It happened on { $origin }.
    .paragraph-3 = The change is made once it is confirmed from the new address. We tell you when that happens.
    .button = Choose a new password
    .closing = If it was you, there is nothing to do here. If it was not you, choose a new password now by the link above: that signs everybody out and stops the change.

mail-account-email-changed =
    .subject = The e-mail address of your { $product } account was changed
    .paragraph-1 = Your account's address is { $new } from now on.
    .paragraph-2 = It happened on { $origin }.
    .button = Undo the change
    .closing = If it was you, there is nothing to do. If it was not you, open the link above: it gives you the account back, signs everybody out and lets you choose a new password. It works once, within 7 days.

mail-account-email-restored =
    .subject = Your { $product } account has this address again
    .paragraph-1 = The change of its address is undone. Everybody was signed out, and the password it had no longer works. Open this link to choose a new one.
    .paragraph-2 = It works once, within 30 minutes. After that, ask for another one on the sign-in page.
    .button = Choose a new password
    .closing = Look at your account's second factors, too, and at what was done in your team.

mail-account-email-change-undone =
    .subject = The change of your { $product } account's address was undone
    .paragraph-1 = Your account's address is { $old } again, by the link that we had sent there.
    .paragraph-2 = It happened on { $origin }.
    .paragraph-3 = Everybody was signed out, and the password no longer works.
    .closing = If this is wrong, write to us: an administrator can look at what happened.

# When and from where somebody acted.
mail-account-origin = { $at }
    .address = { $at }, from { $ip }
    .browser = { $at }, with { $browser }
    .address-and-browser = { $at }, from { $ip }, with { $browser }
