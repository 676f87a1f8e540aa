# Sign-in attempts: the list, the report of one, its XML.

attempt-title = Sign-in
attempt-when = When
attempt-who = Who
attempt-result = Result
attempt-reference = Reference
attempt-kind = Kind
attempt-team = Team
attempt-revision = Revision
attempt-started = Started
attempt-ended = Ended
attempt-not-verified = not verified
attempt-as-received = as received, not verified
attempt-kind-test = Test
    .text = A test: no session began and nobody was provisioned
attempt-kind-sign-in = Sign-in
    .text = A sign-in
    .idp-initiated = A sign-in that began at the identity provider
attempt-start-test = Start a new test
attempt-continue-to-go-live = Continue to Go live

# How it stands, in a badge.
attempt-verdict-passed = Passed
attempt-verdict-noted = For information
attempt-verdict-not-run = Could not be checked
attempt-verdict-warned = Warning
attempt-verdict-failed = Failed

# The list.
attempt-list-title = Sign-ins
attempt-list-intro =
    .team = Every sign-in and every test of your team, as it happens.
    .support = Every sign-in and every test of all teams, as it happens.
attempt-list-caption = Sign-ins and tests, newest first
attempt-list-removed = { $count ->
        [one] { $count } older sign-in is counted here but no longer listed
       *[other] { $count } older sign-ins are counted here but no longer listed
    }: sign-ins that never came back, responses that were refused unread, and tests can be any number, so only the newest are kept.
attempt-list-download-csv = Download as CSV
attempt-list-download-json = Download as JSON
attempt-find-reference = Find a reference
    .hint = Such as SSO-7F3K-2Q9M, as the person reads it out.
attempt-find-button = Find
attempt-filter-any = Any
attempt-filter-all-kinds = Sign-ins and tests
attempt-filter-finding = Finding
attempt-filter-team-hint = A team's slug, or words of its name.
attempt-filter-who-hint = The beginning of an address or name identifier, or any part of the name or address of somebody who has signed in.
    .support = The beginning of an address or name identifier. With a team: any part of the name or address of somebody who has signed in.
attempt-none = Nobody has tried to sign in yet
    .team = Every sign-in and every test is listed here within seconds, with what happened step by step. Begin with a test from the team's page.
    .support = Every sign-in and every test of any team is listed here within seconds.
attempt-none-matches = No sign-in matches
    .hint = Widen the filter.
attempt-none-with-reference = No sign-in has this reference
    .team = No sign-in of your team has this reference
    .hint = Compare it with what the person reads. A reference is gone once its sign-in is no longer kept.
attempt-unmatched = This reference belongs to no team
    .text = Somebody opened an address of ours that belongs to no team, and was shown this reference. Usually the Sign on URL or the Reply URL is mistyped in the identity provider, or the team's slug has been cut off.
    .slug = In place of a team's slug
    .advice = Ask the person which application they opened, and the administrator of its identity provider to compare the addresses with those of their team.

# The report: its outcome.
attempt-every-check-passed = Every check passed
attempt-waiting = The sign-in is at your identity provider and has not returned yet
    .text = Finish it in its tab. If an error is shown there, what it says tells why.
attempt-waiting-for-answer = The person is now asked whether to continue, because the sign-in began at the identity provider.
attempt-waiting-for-browser = The sign-in is finishing in its own tab.
attempt-never-returned = The sign-in went to the identity provider and has not returned
    .text = Nothing came back in time. Usually the identity provider showed an error and stopped there, or the person closed the window. We cannot see its page; what it says there tells why.
attempt-not-finished = Every check passed, and the sign-in was not finished
    .test = The browser did not come back in time to finish the test: it was closed, or stopped on the way. Start the test again.
    .sign-in = The browser did not come back in time for its session: it was closed, or stopped on the way. Nobody was signed in.
    .idp-initiated = The browser did not come back in time for its session: it was closed, or stopped on the way, or the person did not agree to continue, which we ask when a sign-in begins at the identity provider. Nobody was signed in.
