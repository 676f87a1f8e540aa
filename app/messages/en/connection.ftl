# A connection's configuration, and what decisions about it change.

connection-certificates = Signing certificates
connection-claims = Claims
connection-options = Sign-in options
connection-no-certificate = No certificate uploaded
connection-changed = (changed)
connection-added = (new)
connection-removed = (removed: what it signs is refused once this is live)
connection-sha-256 = SHA-256
connection-valid = Valid
connection-validity = { $from } to { $until }
connection-key = Key

connection-certificate-expired = This certificate has expired: sign-ins signed with it are refused. Upload the next one.
connection-certificate-not-yet-valid = This certificate is not valid yet.
connection-certificate-expires = This certificate expires { $days ->
        [0] in less than a day
        [one] in { $days } day
       *[other] in { $days } days
    }. Upload the next one beside it before then.

connection-untested = No successful test of { $subject } is on record
connection-changes-none = Revision { $next } is the same as revision { $live }: nothing changes for anybody.
connection-changes-replace = Sign-ins will use revision { $next } instead of revision { $live }:
connection-changes-first = Nobody can sign in yet. With revision { $next }, assigned people can:
connection-changes-certificate-added = Certificate { $certificate } may sign
connection-changes-certificate-removed = Certificate { $certificate } may no longer sign: what it signs is refused

connection-notice-test = Test it
connection-notice-make-live = Make it live
connection-notice-go-live = Go live
connection-notice-open-team = Open { $team }

## The page of a team's connection
connection-page-title = Connection
connection-page-edit = Edit
connection-page-options = Sign-in options
connection-page-live = Live
connection-page-nothing-live = Nothing is live yet: nobody can sign in.
connection-page-revision = Revision { $number }
connection-page-since = { $revision } serves sign-ins since { $since }.
connection-page-defaults = All options at their defaults. Claims are read by their usual names.
connection-page-differences = What differs from the defaults
connection-page-all = All of the configuration
connection-page-draft = Being edited
connection-page-edited = { $revision }, last saved { $at }. It serves nobody until it is made live.
connection-page-test-draft = Test it
connection-page-decide = Make live or discard
connection-page-roll-back = Roll back to revision { $number }
connection-page-history = History
connection-page-history-none = Nothing was changed yet.
connection-page-history-admins = Admins and owners of the team see who changed what.
