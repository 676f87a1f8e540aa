# /forgot-password, and /reset-password behind the mailed link.

password-reset-request-title = Reset your password
password-reset-email = E-mail address
    .hint = The one you sign in with. We send it a link to choose a new password.
password-reset-request-button = Send link
password-reset-remembered = Remembered it? { $link }
password-reset-sign-in-link = Sign in

password-reset-sent-title = Check your e-mail
password-reset-sent-text = If the address has an account, we have sent it a link. Open it to choose a new password. It works once, within 30 minutes.
password-reset-no-mail = If nothing arrives within a few minutes, look into your spam folder, { $link }, or write to { $email }.
password-reset-other-address-link = try another address
password-reset-back-link = Back to sign-in

password-reset-title = Choose a new password
password-reset-sessions-end = Every browser that is signed in to your account will be signed out.
password-reset-new = New password
password-reset-button = Change password
password-reset-lifetime = Links to a new password work once, within 30 minutes, and only the newest one works.
password-reset-new-link = Send a new link
