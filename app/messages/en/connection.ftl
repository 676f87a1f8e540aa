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
