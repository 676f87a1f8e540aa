# Mails about members of teams and support accounts.
# $origin is when and from where the one who did it acted; $until is when a link expires.

mail-members-invitation =
    .subject = You are invited to the team { $team } at { $product }
    .heading = You are invited to the team { $team }
    .paragraph-1 = { $by } invites you to manage single sign-on of { $team } together, as { $role }.
    .paragraph-2 = The link works once, until { $until }.
    .button = Accept the invitation
    .closing = If you do not know what this is about, ignore this mail: nothing happens without the link.

mail-members-onboarding-link =
    .subject = Set up single sign-on of { $team } with { $product }
    .heading = Set up single sign-on of { $team }
    .paragraph-1 = We have created the team { $team } for you. The link makes you its owner and leads straight into the set-up of single sign-on with your identity provider, such as Microsoft Entra ID: eight short steps.
    .paragraph-2 = The link works once, until { $until }. It is for you alone: do not pass it on.
    .button = Begin the set-up
    .closing = If you did not expect this mail, write to { $support } before you open the link.

mail-members-support-invitation =
    .subject = You are invited to the support team of { $product }
    .paragraph-1 = { $by } invites you to the support team of { $product }, as { $role }.
    .paragraph-2 = The link works once, until { $until }. After your first sign-in you set up a second factor.
    .button = Accept the invitation
    .closing = If you do not know what this is about, ignore this mail: nothing happens without the link.

# $change is one of the sentences below.
mail-members-your-membership =
    .subject = Your membership of { $team } has changed
    .paragraph-1 = { $change }
    .paragraph-2 = Done by { $by } on { $origin }.
    .button = Open the team's page
    .closing = If this should not be so, ask an owner of the team. If nobody there knows of it, write to { $support }.

mail-members-team =
    .subject = Members of { $team } have changed
    .paragraph-1 = { $change }
    .paragraph-2 = Done by { $by } on { $origin }.
    .button = See the members
    .closing = If no owner of the team knows of this, change your password and write to { $support }.

mail-members-your-support-account =
    .subject = Your support account at { $product } has changed
    .heading = Your support account has changed
    .paragraph-1 = { $change }
    .paragraph-2 = Done by { $by } on { $origin }.
    .button = Open the support pages
    .closing = If this should not be so, ask an administrator.

mail-members-support-accounts =
    .subject = Support accounts of { $product } have changed
    .heading = Support accounts have changed
    .paragraph-1 = { $change }
    .paragraph-2 = Done by { $by } on { $origin }.
    .button = See the support accounts
    .closing = If no administrator knows of this, deactivate the account that did it at once.

## What has changed: .you is for the person themselves, .others for everybody else.
mail-members-role-changed =
    .you = You were { $before } of the team { $team } and are { $after } now.
    .others = { $member } was { $before } and is { $after } now.
mail-members-removed =
    .you = You were removed from the team { $team } and no longer have access to it.
    .others = { $member } was removed from the team.
mail-members-left =
    .you = You left the team { $team } and no longer have access to it.
    .others = { $member } left the team.
mail-members-ownership-transferred =
    .you = { $giver } transferred the team { $team } to you: you are its owner now.
    .others = { $giver } transferred the team to { $heir } and is admin now.
mail-members-joined = { $member } accepted the invitation of { $inviter } and is { $role } now.
mail-members-second-factor-required = The team { $team } now asks all its members for a second factor. Without one, its pages ask you to set it up first.
mail-members-second-factor-optional = The team { $team } no longer asks its members for a second factor.

mail-members-support-role-changed = { $account } was { $before } and is { $after } now.
mail-members-support-activated = The account { $account } can sign in again.
mail-members-support-deactivated = The account { $account } is deactivated: its sessions have ended and it cannot sign in.
mail-members-support-joined = { $account } accepted the invitation and is { $role } in support now.
mail-members-support-role-from-groups = { $account } is { $role } in support now, by the groups of the vendor's identity provider.
mail-members-vendor-team-marked = The team { $team } ({ $slug }) is marked as the vendor's own: its groups decide about support roles.
mail-members-vendor-team-unmarked = The team { $team } ({ $slug }) is no longer the vendor's own: its groups no longer decide about support roles.
