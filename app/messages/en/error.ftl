# What went wrong with a request, for pages and for all other answers.

error-sign-in-title = Sign in
error-sign-in-text = Sign in to see this page.
error-second-factor-text = Enter your second factor to see this page.
error-enrolment-title = A second factor is needed
error-enrolment-text = Set up a second factor to see this page.
error-reauthentication-title = Confirm that it is you
error-reauthentication-text = Confirm that it is you to continue.
error-too-many-title = Too many requests
error-too-many-text = Too many attempts. Wait { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    } and try again. Nothing was changed. To send a form again, wait and go back to it: what you typed should still be there.
error-not-found-title = Page not found
error-not-found-text = There is nothing here, or you do not have access to it.
error-refused-title = This could not be saved
error-refused-text = Go back and check what you entered.
error-bad-request-title = This request could not be read
error-bad-request-text = Nothing was changed. Go back, reload the page, and send the form again.
error-internal-title = Something failed on our side
error-internal-text = Try again. If the problem stays, write to support.

error-page-support = Support: { $email }
error-page-status = Status { $status }
