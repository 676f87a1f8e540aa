# /support/first-account: the first support account, by the link that the server printed.

first-support-account-page-title = First support account
first-support-account-title = Create the first support account
first-support-account-intro = It is an administrator: it sees every team, approves and suspends.
first-support-account-email = E-mail address
first-support-account-button = Create account
first-support-account-expired = This link no longer works
first-support-account-expired-text = It was used, or the server has printed a newer one. Restart the portal to get another link, or run { $command }.
