# /signup/check-email, and /verify-email behind the mailed link.

email-verification-sent-title = Check your e-mail
email-verification-sent-text = We have sent you a link. Open it within 24 hours to confirm your address and choose a password.
email-verification-no-mail = If nothing arrives within a few minutes, look into your spam folder or write to { $email }.
email-verification-resend = Send the link again to
email-verification-resend-button = Send again
email-verification-other-address-link = Use another address

email-verification-title = Choose a password
email-verification-password = This confirms { $address }. You sign in with it, and with the password that you choose here.
email-verification-button = Continue
email-verification-newest = It works once, within 24 hours, and only the newest one does.
email-verification-new-link = Have a new link sent
email-verification-confirmed-already = Have you chosen a password already? { $link }
email-verification-sign-in-link = Sign in
