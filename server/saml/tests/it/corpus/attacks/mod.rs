//! What attackers send, and why each is rejected.

mod algorithms;
mod bombs;
mod canonicalization;
mod conditions;
mod encodings;
mod envelope;
mod parsers;
pub mod redirect;
mod references;
mod signatures;
mod wrapping;

use saml::response::Rejection;

use super::bases::Base;

/// Who attackers would like to be.
pub const EVIL: &str = "admin@contoso.com";

/// A document that must be rejected.
pub struct AttackSample {
    pub name: String,
    pub document: Vec<u8>,
    /// What [`verdict`] must say.
    pub verdict: String,
    /// Whether xmlsec verifies its signature all the same: only what else is checked, before
    /// or after, stands between it and a careless reader.
    pub verifies: bool,
}

/// One `why`: what it makes of a base.
pub struct Family {
    pub why: &'static str,
    pub of: fn(&Base) -> Vec<AttackSample>,
}

pub const FAMILIES: [Family; 10] = [
    Family { why: "wrapping", of: wrapping::of },
    Family { why: "signatures", of: signatures::of },
    Family { why: "references", of: references::of },
    Family { why: "algorithms", of: algorithms::of },
    Family { why: "canonicalization", of: canonicalization::of },
    Family { why: "parsers", of: parsers::of },
    Family { why: "encodings", of: encodings::of },
    Family { why: "conditions", of: conditions::of },
    Family { why: "envelope", of: envelope::of },
    Family { why: "exhaustion", of: bombs::of },
];

fn bad(name: impl Into<String>, document: impl Into<Vec<u8>>, verdict: impl Into<String>) -> AttackSample {
    AttackSample { name: name.into(), document: document.into(), verdict: verdict.into(), verifies: false }
}

/// With a signature that verifies all the same.
fn strong(name: impl Into<String>, document: impl Into<Vec<u8>>, verdict: impl Into<String>) -> AttackSample {
    AttackSample { verifies: true, ..bad(name, document, verdict) }
}

/// So many different pieces.
fn many(number: usize, piece: impl Fn(usize) -> String) -> String {
    (0..number).map(piece).collect()
}

fn shape(what: &str) -> String {
    format!("WrongShape: {what}")
}

/// The digest is looked at first: it costs less than a public key's operation.
const CHANGED: &str = "DigestMismatch";
const INVALID: &str = "SignatureInvalid";
const UNKNOWN_PART: &str = "an element has a part that SAML does not know";

fn forbidden(what: &str) -> String {
    format!("ForbiddenConstruct: {what}")
}

/// A rejection in one line: its variant and what it says about the cause, without values
/// that differ from base to base.
pub fn verdict(rejection: &Rejection) -> String {
    let told = format!("{rejection:?}");
    let variant = told.split([' ', '{']).next().unwrap_or_default();
    match rejection {
        Rejection::ForbiddenConstruct { what } => format!("{variant}: {what:?}"),
        Rejection::WrongShape { what } => format!("{variant}: {what}"),
        Rejection::NameIdUnusable { what, .. } => format!("{variant}: {what}"),
        Rejection::WhiteSpace { what, .. } => format!("{variant}: {what}"),
        Rejection::MalformedTime { what, .. }
        | Rejection::Expired { what, .. }
        | Rejection::NotYetValid { what, .. }
        | Rejection::ImplausibleTime { what, .. } => format!("{variant}: {what}"),
        Rejection::AlgorithmNotAllowed { algorithm: said }
        | Rejection::UnknownCondition { name: said }
        | Rejection::WrongVersion { actual: said } => format!("{variant}: {said}"),
        _ => variant.to_owned(),
    }
}
