# What went wrong with a request, for pages and for all other answers.

error-sign-in-title = Sign in
error-sign-in-text = Sign in to see this page.
error-second-factor-text = Enter your second factor to see this page.
error-enrolment-title = A second factor is needed
error-enrolment-text = Set up a second factor to see this page.
error-reauthentication-title = Confirm that it is you
error-reauthentication-text = Confirm that it is you to continue.
error-too-many-title = Too many requests
error-too-many-text = { $wait }. Nothing was changed. To send a form again, wait and go back to it: what you typed should still be there.
error-not-found-title = Page not found
error-not-found-text = There is nothing here, or you do not have access to it.
error-invalid-form-title = This could not be saved
error-invalid-form-text = Go back and check what you entered.
error-bad-request-title = This request could not be read
error-bad-request-text = Nothing was changed. Go back, reload the page, and send the form again.
error-internal-title = Something failed on our side
error-internal-text = Try again. If the problem stays, write to support.

error-page-support = Support: { $email }
error-page-status = Status { $status }

error-internal-text-reference = Try again. If the problem stays, write to support and give this reference.
error-forbidden-title = This form was not accepted
error-forbidden-text = It did not come from a page of ours, or your browser did not say where it came from. Nothing was changed. Open the page here and send the form again.
error-method-title = This address cannot be opened like this
error-method-text = A form is sent to it, or it is a page that takes no form. Go back and reload the page.
error-too-large-title = Too much at once
error-too-large-text = What was sent is larger than this form takes. Nothing was changed. Go back and send less.
error-unavailable-title = Not available now
error-unavailable-text = Nothing was changed. Wait a moment and try again.

# Addresses of SAML that a browser was sent to.
error-reply-url-title = This is the Reply URL
error-reply-url-text = Responses are posted here by your identity provider.
error-reply-url-text-sign-on = Responses are posted here by your identity provider. To sign in, open { $url }
error-logout-unreadable-title = This message cannot be read
error-logout-unreadable-text = This address takes what an identity provider sends: a SAMLRequest or a SAMLResponse.
error-logout-refused-title = Sign-out not completed
error-logout-refused-text = This message of your company's sign-in could not be verified, or was used before. Nobody was signed out by it.
