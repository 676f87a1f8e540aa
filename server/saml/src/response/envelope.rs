//! The response around the assertion (core §3.2.2).

use roxmltree::Node;

use super::gate::wrong;
use super::report::Check;
use super::shown::shown;
use super::{Checks, Rejection, blanks};
use crate::names::{ASSERTION, PROTOCOL, STATUS_SUCCESS};
use crate::xml::{attribute, child, text};

/// What a response says about itself.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    pub(super) id: String,
    version: String,
    issue_instant: String,
    destination: Option<String>,
    pub(super) in_response_to: Option<String>,
    issuer: Option<String>,
    status: Status,
}

/// How the request went (core §3.2.2.1).
#[derive(Clone, Debug)]
struct Status {
    code: String,
    sub_code: Option<String>,
    message: Option<String>,
}

impl Envelope {
    /// Reads a `Response`.
    pub(super) fn read(root: Node<'_, '_>) -> Result<Self, Rejection> {
        let own = |name| attribute(root, name).map(str::to_owned);
        let issuer = child(root, ASSERTION, "Issuer").map_err(|_| wrong("the response names two issuers"))?;
        let status = child(root, PROTOCOL, "Status").map_err(|_| wrong("the response has two statuses"))?;
        Ok(Self {
            id: own("ID").ok_or(wrong("the response has no ID"))?,
            version: own("Version").ok_or(wrong("the response has no version"))?,
            issue_instant: own("IssueInstant").ok_or(wrong("the response has no issue instant"))?,
            destination: own("Destination"),
            in_response_to: own("InResponseTo"),
            issuer: issuer.map(text),
            status: Status::read(status.ok_or(wrong("the response has no status"))?)?,
        })
    }

    /// Refuses a response that reports an error. Whether it may be believed does not matter:
    /// there is no one to sign in either way.
    pub(super) fn succeeded(&self) -> Result<(), Rejection> {
        if self.status.code == STATUS_SUCCESS {
            return Ok(());
        }
        Err(Rejection::StatusNotSuccess {
            code: shown(&self.status.code),
            sub_code: self.status.sub_code.as_deref().map(shown),
            message: self.status.message.as_deref().map(shown),
        })
    }

    /// Asks a response about itself. Where it is not signed, a part that is there must be
    /// right, but being right proves nothing (profiles §4.1.4.3); where it is, the parts must
    /// be there (bindings §3.5.5.2, profiles §4.1.4.2).
    pub(super) fn check(&self, checks: &mut Checks<'_>, is_signed: bool) {
        checks.note(Check::ResponseVersion, Some(&self.version), Checks::version(&self.version));
        let issuer = self.issuer.as_deref();
        let answer = match issuer {
            Some(issuer) => checks.issuer(issuer, true),
            None if is_signed => Err(wrong("the signed response names no issuer")),
            None => Ok(()),
        };
        checks.note(Check::ResponseIssuer, issuer, answer);
        let answer = self.check_destination(checks.expected.acs_url, is_signed);
        checks.note(Check::Destination, self.destination.as_deref(), answer);
        let request = self.in_response_to.as_deref();
        let answer = if request.is_some() || is_signed { checks.request(request) } else { Ok(()) };
        checks.note(Check::ResponseInResponseTo, request, answer);
        let answer = checks.issue_instant("the response's IssueInstant", &self.issue_instant);
        checks.note(Check::ResponseIssueInstant, Some(&self.issue_instant), answer);
    }

    fn check_destination(&self, expected: &str, is_signed: bool) -> Result<(), Rejection> {
        match self.destination.as_deref() {
            Some(actual) if actual == expected => Ok(()),
            None if !is_signed => Ok(()),
            actual => {
                blanks::only_difference("the Destination", expected, actual.unwrap_or_default())?;
                Err(Rejection::WrongDestination { expected: shown(expected), actual: actual.map(shown) })
            }
        }
    }
}

impl Status {
    fn read(status: Node<'_, '_>) -> Result<Self, Rejection> {
        let code_of = |node| child(node, PROTOCOL, "StatusCode").map_err(|_| wrong("the status has two codes"));
        let code = code_of(status)?.ok_or(wrong("the status has no code"))?;
        let message = child(status, PROTOCOL, "StatusMessage").map_err(|_| wrong("the status has two messages"))?;
        Ok(Self {
            code: attribute(code, "Value").ok_or(wrong("the status has no code"))?.to_owned(),
            sub_code: code_of(code)?.and_then(|sub| attribute(sub, "Value")).map(str::to_owned),
            message: message.map(text).map(|message| message.trim().to_owned()).filter(|message| !message.is_empty()),
        })
    }
}
