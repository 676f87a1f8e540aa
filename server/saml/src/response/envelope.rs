//! The response around the assertion (core §3.2.2).

use roxmltree::Node;

use super::check::Check;
use super::display::displayable;
use super::invisible_characters::reject_invisible_difference;
use super::rejection::{Rejection, invalid};
use super::validation_context::ValidationContext;
use crate::identifiers::{ASSERTION, PROTOCOL, STATUS_SUCCESS};
use crate::xml::{attribute, child, text};

/// What a response says about itself.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    pub(super) id: String,
    version: String,
    pub(super) issue_instant: String,
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
        let issuer = child(root, ASSERTION, "Issuer").map_err(|_| invalid("the response names two issuers"))?;
        let status = child(root, PROTOCOL, "Status").map_err(|_| invalid("the response has two statuses"))?;
        Ok(Self {
            id: own("ID").ok_or(invalid("the response has no ID"))?,
            version: own("Version").ok_or(invalid("the response has no version"))?,
            issue_instant: own("IssueInstant").ok_or(invalid("the response has no issue instant"))?,
            destination: own("Destination"),
            in_response_to: own("InResponseTo"),
            issuer: issuer.map(text),
            status: Status::read(status.ok_or(invalid("the response has no status"))?)?,
        })
    }

    /// Rejects a response that reports an error. Its signature does not matter: nobody is signed
    /// in either way.
    pub(super) fn check_status(&self) -> Result<(), Rejection> {
        if self.status.code == STATUS_SUCCESS {
            return Ok(());
        }
        Err(Rejection::StatusNotSuccess {
            code: displayable(&self.status.code),
            sub_code: self.status.sub_code.as_deref().map(displayable),
            message: self.status.message.as_deref().map(displayable),
        })
    }

    /// Checks what a response says about itself. If it is not signed, a part may be missing but
    /// must not be wrong (profiles §4.1.4.3). If it is signed, the parts must be there (bindings §3.5.5.2, profiles §4.1.4.2).
    pub(super) fn check(&self, context: &mut ValidationContext<'_>, is_signed: bool) {
        context.record(Check::ResponseVersion, Some(&self.version), ValidationContext::check_version(&self.version));
        let issuer = self.issuer.as_deref();
        let result = match issuer {
            Some(issuer) => context.check_issuer(issuer, true),
            None if is_signed => Err(invalid("the signed response names no issuer")),
            None => Ok(()),
        };
        context.record(Check::ResponseIssuer, issuer, result);
        let result = self.check_destination(context.expected.acs_url, is_signed);
        context.record(Check::Destination, self.destination.as_deref(), result);
        let request = self.in_response_to.as_deref();
        let result = if request.is_some() || is_signed { context.check_in_response_to(request) } else { Ok(()) };
        context.record(Check::ResponseInResponseTo, request, result);
        let result = context.check_issue_instant("the response's IssueInstant", &self.issue_instant);
        context.record(Check::ResponseIssueInstant, Some(&self.issue_instant), result);
    }

    fn check_destination(&self, expected: &str, is_signed: bool) -> Result<(), Rejection> {
        match self.destination.as_deref() {
            Some(actual) if actual == expected => Ok(()),
            None if !is_signed => Ok(()),
            actual => {
                reject_invisible_difference("the Destination", expected, actual.unwrap_or_default())?;
                Err(Rejection::WrongDestination { expected: displayable(expected), actual: actual.map(displayable) })
            }
        }
    }
}

impl Status {
    fn read(status: Node<'_, '_>) -> Result<Self, Rejection> {
        let code_of = |node| child(node, PROTOCOL, "StatusCode").map_err(|_| invalid("the status has two codes"));
        let code = code_of(status)?.ok_or(invalid("the status has no code"))?;
        let message = child(status, PROTOCOL, "StatusMessage").map_err(|_| invalid("the status has two messages"))?;
        Ok(Self {
            code: attribute(code, "Value").ok_or(invalid("the status has no code"))?.to_owned(),
            sub_code: code_of(code)?.and_then(|sub| attribute(sub, "Value")).map(str::to_owned),
            message: message.map(text).map(|message| message.trim().to_owned()).filter(|message| !message.is_empty()),
        })
    }
}
