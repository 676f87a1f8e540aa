# /support/accounts

support-accounts-title = Support accounts
support-accounts-email = E-mail address
support-accounts-role = Role
support-accounts-no-role = none
support-accounts-role-by-group = { $role }, by group
support-accounts-second-factor = Second factor
support-accounts-last-sign-in = Last sign-in
support-accounts-state = State
support-accounts-active = Active
support-accounts-deactivated = Deactivated
support-accounts-actions = Change

support-accounts-only-administrator = The only administrator. Make someone else an administrator before you change this account.
support-accounts-deactivate-text = Its sessions end at once, and it cannot sign in.
support-accounts-deactivate-button = Deactivate account
support-accounts-activate-text = It can sign in again, with the same role.
support-accounts-activate-button = Activate account

support-accounts-invite-title = Invite a colleague
support-accounts-invite-role-hint = They set up a second factor when they first sign in.
