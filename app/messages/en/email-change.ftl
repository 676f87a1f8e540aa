# /account/email, and the pages behind the mailed links.

email-change-title = Change e-mail address
email-change-current = Your address is { $address }. You sign in with it, and we write to it.
email-change-new = New e-mail address
    .hint = We send a link to it. Your address changes when you open that link, within 30 minutes.
email-change-button = Send link

email-change-old-address = Old address
email-change-new-address = New address

email-change-confirm-title = Confirm your new e-mail address
email-change-confirm-password = Enter your account's password to show that the account is yours.
email-change-confirm-button = Use the new address
email-change-confirm-lifetime = Links to a new address work once, within 30 minutes.

email-change-undo-title = Undo the change of address
email-change-undo-text = Your account gets the old address back, every browser is signed out, and the current password stops working. We mail a link to { $address } to choose a new password.
email-change-undo-button = Undo the change
email-change-undo-lifetime = Links that undo a change work once, within 7 days.
