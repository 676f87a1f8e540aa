# A team's overview, its sessions, and naming a new one.

team-title = Team
team-new-title = Create your team
team-new-name = Company or team name
    .hint = Your team slug ID, such as contoso-7k2m9q, is made from it. It stays the same if you rename the team.
team-new-button = Create team

team-people = { $count ->
        [one] person provisioned
       *[other] people provisioned
    }
team-last-sign-in = last sign-in
team-last-sign-in-never = never
team-notes = What sign-ins show again and again
    .text = They passed. Each of these is worth a look before it becomes a failure.
team-notes-often = { $count } of the latest { $of }
team-values = Your values for { $provider }
team-link-test = Test the sign-in
team-link-sessions = End all sessions

team-draft = The set-up is not finished
    .text = Continue where you left off. Nobody can sign in yet.
    .link = Continue: { $step }
team-in-review = Support is reviewing your configuration
    .text = You get a mail when it is approved. You can test the sign-in meanwhile.
    .link = See what was submitted
team-changes-requested = Support asks for changes
    .text = Make the requested changes, then submit again.
    .link = Continue the set-up
team-active = Single sign-on is live
    .text = People to whom the application is assigned sign in at the Sign on URL.
team-suspended = Sign-in is suspended
    .text = Nobody can sign in until support lifts the suspension.

team-sessions-title = Sessions
team-sessions-heading = End all sessions
team-sessions-text = People of this team have { $count } open. Ending them signs everybody out here, at once; sign-ins in progress begin again. Sessions at your identity provider continue.
team-sessions-count = { $count ->
        [one] { $count } session
       *[other] { $count } sessions
    }
team-sessions-ended = { $count ->
        [one] { $count } session ended.
       *[other] { $count } sessions ended.
    }
team-sessions-advice = Do this if somebody else may have had a signing key of your identity provider: remove its certificate from the connection first.
team-sessions-button = End all sessions

# A team's settings
team-settings-title = Settings
team-settings-team = Team
team-settings-name = Company or team name
    .hint = People see it when they sign in. The team slug ID stays the same, so nothing changes at the identity provider.
team-settings-save = Save the name
team-settings-slug = Team slug ID
team-settings-created = Created
team-settings-sessions = Signs everybody out here at once, for example after a signing key was lost. Sessions at your identity provider continue.

# What a team's people did lately
team-sign-ins = Sign-ins
team-week = signed in, last 7 days
team-week-rate = succeeded, last 7 days
team-month = signed in, last 30 days
team-month-rate = succeeded, last 30 days
team-rate-none = none
team-last-change = Last change: { $what }, by { $who }, { $at }.
team-chart = Sign-ins of the last { $days } days
team-chart-table = As a table
team-chart-day = Day
team-chart-passed = Signed in
team-chart-failed = Failed
team-chart-none = Nobody has signed in during the last { $days } days.
team-chart-bar = { $day }: { $passed } signed in, { $failed } failed

# What needs a look
team-attention = Needs attention
team-attention-none = Nothing needs attention.
team-attention-certificate-over = Every signing certificate has expired or is not valid yet: nobody can sign in.
team-attention-certificate-ends = The last signing certificate ends in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. From then on nobody can sign in.
team-attention-certificate-link = Upload the next certificate
team-attention-draft = Revision { $number } is edited and not live.
team-attention-draft-link = Test it, then make it live
team-attention-failing = { $count ->
        [one] { $count } sign-in
       *[other] { $count } sign-ins
    } failed within 7 days: { $title }
team-attention-failing-link = Open the latest report
team-attention-second-factor = { $count ->
        [one] { $count } member has
       *[other] { $count } members have
    } no second factor here.
team-attention-second-factor-link = Open members
