//! The values that a finding quotes: what we expected, and what came. The database keeps them as
//! codes with values; the sentences are in the message catalogue.

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, FieldProblem, FindingCode, Reference, TeamStatus, Timestamp, Unreachable};

/// The most characters of a text that is kept.
const MAX_TEXT_CHARS: usize = 300;
/// The most bytes that the texts of a list may have together.
const MAX_LIST_BYTES: usize = 280;

/// A value that a finding quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingValue {
    /// As it was received or configured.
    Text(String),
    /// Several such texts, as many as are kept.
    List {
        /// The texts, in order.
        values: Vec<String>,
        /// How many more there were.
        more: usize,
    },
    /// Certificates that a message names.
    Certificates(Vec<NamedCertificate>),
    /// Nothing came where something should stand.
    Missing,
    /// What a parser or a check says is wrong.
    Diagnostic(Diagnostic),
    /// What the finding of this code says.
    Finding(FindingCode),
    /// So many bytes.
    Bytes(usize),
    /// At most so many bytes.
    AtMostBytes(usize),
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// An instant in UTC as SAML writes it.
    UtcInstant,
    /// A moment.
    Moment(Timestamp),
    /// A moment, and how far it is from now: seconds, less than zero for the past.
    MomentFromNow {
        /// The moment.
        at: Timestamp,
        /// The distance.
        seconds: i64,
    },
    /// How far the identity provider's clock is ahead of ours, or behind where negative.
    ClockOffset {
        /// In seconds.
        seconds: i64,
    },
    /// About this moment.
    About(Timestamp),
    /// After this moment.
    After(Timestamp),
    /// At this moment or before it.
    AtOrBefore(Timestamp),
    /// At this moment or after it.
    AtOrAfter(Timestamp),
    /// How long something is valid, as it was received.
    Validity {
        /// From when on, if it says so.
        not_before: Option<String>,
        /// Until when, if it says so.
        not_on_or_after: Option<String>,
    },
    /// So many seconds after the request was sent.
    SecondsAfterRequest(i64),
    /// Within so many minutes.
    WithinMinutes(i64),
    /// The ID of a request that this team sent.
    RequestOfThisTeam,
    /// No request.
    NoRequest,
    /// The answer to the request of this attempt, which has been answered.
    AnswerToRequestOf(Reference),
    /// A logout request of the identity provider, made at this moment.
    LogoutRequest(Timestamp),
    /// The person signed out on this site.
    SignOutHere,
    /// The operator ended the sessions.
    SignedOutByOperator,
    /// All sessions of the team were ended.
    TeamSessionsEnded,
    /// All sessions of the person were ended by the team.
    PersonSessionsEnded,
    /// How the team stands.
    TeamStatus(TeamStatus),
    /// An e-mail address.
    EmailAddress,
    /// A value with the claim that it came in.
    InClaim {
        /// The value.
        value: String,
        /// The claim's name.
        claim: String,
    },
    /// The values of a claim that should have one.
    ClaimValues {
        /// The claim's name.
        claim: String,
        /// Its values.
        values: Vec<String>,
    },
    /// No attribute came.
    NoAttributes,
    /// So many attributes came encrypted by themselves.
    EncryptedAttributes(usize),
    /// What changed in a person's profile; nothing where it is empty.
    ProfileChanges(Vec<ProfileChange>),
    /// A code was brought once more.
    OnceMore,
    /// Whether the metadata lists the certificate that signed.
    CertificateInMetadata(MetadataAnswer),
    /// The status that the identity provider answered with.
    Status {
        /// The status code.
        code: String,
        /// The code below it, which says more.
        sub_code: Option<String>,
        /// What the identity provider says in words.
        message: Option<String>,
    },
}

/// A certificate that a message names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCertificate {
    /// Its SHA-1 thumbprint, as Entra shows it.
    pub thumbprint: String,
    /// From when on it is valid.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
}

/// What the identity provider's metadata said of the certificate that an attempt was signed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataAnswer {
    /// The certificate's thumbprint; none where the response did not say which one signed.
    pub thumbprint: Option<String>,
    /// What the metadata said of it.
    pub result: MetadataResult,
}

/// What metadata says of a certificate, or why it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataResult {
    /// It lists the certificate.
    Listed {
        /// Whether the revision that is edited has the certificate, too.
        is_known: bool,
    },
    /// It does not list the certificate.
    NotListed,
    /// The response does not say which certificate signed it.
    SignerNotNamed,
    /// No address of metadata is known.
    NoUrl,
    /// It could not be fetched.
    Unreachable(Unreachable),
    /// It could not be used.
    Unusable(FieldProblem),
}

/// What of a person's a claim fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileField {
    /// The e-mail address.
    Email,
    /// The given name.
    FirstName,
    /// The surname.
    LastName,
    /// The name to show.
    DisplayName,
    /// The groups.
    Groups,
    /// The key that the person is known by, with another claim.
    SubjectKey,
}

