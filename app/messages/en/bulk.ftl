# /support/teams/bulk: what is about to be done to several teams.

bulk-title = Several teams
bulk-remind = Remind teams of their set-up
    .text = The owners and administrators of each team get a mail that says that its set-up is not finished, with a link to the next step. A team is reminded once a day at most.
    .button = Send the reminders
bulk-suspend = Suspend teams
    .text = Sign-in of each team stops at once and its people's sessions end. Its members get your reason by mail.
    .button = Suspend these teams
bulk-teams = Teams
bulk-left = { $count ->
        [one] One team of the page is left out: its state does not allow this.
       *[other] { $count } teams of the page are left out: their states do not allow this.
    }
bulk-more = This is for one page of the list. Go to its next page for the others.
bulk-none = No team on this page of the list is in a state that allows this.
bulk-back = Back to the list
bulk-together = With the teams of this page:
bulk-remind-link = Remind of the set-up
bulk-suspend-link = Suspend sign-in
