# /signup/check-email, and /verify-email behind the mailed link.

email-verification-sent-title = Check your e-mail
email-verification-sent-text = We have sent you a link. Open it within 24 hours to confirm your address and continue.
email-verification-no-mail = If nothing arrives within a few minutes, look into your spam folder or write to { $email }.
email-verification-resend = Send the link again to
email-verification-resend-button = Send again
email-verification-other-address-link = Use another address

email-verification-title = Confirm your e-mail address
email-verification-password = Enter the password that you chose when you signed up. It shows that the sign-up was yours.
email-verification-button = Confirm and continue
email-verification-newest = Only the newest link works. If you need another one, { $link }.
email-verification-new-link = have it sent again
