# Invitations that were not accepted yet.

invitation-list-caption = Invitations that were not accepted yet
invitation-list-invited = Invited
invitation-list-role = Role
invitation-list-by = By
invitation-list-sent = Sent
invitation-list-expires = Valid until
invitation-list-change = Change
invitation-list-expired = Expired
invitation-list-withdrawn = No longer valid
    .hint = The person who sent it can no longer invite. Send it again in your own name, or revoke it.
invitation-list-resend = Send again
    .label = Send again: the invitation to { $email }
invitation-list-revoke = Revoke
    .label = Revoke the invitation to { $email }
invitation-list-owners-decide = The team's owners decide
invitation-list-support-decides = Support decides