/// A field of a profile that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChange {
    /// Which.
    pub field: ProfileField,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

impl FindingValue {
    /// A text, as far as it is kept.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(bounded(text.into()))
    }

    /// Texts in order, as many as are kept.
    #[must_use]
    pub fn list<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let (mut values, mut bytes, mut more) = (Vec::new(), 0_usize, 0_usize);
        for text in texts {
            let text = text.into();
            let length = bytes.saturating_add(text.len());
            if more > 0 || length > MAX_LIST_BYTES {
                more = more.saturating_add(1);
                continue;
            }
            bytes = length.saturating_add(2);
            values.push(bounded(text));
        }
        Self::List { values, more }
    }

    /// A text or nothing.
    #[must_use]
    pub fn text_or_missing(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, Self::text)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts that can be copied one by one.
    #[must_use]
    pub fn copyable(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::List { values, .. } => values.iter().map(String::as_str).collect(),
            Self::Certificates(named) => named.iter().map(|certificate| certificate.thumbprint.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The same with every text in it as far as it is kept.
    #[must_use]
    pub fn bounded(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(bounded(text)),
            Self::Diagnostic(diagnostic) => Self::Diagnostic(diagnostic.map_texts(bounded)),
            Self::Validity { not_before, not_on_or_after } => {
                let [not_before, not_on_or_after] = [not_before, not_on_or_after].map(|instant| instant.map(bounded));
                Self::Validity { not_before, not_on_or_after }
            }
            Self::InClaim { value, claim } => Self::InClaim { value: bounded(value), claim: bounded(claim) },
            Self::ClaimValues { claim, values } => {
                let Self::List { values, .. } = Self::list(values) else { return Self::Missing };
                Self::ClaimValues { claim: bounded(claim), values }
            }
            Self::ProfileChanges(changes) => Self::ProfileChanges(changes.into_iter().map(bounded_change).collect()),
            Self::Status { code, sub_code, message } => {
                Self::Status { code: bounded(code), sub_code: sub_code.map(bounded), message: message.map(bounded) }
            }
            other => other,
        }
    }
}

fn bounded_change(change: ProfileChange) -> ProfileChange {
    ProfileChange { before: change.before.map(bounded), after: change.after.map(bounded), ..change }
}

/// A text that may be stored and shown: not too long, and without control characters.
#[must_use]
pub fn bounded(text: String) -> String {
    if text.len() <= MAX_TEXT_CHARS && !text.contains(char::is_control) {
        return text;
    }
    text.chars().filter(|c| !c.is_control()).take(MAX_TEXT_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_kept_as_far_as_they_can_be_stored() {
        let few = FindingValue::list(["mail", "", "Given Name"]);
        assert_eq!(few.copyable(), ["mail", "", "Given Name"]);
        let long = ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"; 9];
        let FindingValue::List { values, more } = FindingValue::list(long) else { panic!("a list") };
        assert_eq!((values.len(), more), (4, 5));
        assert_eq!(FindingValue::list(["a".repeat(400)]), FindingValue::List { values: vec![], more: 1 });
    }

    #[test]
    fn texts_are_short_and_have_no_control_characters() {
        assert_eq!(FindingValue::text("a\u{0}b\n"), FindingValue::Text("ab".into()));
        assert_eq!(FindingValue::text("a".repeat(400)).as_text().map(str::len), Some(300));
    }

    #[test]
    fn what_is_stored_reads_back() {
        let coded = Diagnostic::new("xml_prefix_unknown", [("prefix", "x".to_owned())]);
        for value in [
            FindingValue::text("x"),
            FindingValue::Missing,
            FindingValue::list(["a", "b"]),
            FindingValue::Diagnostic(coded),
            FindingValue::Finding(FindingCode::SignatureMissing),
        ] {
            let stored = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<FindingValue>(&stored).unwrap(), value, "{stored}");
        }
    }

    #[test]
    fn a_sentence_that_an_earlier_version_stored_reads_back() {
        let stored = r#"{"diagnostic":"the assertion has no ID"}"#;
        let text = FindingValue::Diagnostic(Diagnostic::Text("the assertion has no ID".to_owned()));
        assert_eq!(serde_json::from_str::<FindingValue>(stored).unwrap(), text);
    }

    #[test]
    fn what_a_diagnostic_quotes_is_short_and_has_no_control_characters() {
        let quoted = |value: &str| Diagnostic::new("xml_prefix_unknown", [("prefix", value.to_owned())]);
        let value = FindingValue::Diagnostic(quoted(&format!("\n{}", "a".repeat(400))));
        assert_eq!(value.bounded(), FindingValue::Diagnostic(quoted(&"a".repeat(300))));
    }
}
