# Names of states, steps and values, by enums of `model`.

## The state of a team, inside of a sentence.
label-team-status-draft = In set-up
label-team-status-in-review = In review
label-team-status-changes-requested = Waiting for changes
label-team-status-active = Active
label-team-status-suspended = Suspended

## The parts of a revision.
label-revision-part-entity-id = Issuer
label-revision-part-sso-url = Login URL
label-revision-part-slo-url = Logout URL
label-revision-part-metadata-url = Address of the metadata
label-revision-part-certificates = Signing certificates
label-revision-part-claim-email = E-mail claim
label-revision-part-claim-first-name = First name claim
label-revision-part-claim-last-name = Last name claim
label-revision-part-claim-display-name = Display name claim
label-revision-part-claim-groups = Groups claim
label-revision-part-sign-requests = Requests are signed
label-revision-part-force-authn = People authenticate again
label-revision-part-is-passive = Passive (no prompt)
label-revision-part-name-id-format = Name identifier format
label-revision-part-authn-context = Authentication context
label-revision-part-sso-binding = Requests are sent by
label-revision-part-allow-idp-initiated = Sign-ins may begin at the identity provider
label-revision-part-email-domains = E-mail domains that may sign in
label-revision-part-number = Revision
label-revision-part-live = Live revision
label-revision-part-keys = The team's own keys

## What is shown where a part of a revision has no value.
label-revision-absent-address = not entered
label-revision-absent-claim = the usual names
label-revision-absent-email-domains = all domains
label-revision-absent-none = none
label-revision-absent-option = as the identity provider decides

## A part that has changed.
label-revision-change-switched-on = { $part }: no → yes
label-revision-change-switched-off = { $part }: yes → no
label-revision-change-value = { $part }: now { $value }

## How sign-ins end, and what kinds there are, to filter by.
label-outcome-succeeded = Signed in
label-outcome-failed = Failed
label-outcome-waiting = Waiting for the identity provider
label-outcome-answered-elsewhere = Answered at another address
label-outcome-never-returned = Has not returned
label-outcome-not-finished = Not finished
label-attempt-kind-sign-ins = Sign-ins
label-attempt-kind-tests = Tests

## Whether a person may sign in.
label-person-state-active = Active
label-person-state-deactivated = Deactivated

label-actor-anonymous = not signed in
label-actor-member = a member
label-actor-support = support
label-actor-operator = the command line
label-actor-portal = the portal

label-browser-on-system = { $browser } on { $system }
label-browser-unknown = an unknown browser
