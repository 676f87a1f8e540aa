# Mails about a team's single sign-on, and the operator's test mail.

mail-team-submitted =
    .subject = { $team } waits for review
    .paragraph-1 = { $by } submitted the single sign-on configuration of { $team } ({ $slug }).
    .paragraph-2 = Look at it, then approve it or ask for changes.
    .button = Review the team

# What the team wrote follows.
mail-team-answered =
    .subject = { $team } waits for review again
    .paragraph-1 = { $by } submitted the single sign-on configuration of { $team } ({ $slug }) again, and answered what you asked for:
    .button = Review the team
    .closing = Look at what changed, then approve it or ask for more.

mail-team-review-handed-over =
    .subject = You review { $team } now
    .paragraph-1 = { $by } handed the review of { $team } ({ $slug }) over to you.
    .paragraph-2 = Look at it, then approve it or ask for changes.
    .button = Review the team

# The address follows.
mail-team-approved =
    .subject = Single sign-on for { $team } is live
    .paragraph-1 = Support has approved the configuration. The people you assigned at your identity provider can now sign in to { $product }. Give them this address:
    .button = Open the team's page

# Support's own message follows.
mail-team-changes-requested =
    .subject = Single sign-on for { $team }: support asks for changes
    .paragraph-1 = Support looked at the configuration and asks you to change something before it goes live:
    .button = Continue the set-up
    .closing = When it is done, submit the configuration again.

# Support's own message follows.
mail-team-suspended =
    .subject = Single sign-on for { $team } is suspended
    .paragraph-1 = Support has stopped sign-in to { $product } for { $team }. Its people cannot sign in now. The reason:
    .button = Open the team's page
    .closing = To settle this, write to { $support }.

mail-team-resumed =
    .subject = Single sign-on for { $team } works again
    .paragraph-1 = Support has lifted the suspension: the people of { $team } can sign in to { $product } again.
    .button = Open the team's page

mail-team-reminder =
    .subject = Single sign-on for { $team } is not finished
    .paragraph-1 = The set-up of single sign-on for { $team } was begun and is not finished, so nobody can sign in to { $product } with it yet. Your team's page says which step is next; most teams need ten minutes.
    .button = Continue the set-up
    .closing = If somebody else looks after your identity provider, invite them from the team's page. If you need help, write to { $support }.

mail-team-test-mail =
    .subject = Mail from { $product } arrives
    .paragraph-1 = The operator sent this mail to see whether the portal can send any.
    .closing = There is nothing to do.
