# /support/teams: all teams, searched, filtered and sorted.

team-list-title = All teams

team-list-search = Find a team
    .hint = The beginning of its name, slug, e-mail domain, a member's address or the entity ID of its identity provider. Or the reference of a sign-in. Press / to get here.
team-list-search-button = Find

team-list-team = Team
team-list-slug = Slug
team-list-state = State
team-list-reviewer = { $who } reviews it
team-list-since = Since
team-list-waits-hours = { $count ->
        [0] waits for less than an hour
        [one] waits for { $count } hour
       *[other] waits for { $count } hours
    }
team-list-waits-days = { $count ->
        [one] waits for { $count } day
       *[other] waits for { $count } days
    }
team-list-overdue = Longer than the target
team-list-provider = Identity provider
team-list-certificate = Certificate ends
team-list-certificate-over = Expired
team-list-certificate-ends-soon = Within 30 days
team-list-last-sign-in = Last sign-in
team-list-never = never
team-list-none = none
team-list-failing = Sign-ins fail

team-list-any = Any
team-list-waiting = Waiting for
team-list-waiting-support = Us
team-list-waiting-team = The team
team-list-sign-ins = Sign-ins
team-list-sign-ins-failing = Failing, none succeeded since
team-list-quiet = No sign-in for
team-list-quiet-days = { $count } days
team-list-sort = Sort by
team-list-sort-name = Name
team-list-sort-waiting = Longest in its state
team-list-sort-last-sign-in = Latest sign-in
team-list-sort-quiet = Longest without a sign-in

team-list-count = { $count ->
        [one] { $count } team
       *[other] { $count } teams
    }
team-list-count-more = More than { $count } teams
team-list-none-found = No team matches
    .hint = Try fewer or shorter words, or clear the filter.
team-list-empty = No teams yet
    .hint = Teams appear here as soon as someone signs up for one.
team-list-download = Download as CSV
