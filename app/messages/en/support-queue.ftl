# /support: teams that wait for review, and all others.

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
support-queue-others = All other teams
support-queue-no-others = No other teams yet. Teams appear here as soon as someone signs up for one.
support-queue-team = Team
support-queue-slug = Slug
support-queue-state = State
support-queue-waiting-since = Waiting since
support-queue-created = Created
support-queue-last-sign-in = Last sign-in
support-queue-never = never
