# A team that nobody can sign in to: why, who can end that, and what to wait for.

team-not-active-draft = The configuration was not submitted yet, so nobody can sign in. A test works before.
    .step-1 = Finish the step Go live.
team-not-active-in-review = The configuration was submitted, and support is looking at it. People can sign in once support has approved it.
    .step-1 = Wait for support to approve it: the members of the team get a mail.
team-not-active-changes-requested = Support looked at the configuration and asked for changes. People can sign in once support has approved it.
    .step-1 = Read on the team's page what support asked for, and change it.
    .step-2 = Submit the configuration again, and wait for support to approve it: the members of the team get a mail.
team-not-active-suspended = Support suspended sign-ins of this team. The configuration is kept, and nothing in it has to change.
    .step-1 = Ask support what it is about, and wait for them to resume sign-ins: the members of the team get a mail.
team-not-active-by-now = The team was not active at that moment, and is by now.
    .step-1 = Start again.
