# Support's notes on /support/teams/…

support-notes-title = Notes
support-notes-none = There are no notes about this team.
support-notes-new = New note
    .hint = Only support sees notes. The team's members do not.
support-notes-new-button = Add note
support-notes-delete-button = Delete
support-notes-delete-label = Delete the note of { $author }
