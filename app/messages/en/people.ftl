# A team's people: the list.

people-title = People
people-intro = Everybody who has signed in to your team, newest sign-in first.
people-caption = People, newest sign-in first
people-name = Name
people-address = E-mail address or name identifier
people-state = State
people-first-seen = First seen
people-last-sign-in = Last sign-in
people-search = Search
    .hint = A part of a name or an e-mail address.
people-search-button = Search
people-filter-any-state = Any
people-filter-any-time = At any time
people-filter-inactive-days = Not for { $days } days
people-download-csv = Download as CSV
people-none = Nobody has signed in yet
    .hint = People are listed here after their first sign-in. Assign the application to them at your identity provider, and send them your Sign on URL.
    .link = How to assign people
people-none-matches = Nobody matches
    .hint = Search for a shorter part, or clear the filter.
