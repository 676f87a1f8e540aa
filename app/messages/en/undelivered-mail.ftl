# /support/mail: mail that could not be delivered.

undelivered-mail-title = Undelivered mail
undelivered-mail-intro = Each mail is tried for about two days before it is listed here. Fix the cause first: { $command } shows what the mail server answers.
undelivered-mail-none = Every mail was delivered, or is still being tried.
undelivered-mail-caption = Mail that could not be delivered
undelivered-mail-to = To
undelivered-mail-subject = Subject
undelivered-mail-written = Written
undelivered-mail-answer = Last answer
undelivered-mail-tries = Tries
undelivered-mail-actions = Actions
undelivered-mail-retry-button = Try again
    .label = Try again: the mail to { $recipient }
undelivered-mail-discard-button = Discard
    .label = Discard the mail to { $recipient }
