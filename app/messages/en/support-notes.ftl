# Support's notes on /support/teams/…

support-notes-title = Notes
support-notes-none = There are no notes about this team.
support-notes-new = New note
    .hint = Only support sees notes. The team's members do not.
support-notes-new-button = Add note
support-notes-delete-button = Delete
# Read aloud after "Delete".
support-notes-delete-label = the note of { $author }
support-notes-delete-text = The note is gone for everybody of support. This cannot be undone.
support-notes-delete-confirm = Yes, delete the note
