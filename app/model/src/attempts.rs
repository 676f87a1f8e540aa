//! Sign-in attempts as members and support see them: a list, and each one's timeline from the
//! Sign on URL to the session.

mod fixes;
mod kinds;
mod list;
mod live;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use fixes::{VerifiedIssuer, issuer_to_take_over};
pub use kinds::{AttemptKind, OutcomeKind};
pub use list::{AttemptFilter, AttemptPage, UnknownSlug};
pub use live::LiveTopic;

use crate::application::AuthorizationView;
use crate::finding_value::FindingValue;
pub use crate::finding_value::{MetadataAnswer, MetadataResult, ProfileField};
use crate::ids::PersonId;
use crate::sign_in::{Claim, Profile};
use crate::{
    ConnectionView, Endpoints, FindingCode, IdentityProvider, IdpSettings, Reference, SentRequest, TeamSlug,
    TeamStatus, Timestamp, Verdict,
};

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What happened at a moment of an attempt. Text for each: `app/messages/en/timeline.ftl`.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
        )]
        pub enum EventKind { $($(#[$doc])* #[serde(rename = $name)] #[strum(serialize = $name)] $variant),+ }

        coded!(EventKind);
    };
}

event_kinds! {
    /// Somebody opened the Sign on URL, or began a test.
    Started = "started",
    /// A request of ours went to the identity provider; its XML is kept.
    RequestSent = "request-sent",
    /// A response came to the Reply URL; its XML is kept.
    ResponseReceived = "response-received",
    /// Correlation: which request the response answers, and whether its attempt is still open.
    RequestCorrelated = "request-known",
    /// The identity provider says that it signed somebody in.
    Status = "check-status",
    /// The assertion could be decrypted.
    Decryption = "check-decryption",
    /// A certificate of the connection verifies every signature.
    Signature = "check-signature",
    /// `Version` of the response.
    ResponseVersion = "check-response-version",
    /// `Issuer` of the response.
    ResponseIssuer = "check-response-issuer",
    /// `Destination` of the response.
    Destination = "check-destination",
    /// `InResponseTo` of the response.
    ResponseInResponseTo = "check-response-in-response-to",
    /// `IssueInstant` of the response.
    ResponseIssueInstant = "check-response-issue-instant",
    /// `Version` of the assertion.
    Version = "check-version",
    /// `IssueInstant` of the assertion.
    IssueInstant = "check-issue-instant",
    /// `Issuer` of the assertion.
    Issuer = "check-issuer",
    /// `NameID`.
    NameId = "check-name-id",
    /// A bearer confirmation.
    BearerConfirmation = "check-bearer-confirmation",
    /// Its `Recipient`.
    Recipient = "check-recipient",
    /// Its `InResponseTo`.
    InResponseTo = "check-in-response-to",
    /// Its time.
    ConfirmationTime = "check-confirmation-time",
    /// `NotBefore` and `NotOnOrAfter` of the conditions.
    ConditionsTime = "check-conditions-time",
    /// The audience.
    Audience = "check-audience",
    /// Other conditions.
    OtherConditions = "check-other-conditions",
    /// The session at the identity provider.
    Session = "check-session",
    /// `AuthnInstant`, where the request has `ForceAuthn`.
    AuthnInstant = "check-authn-instant",
    /// `AuthnContextClassRef`, where the request names classes.
    AuthnContext = "check-authn-context",
    /// The attributes can be read.
    Attributes = "check-attributes",
    /// The second signature engine, where it is used.
    SecondOpinion = "check-second-opinion",
    /// Whether the assertion was used before.
    Replay = "check-replay",
    /// What the claims say of the person.
    Claims = "claims",
    /// A person was provisioned for the first time.
    PersonCreated = "person-created",
    /// A known person signed in again; what changed, if anything.
    PersonUpdated = "person-updated",
    /// A one-time code was issued and the browser sent on with it.
    CodeIssued = "code-issued",
    /// The code was redeemed by the browser that began.
    CodeRedeemed = "code-redeemed",
    /// A one-time code was presented a second time.
    CodeReplayed = "code-brought",
    /// The interstitial asked whether to replace the session of another person.
    InterstitialShown = "asked",
    /// The person confirmed the sign-in on the interstitial.
    InterstitialConfirmed = "confirmed",
    /// A session began.
    SessionCreated = "session-made",
    /// A test sign-in passed. It creates neither a session nor a person.
    TestPassed = "test-passed",
    /// The attempt ended without a session.
    Rejected = "rejected",
    /// An administrator checked whether the identity provider's metadata lists the certificate.
    MetadataChecked = "metadata-asked",
    /// The person signed out here, and the browser went on to the identity provider with a logout request.
    LogoutSent = "logout-sent",
    /// The identity provider answered the logout request.
    LogoutAnswered = "logout-answered",
}

/// One moment of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptEvent {
    /// Its position in the attempt, from 0.
    pub sequence: i32,
    /// When it was.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// Its verdict.
    pub verdict: Verdict,
    /// The finding that it led to, if any.
    pub finding: Option<FindingCode>,
    /// The expected value, if there is one.
    pub expected: Option<FindingValue>,
    /// The received value.
    pub actual: Option<FindingValue>,
    /// Whether what came was covered by a signature that verified. Otherwise it is shown as
    /// received, and proves nothing.
    pub is_verified: bool,
}

impl AttemptEvent {
    /// The words of the identity provider that came with its status.
    #[must_use]
    pub fn status_message(&self) -> Option<&str> {
        match &self.actual {
            Some(FindingValue::Status { message, .. }) => message.as_deref(),
            _ => None,
        }
    }
}

