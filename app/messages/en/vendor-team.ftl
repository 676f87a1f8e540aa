# The part of a team's page for administrators that is about the vendor's own team.

vendor-team-mark-title = This is our own team
vendor-team-mark-text = Its identity provider then signs support in, and its groups give support roles. That sign-in counts as a second factor: Conditional Access must require multi-factor authentication for this application.
vendor-team-mark-button = Mark as the vendor's team
vendor-team-unmark-title = This is no longer our own team
vendor-team-unmark-text = Support roles that its groups gave end at once, and so do the sessions.
vendor-team-unmark-button = Remove the mark
vendor-team-groups-intro = People of this team who are in one of these groups sign in to support through its identity provider.
vendor-team-no-groups = No group gives a role yet, so nobody signs in to support through this team.
vendor-team-group = Group
    .hint = As the claim has it: in Entra, the group's Object ID.
vendor-team-role = Role
    .hint = If someone is in several groups, the higher role counts.
vendor-team-add-button = Add group
vendor-team-remove-button = Remove
    .label = Remove the group { $group }
