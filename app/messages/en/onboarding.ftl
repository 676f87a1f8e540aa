# /support/teams/new: support creates a team and sends its first owner a link.

onboarding-title = New team
onboarding-name = Company or team name
    .hint = The team slug ID is made from it.
onboarding-email = First owner's e-mail address
    .hint = They get a link that works once, for seven days, and leads straight to the set-up.
onboarding-button = Create team and send link
