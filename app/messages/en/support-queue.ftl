# /support: teams that wait for review, and the way to all others.

support-queue-title = Teams
support-queue-onboarding-link = New team with an onboarding link
support-queue-sign-ins-link = Sign-ins
support-queue-undelivered = { $count ->
        [one] { $count } mail could not be delivered
       *[other] { $count } mails could not be delivered
    }
support-queue-undelivered-link = See which, and why
support-queue-waiting = Waiting for review
support-queue-none-waiting = No team is waiting for review. Submitted teams appear here, longest wait first.
support-queue-all-waiting = All { $count } that wait for review
support-queue-all-teams-link = All teams
