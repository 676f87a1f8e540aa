//! The response around the assertion (core §3.2.2).

use roxmltree::Node;

use super::check::Check;
use super::invisible_characters::reject_invisible_difference;
use super::problems::TimedPart;
use super::rejection::{Rejection, invalid, missing_attribute, missing_element, repeated_in};
use super::shape_error::ShapeError;
use super::validation_context::ValidationContext;
use crate::display::displayable;
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
        let issuer = child(root, ASSERTION, "Issuer").map_err(repeated_in("Response"))?;
        let status = child(root, PROTOCOL, "Status").map_err(repeated_in("Response"))?;
        Ok(Self {
            id: own("ID").ok_or(missing_attribute("Response", "ID"))?,
            version: own("Version").ok_or(missing_attribute("Response", "Version"))?,
            issue_instant: own("IssueInstant").ok_or(missing_attribute("Response", "IssueInstant"))?,
            destination: own("Destination"),
            in_response_to: own("InResponseTo"),
            issuer: issuer.map(text),
            status: Status::read(status.ok_or(missing_element("Response", "Status"))?)?,
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
            None if is_signed => Err(invalid(ShapeError::SignedResponseWithoutIssuer)),
            None => Ok(()),
        };
        context.record(Check::ResponseIssuer, issuer, result);
        let result = self.check_destination(context.expected.acs_url, is_signed);
        context.record(Check::Destination, self.destination.as_deref(), result);
        let request = self.in_response_to.as_deref();
        let result = if request.is_some() || is_signed { context.check_in_response_to(request) } else { Ok(()) };
        context.record(Check::ResponseInResponseTo, request, result);
        let result = context.check_issue_instant(TimedPart::ResponseIssueInstant, &self.issue_instant);
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
        let code_in = |node, parent| child(node, PROTOCOL, "StatusCode").map_err(repeated_in(parent));
        let code = code_in(status, "Status")?.ok_or(missing_element("Status", "StatusCode"))?;
        let message = child(status, PROTOCOL, "StatusMessage").map_err(repeated_in("Status"))?;
        Ok(Self {
            code: attribute(code, "Value").ok_or(missing_attribute("StatusCode", "Value"))?.to_owned(),
            sub_code: code_in(code, "StatusCode")?.and_then(|sub| attribute(sub, "Value")).map(str::to_owned),
            message: message.map(text).map(|message| message.trim().to_owned()).filter(|message| !message.is_empty()),
        })
    }
}
