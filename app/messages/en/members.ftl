# /teams/…/members

members-title = Members
members-caption = Members of the team
members-email = E-mail address
members-role = Role
members-since = Since
members-second-factor = Second factor
members-last-sign-in = Last sign-in
members-actions = Change

members-only-owner = The only owner
members-transfer-text = They become an owner in your place, and you stay as an admin.
members-transfer-button = Transfer ownership
members-remove-text = Access ends at once, in open sessions too.
members-remove-button = Remove from the team

members-invite-title = Invite a member
members-invite-role-hint = Admins change, test and submit the connection.

members-factor-title = Second factor
members-factor-required = All members need a second factor to see this team's pages.
members-factor-stop-button = Stop requiring a second factor
members-factor-optional = Members may sign in with a password alone. If you require a second factor, members who have none must set one up before they can open the team's pages.
members-factor-require-button = Require a second factor

members-must-stay = You are the only owner. To leave the team, first make another member an owner, or transfer ownership.
members-leave-title = Leave this team
members-leave-text = Your access ends at once. An owner can invite you again. The last owner cannot leave.
members-leave-button = Leave the team
