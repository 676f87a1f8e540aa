# Roles of members and of support, by their codes.

role-viewer = viewer
    .explained = Viewer: can look, but change nothing
role-admin = admin
    .explained = Admin: sets up the connection
role-owner = owner
    .explained = Owner: also manages members
role-reviewer = reviewer
    .explained = Reviewer: reviews and helps teams
role-administrator = administrator
    .explained = Administrator: also manages support accounts
