# What the lists of members and of support accounts share.

account-actions-you = { $email } (you)
account-actions-no-session = No open session
account-actions-factor-proved = Confirmed
account-actions-factor-not-seen = Not seen
account-actions-menu = Change
    .label = Change { $email }
account-actions-role =
    .label = Role of { $email }
account-actions-role-button = Change role
