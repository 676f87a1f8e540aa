# Inviting members and colleagues, and the invitations that wait.

invite-form-email = E-mail address
    .hint = They get a mail with a link that works once, for seven days.
invite-form-role = Role
invite-form-button = Send invitation
invite-form-pending = Invitations
invite-form-none-pending = There are no pending invitations. Invitations wait here until they are accepted.
