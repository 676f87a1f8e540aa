# /invite/…: where the link of an invitation leads.

invitation-title = Invitation
invitation-member-title = Join the team { $team }
invitation-onboarding-title = Set up single sign-on of { $team }
invitation-support-title = Join the support team of { $product }
invitation-from-to = { $inviter } invites { $invited } as { $role }.
invitation-onboarding-text = { $invited } becomes the team's owner. The set-up takes eight short steps, here and at your identity provider.
invitation-until = The link works once, until { $moment }.

invitation-choose-password = Choose a password for { $address }. The link has confirmed the address.
invitation-create-button = Create account and accept
invitation-has-account = This address has an account. Sign in with it, and you come back here to accept.
invitation-sign-in-button = Sign in
invitation-accept-button = Accept invitation

invitation-other-address = This invitation is for another address
invitation-other-address-text = You are signed in as { $own }, and the invitation is for { $invited }. Sign out, then open the link in the mail again.
invitation-sign-out-button = Sign out

invitation-gone = This invitation no longer works
invitation-gone-text = It was used, revoked or replaced by a newer one, or its seven days are over. Ask the team that invited you for a new one, or write to { $email }.
invitation-withdrawn-team = It is no longer valid. Ask the team { $team } for a new one, or write to { $email }.
invitation-withdrawn-support = It is no longer valid. Ask the support of { $product } for a new one, or write to { $email }.
invitation-accepted-already = If you have accepted it already, { $link }.
invitation-teams-link = go to your teams
