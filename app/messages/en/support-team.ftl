# /support/teams/…: all that support may see of a team, and what it decides.

support-team-page-title = Team
support-team-tab-title = { $team } · Support
support-team-created = created { $moment }
support-team-people = { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
support-team-draft = Revision { $number } (draft)
support-team-live = Revision { $number } (live)
support-team-key = The team's current key
support-team-thumbprint = Thumbprint
support-team-nothing-configured = Nothing is configured yet.
support-team-last-test = Last test sign-in
support-team-no-test = There is no test sign-in with this configuration yet.
support-team-sign-ins = Latest sign-ins
support-team-no-sign-ins = Nobody has tried to sign in yet.
support-team-all-sign-ins-link = All sign-ins of this team
support-team-idp-error-link = Explain an error of the identity provider
support-team-members = Members
support-team-invitations = Invitations and onboarding links
support-team-vendor = The vendor's own team
support-team-audit = Audit trail

support-team-administrators-only = Only support administrators decide about this team
support-team-administrators-only-text = It is the vendor's own team: its identity provider signs support in. Ask an administrator if something has to change.
support-team-not-submitted = The team has not submitted its configuration
support-team-not-submitted-text = It appears in the queue when it does.

support-team-decide = Decide
support-team-approve = Approve and go live
support-team-approve-mail = The team's members get a mail.
support-team-approve-button = Yes, approve and go live
support-team-request-changes = Request changes
support-team-request-changes-text = The team can edit its configuration again, and submits it once more when it is ready.
support-team-changes = What should the team change?
support-team-changes-button = Yes, request changes
support-team-suspend = Suspend this team
support-team-suspend-text = From then on nobody of this team can sign in. Sign-ins in progress and all sessions of its people here end at once. The configuration stays as it is, and you can resume sign-in later.
support-team-suspend-reason = Why is sign-in stopped?
support-team-suspend-button = Yes, suspend the team
support-team-resume = Resume sign-in
support-team-resume-text = People of this team can sign in again at once, with the revision that is live. The team's members get a mail.
support-team-resume-button = Yes, resume sign-in
support-team-reason-hint = The team's members get this text by mail.
