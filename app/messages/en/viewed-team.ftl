# Support sees a team's pages as its members do.

viewed-team-begin = See as the team sees it
viewed-team-banner = You see { $team } as its team sees it, until { $until }. You can look, but not change anything.
viewed-team-end = Back to support
