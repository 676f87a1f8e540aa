# The checklist beside a reviewer's decision. Each line is fine, or says what to look at.

review-checklist-title = Checklist
review-checklist-all-fine = Nothing needs a look.
review-checklist-needs-look = { $count ->
        [one] One line needs a look.
       *[other] { $count } lines need a look.
    }
review-checklist-fine = Fine:
review-checklist-look = Needs a look:

review-checklist-somebody = somebody
review-checklist-tested = Tested by { $tester } with revision { $revision }, { $at }: { $report }
review-checklist-latest-test = A test of this revision passed, the latest one did not: { $report }
review-checklist-test-before-edit = The test passed ({ $report }, { $at }), and the revision was edited after it. No successful test of this revision is on record.
review-checklist-untested = No successful test of this revision is on record.
review-checklist-tester = The tester { $tester } has an administrator's domain.
review-checklist-other-tester = The tester { $tester } has a different domain from the administrators ({ $domains }).
review-checklist-domains = { $count ->
        [0] Nobody administers this team: it is managed by its onboarding link.
        [one] All administrators have addresses of { $domains }.
       *[other] The administrators have addresses of { $count } domains: { $domains }.
    }
review-checklist-no-free-mail = No administrator has a free-mail address.
review-checklist-free-mail = Anybody can get such an address: { $addresses }
review-checklist-tenant = The test came from the tenant that is configured, { $tenant }.
review-checklist-other-tenant = The test came from tenant { $tenant }, configured is { $configured }.
review-checklist-tenant-unknown = Tenant { $tenant }; no test names its tenant.
review-checklist-own-provider = No other team has this identity provider.
review-checklist-same-provider = The same identity provider serves { $teams }.
review-checklist-own-certificate = No other team has these certificates.
review-checklist-same-certificate = The same certificate is configured by { $teams }.
review-checklist-no-certificate = No certificate is uploaded.
review-checklist-certificates = Certificates: { $keys }, the last one ends { $end }.
review-checklist-defaults = All options at their defaults.
review-checklist-options = Not at its default: { $options }
review-checklist-first = This is the first approval.
review-checklist-changes = { $count ->
        [0] Nothing changes from revision { $live }, which is live.
        [one] One part differs from revision { $live }, which is live: see what approving changes.
       *[other] { $count } parts differ from revision { $live }, which is live: see what approving changes.
    }