/// The place of the logout request that the identity provider has not answered, among the events of an
/// attempt: the last one, unless an answer came after it.
#[must_use]
pub fn unanswered_logout(events: &[AttemptEvent]) -> Option<usize> {
    let answer = events.iter().rposition(|event| event.kind == EventKind::LogoutAnswered);
    let request = events.iter().rposition(|event| event.kind == EventKind::LogoutSent);
    request.filter(|request| answer.is_none_or(|answer| answer < *request))
}

/// The outcome of an attempt so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// Went to the identity provider a moment ago.
    Waiting,
    /// Went to the identity provider, has not returned in time.
    NeverReturned,
    /// Every check passed, and the browser never came for its session: it was closed, or the
    /// person did not agree.
    NotFinished,
    /// A session began, or a test ended well.
    Succeeded,
    /// A check failed.
    Failed(FindingCode),
}

/// Who an attempt is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptSubject {
    /// The e-mail address, or else the name identifier.
    pub name: String,
    /// Whether a verified assertion says so; otherwise it is what was received.
    pub is_verified: bool,
}

/// An attempt in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptSummary {
    /// Its reference.
    pub reference: Reference,
    /// The team's slug.
    pub team: TeamSlug,
    /// The team's name.
    pub team_name: String,
    /// Whether it was a test of a revision rather than somebody's sign-in.
    pub is_test: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Its outcome so far.
    pub outcome: AttemptOutcome,
    /// Who it is about, once a response said so.
    pub subject: Option<AttemptSubject>,
}

/// A verified claim, and what it fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedClaim {
    /// The claim.
    pub claim: Claim,
    /// What it fills.
    pub fills: Option<ProfileField>,
}

/// Which XML is still there to be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptXml {
    /// The request.
    pub request: bool,
    /// The response.
    pub response: bool,
    /// For how many days XML is kept; 0 keeps none.
    pub days: u16,
    /// Whether the viewer may look at it.
    pub may_see: bool,
}

/// An attempt with its timeline and everything that its page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptReport {
    /// What the list says of it.
    pub summary: AttemptSummary,
    /// The number of the revision that served it.
    pub revision: Option<i32>,
    /// Whether it began at the identity provider.
    pub is_idp_initiated: bool,
    /// What happened, in order.
    pub events: Vec<AttemptEvent>,
    /// The name identifier, once verified.
    pub name_id: Option<String>,
    /// The person's fields as the claim mapping read them, once verified.
    pub profile: Option<Profile>,
    /// Whose sign-in it was, if the team knows them.
    pub person: Option<PersonId>,
    /// The verified claims, and what each fills.
    pub claims: Vec<MappedClaim>,
    /// The team's values, for what is to be pasted into Entra.
    pub endpoints: Endpoints,
    /// The identity provider's values as the revision has them, to be compared with Entra's.
    pub idp: Option<IdpSettings>,
    /// The team's identity provider. Texts use its terms.
    pub identity_provider: IdentityProvider,
    /// The team's draft at present.
    pub draft: Option<ConnectionView>,
    /// The team's live configuration at present.
    pub live: Option<ConnectionView>,
    /// The team's status at present.
    pub team_status: TeamStatus,
    /// What the identity provider was asked for, where a request was or could be sent.
    pub request: Option<SentRequest>,
    /// Whether the response is overdue, so that the person may be stuck at the identity provider.
    pub is_overdue: bool,
    /// The application that asked for the sign-in, by name.
    pub application: Option<String>,
    /// What the session was used for in applications, oldest first.
    pub authorizations: Vec<AuthorizationView>,
    /// Which XML is there.
    pub xml: AttemptXml,
    /// Whether the viewer may test and edit the connection, and ask its metadata.
    pub may_configure: bool,
}

impl AttemptReport {
    /// The events that make a finding, the one that ended the attempt first, each code once.
    #[must_use]
    pub fn findings(&self) -> Vec<&AttemptEvent> {
        let ended_by = match self.summary.outcome {
            AttemptOutcome::Failed(code) => Some(code),
            _ => None,
        };
        let mut found: Vec<&AttemptEvent> = Vec::new();
        for event in self.events.iter().filter(|event| event.finding.is_some()) {
            if !found.iter().any(|other| other.finding == event.finding) {
                found.push(event);
            }
        }
        found.sort_by_key(|event| (event.finding != ended_by, std::cmp::Reverse(event.verdict)));
        found
    }
}

/// Findings that repeat in a team's latest successful sign-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentNotes {
    /// How many sign-ins passed, of the latest ones.
    pub sign_ins: usize,
    /// What repeats, the most frequent first.
    pub notes: Vec<RecentNote>,
}

/// A finding of several sign-ins that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentNote {
    /// Which.
    pub code: FindingCode,
    /// On how many of them.
    pub sign_ins: usize,
    /// The latest one.
    pub latest: Reference,
}

/// An attempt's XML, pretty-printed line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlView {
    /// The attempt's reference.
    pub reference: Reference,
    /// The request, if it is kept.
    pub request: Option<Vec<XmlLine>>,
    /// The response, if it is kept.
    pub response: Option<Vec<XmlLine>>,
    /// Whether a signature of the response verified: otherwise nothing in it is believed.
    pub is_verified: bool,
}

/// A line of pretty-printed XML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlLine {
    /// How deep it is nested.
    pub depth: u16,
    /// The line.
    pub text: String,
    /// Whether a signature covers it.
    pub is_signed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(*kind));
        }
    }
}