attempt-failed-test = The test failed: { $cause }
attempt-failed-sign-in = The sign-in failed: { $cause }
attempt-failed-text = Nobody was signed in. Below is what was found, and who can fix it.
attempt-ready = Ready to go live
    .text = The sign-in works.
attempt-succeeded-test = Test passed
attempt-succeeded-sign-in = Signed in
attempt-succeeded-text = Every check passed.
attempt-succeeded-with-warnings = What may become a problem is listed below.
attempt-who-signed-in = Who signed in
attempt-who-was-named = Who the assertion names
attempt-signing-out = The person signed out at { $at }, and the browser went on to the identity provider, which has not sent it back yet. If it never does, this becomes a finding after ten minutes: mostly the Logout URL is not registered there. If they stand on an error page, compare the Logout URL and the Identifier of the application there with those of the step Basic SAML Configuration here.
attempt-what-happened = What happened
attempt-all-checks-passed = All { $count } checks passed
attempt-event-time = { $moment }, { $elapsed } after the start
attempt-milliseconds = { $number } ms
attempt-seconds = { $number } s

# Findings.
attempt-findings = Findings
attempt-seen = What we saw
attempt-seen-encryption-certificate = What we saw: thumbprint of the certificate that it is encrypted with
attempt-expected = What we expect
attempt-last-time = Last time
attempt-fix-by = Who can fix this:
attempt-fix-there = In { $provider }:
attempt-fix-here = Here:
attempt-metadata-text = The identity provider lists the certificates that it signs with, as a rule including the next one, in its metadata. Check whether the certificate of this response is one of them.
attempt-metadata-ask = Check the metadata
attempt-metadata-ask-again = Check the metadata again

# Claims.
attempt-claims-caption = Claims received
attempt-claims-claim = Claim
attempt-claims-value = Value
attempt-claims-fills = Fills
attempt-claims-fills-nothing = nothing
attempt-claims-more = { $count } more
attempt-claims-name-id = Name ID
attempt-claims-email = E-mail
attempt-claims-email-missing = none
attempt-claims-name = Name
attempt-claims-name-missing = not sent
attempt-claims-first-name = First name
attempt-claims-last-name = Last name
attempt-claims-display-name = Display name
attempt-claims-groups = Groups
attempt-claims-group-count = { $count ->
        [0] none
        [one] { $count } group
       *[other] { $count } groups
    }
attempt-claims-unique-id = Unique ID

# The XML.
attempt-xml-title = XML
attempt-xml-heading = XML of { $reference }
attempt-xml-back = Back to the report
attempt-xml-link = Show the XML
attempt-xml-kept = Kept for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. The audit trail says who opened it.
attempt-xml-never-kept = The XML of requests and responses is not kept: the portal's configuration says so.
attempt-xml-missing = The XML of request and response is kept for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }; there is none of this attempt.
attempt-xml-not-allowed = The XML of request and response is shown to owners and admins of the team and to support.
attempt-xml-request = Request
attempt-xml-response = Response
attempt-xml-gone = It is not kept, or no longer kept.
attempt-xml-unreadable = What was received is not XML that can be shown.
attempt-xml-unverified = As received, not verified
    .text = No signature of this response was verified. Anybody could have written it, so nothing in it was used.
attempt-xml-signed = Only what is marked as signed is used
    .text = Lines with a bar at their left are covered by a signature that verified with a certificate of the connection. Who signed in is read from nothing else.
attempt-xml-encrypted = Only what is signed is used, and it is encrypted
    .text = The assertion is shown as it was received, encrypted together with its signature: no line here is covered by one. After decryption it verified with a certificate of the connection. Who signed in is read from nothing else.
attempt-xml-covered = Covered by a signature
attempt-xml-signed-from-here = Signed from here:
attempt-xml-not-signed-from-here = Not signed from here:

## What became of it in the vendor's applications
attempt-applications = In the application
attempt-application-asked = { $application } asked for this sign-in.
attempt-application-code = It got a code, and has not redeemed it.
attempt-application-tokens = It redeemed the code: the person is signed in there.

# The questions that are asked most.
attempt-questions = Common questions
attempt-question-all = All
attempt-question-failed-today = Failed today
attempt-question-tests = Tests
