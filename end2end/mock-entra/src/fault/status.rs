//! The errors that a response says instead of signing somebody in (core §3.2.2).

use super::catalogue::Fault;
use super::entra_error::entra_error;
use crate::response::Failure;

/// A fault, its status codes (the second-level one, if there is one), and the message.
type Row = (Fault, &'static str, Option<&'static str>, &'static str);

const STATUSES: &[Row] = &[
    (Fault::StatusNoAuthnContext, "Responder", Some("NoAuthnContext"), "No method of signing in is the one asked for."),
    (
        Fault::StatusInvalidNameIdPolicy,
        "Requester",
        Some("InvalidNameIDPolicy"),
        "The format of name identifier that was asked for cannot be given.",
    ),
    (Fault::StatusRequestUnsupported, "Responder", Some("RequestUnsupported"), "Such requests are not supported."),
    (Fault::StatusRequestDenied, "Responder", Some("RequestDenied"), "The request was understood and is denied."),
    (Fault::StatusAuthnFailed, "Responder", Some("AuthnFailed"), "The person could not be authenticated."),
    (
        Fault::StatusUnsupportedBinding,
        "Responder",
        Some("UnsupportedBinding"),
        "The binding that was asked for is not supported.",
    ),
    (Fault::StatusRequester, "Requester", None, "The request cannot be answered as it is."),
    (Fault::StatusVersionMismatch, "VersionMismatch", None, "The request is of another version of SAML."),
];

/// A top-level code that SAML does not have.
const OWN_CODE: &str = "https://contoso.example/status#maintenance";
const SAML: &str = "urn:oasis:names:tc:SAML:2.0:status:";

/// What a fault has the response say, if it is an error.
pub(super) fn failure(fault: Fault) -> Option<Failure> {
    match fault {
        Fault::StatusNotAssigned => Some(from_entra(None, 50_105)),
        Fault::StatusPassive => Some(from_entra(Some("NoPassive"), 50_058)),
        Fault::StatusOther => Some(Failure {
            code: OWN_CODE.to_owned(),
            sub_code: None,
            message: "Nobody can sign in during maintenance.".to_owned(),
        }),
        _ => STATUSES
            .iter()
            .find(|(of, ..)| *of == fault)
            .map(|(_, code, sub_code, message)| of_saml(code, *sub_code, (*message).to_owned())),
    }
}

fn from_entra(sub_code: Option<&str>, number: u32) -> Failure {
    let error = entra_error(number);
    of_saml("Responder", sub_code, format!("AADSTS{}: {}", error.number, error.message))
}

fn of_saml(code: &str, sub_code: Option<&str>, message: String) -> Failure {
    let whole = |code: &str| format!("{SAML}{code}");
    Failure { code: whole(code), sub_code: sub_code.map(whole), message }
}
