# /support: what waits for support, and how all teams are.

support-overview-title = Overview
support-overview-onboarding-link = New team with an onboarding link
support-overview-undelivered = { $count ->
        [one] { $count } mail could not be delivered
       *[other] { $count } mails could not be delivered
    }
support-overview-undelivered-link = See which, and why
support-overview-mail = undelivered mail

support-overview-waiting = Waiting for review
support-overview-none-waiting = No team is waiting for review. Submitted teams appear here, longest wait first.
support-overview-all-waiting = All { $count } that wait for review
support-overview-target = Reviews should take { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } at most.
support-overview-overdue = { $count ->
        [0] No team waits longer.
        [one] { $count } team waits longer.
       *[other] { $count } teams wait longer.
    }

support-overview-sign-ins = Sign-ins of all teams
support-overview-sign-ins-hint = Tests are left out. Counted every minute.
support-overview-today = Signed in today (UTC)
support-overview-today-failed = Failed today
support-overview-week = Signed in during the last 7 days
support-overview-week-failed = Failed during the last 7 days

support-overview-certificates = Certificates
support-overview-certificates-soon = Expire within 30 days
support-overview-certificates-over = Expired
support-overview-certificates-next = Certificates that expire next
support-overview-certificates-none = No certificate of a live configuration ends within 30 days.
