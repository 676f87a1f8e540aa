# The audit trail.

audit-title = Audit trail
audit-intro-team = Every change to this team and its connection: who, what, when and from where. Nothing here can be edited.
audit-intro-support = Sign-ins and changes of accounts, and, for each team, all that happened to it. { $command } proves that nothing was changed or removed.
audit-none = Nothing has happened yet. Every change will be listed here.
audit-none-matches = No event matches. Widen the filter.
audit-download = Download as JSON Lines
audit-caption = Events, newest first
audit-when = When
audit-who = Who
    .hint = An e-mail address, or "the command line".
audit-what = What
audit-what-any = Anything
audit-from = From
audit-team = Team
    .hint = A team's slug, or "all". Empty: accounts and the vendor's own settings.
audit-changed = What changed
audit-before = Before
audit-after = After
audit-nothing = nothing

audit-detail-sessions-ended = { $count ->
        [one] { $count } session ended
       *[other] { $count } sessions ended
    }
audit-detail-recovery-codes-left = { $count ->
        [one] { $count } recovery code left
       *[other] { $count } recovery codes left
    }
audit-detail-factors-removed = Authenticator apps: { $apps }. Passkeys: { $passkeys }. Sessions ended: { $sessions }.
audit-detail-new-factors-removed = With the change of address. Authenticator apps: { $apps }. Passkeys: { $passkeys }.
audit-detail-no-sign-in = No sign-in for { $days } days
audit-detail-resealed = { $count ->
        [one] { $count } secret
       *[other] { $count } secrets
    } with the key { $key }
audit-detail-authenticator-app = Authenticator app
audit-detail-recovery-code = Recovery code
audit-detail-passkey = Passkey { $name }
audit-detail-vendor-idp = Through the vendor's identity provider
