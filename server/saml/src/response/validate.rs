//! From a gated response to what may be believed of it: signatures first, then the bytes they
//! cover, parsed anew, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::assertion::{self, VerifiedAssertion, VerifiedBy};
use super::check::{Check, CheckResult, SignedBy, SignedParts};
use super::document::parse_tree;
use super::encrypted_assertion::EncryptedAssertion;
use super::envelope::Envelope;
use super::expected::ExpectedResponse;
use super::gated_response::GatedResponse;
use super::rejection::{Rejection, invalid, missing_element};
use super::shape::ResponseContent;
use super::shape_error::ShapeError;
use super::signature::Signature;
use super::signature_engine::{self, SignatureEngine, SignedElement, VerifiedBytes};
use super::validation_context::ValidationContext;
use crate::certificate::{ChainRole, SigningCertificate, roles_in_chain};
use crate::identifiers::{ASSERTION, PROTOCOL};
use crate::trust::Trust;
use crate::xml::{attribute, child, is_named};

/// All that was found out about a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationReport {
    /// Every result, in order. After a failed signature the other checks are made all the same, to
    /// tell an administrator all that is wrong. Their values are then not verified.
    pub checks: Vec<CheckResult>,
    /// What was signed, if every signature verified and the assertion could be read: also if
    /// another check then failed.
    pub signed_by: Option<SignedBy>,
    /// The assertion, or the first failure.
    pub outcome: Result<VerifiedAssertion, Rejection>,
}

impl GatedResponse {
    /// Verifies the signature and checks every condition (core §2.5.1, profiles §4.1.4.3).
    #[must_use]
    pub fn validate(&self, trust: &Trust<'_>, expected: &ExpectedResponse<'_>, now: DateTime<Utc>) -> ValidationReport {
        let mut context = ValidationContext::new(trust, expected, now);
        let outcome = accept_response(self, &mut context);
        let signed_by = context.signed_by.take();
        ValidationReport { checks: context.into_results(), signed_by, outcome }
    }

    /// The outcome of [`validate`](Self::validate) alone.
    pub fn verify(
        &self,
        trust: &Trust<'_>,
        expected: &ExpectedResponse<'_>,
        now: DateTime<Utc>,
    ) -> Result<VerifiedAssertion, Rejection> {
        self.validate(trust, expected, now).outcome
    }

    /// The certificates that the message says it is signed with, as DER: what anybody can
    /// have written, for telling an administrator which certificate is missing. Of a chain it
    /// is the leaf: those that issued it sign no messages, and are none to be added.
    #[must_use]
    pub fn named_certificates(&self) -> Vec<Vec<u8>> {
        let named = signed_elements(self)
            .into_iter()
            .filter_map(|signed| signed.signature.named_certificates(&self.parsed).ok());
        let mut certificates: Vec<_> = named.flat_map(|names| signer_certificates(&names)).collect();
        certificates.dedup();
        certificates
    }

    /// The bytes that an engine finds signed, for comparing engines: nothing is checked but
    /// the signatures.
    pub fn signed_bytes(
        &self,
        engine: SignatureEngine,
        certificates: &[SigningCertificate],
        now: DateTime<Utc>,
    ) -> Result<String, Rejection> {
        signature_engine::signed_bytes(engine, &self.parsed, &signed_elements(self), certificates, now)
    }
}

/// No chain is longer; whoever posts a message may put thousands of certificates into it.
const MAX_CHAIN: usize = 8;

/// The certificates of one `KeyInfo` that can have signed (xmldsig §4.4.4), as DER.
fn signer_certificates(named: &[String]) -> Vec<Vec<u8>> {
    let ders: Vec<Option<Vec<u8>>> =
        named.iter().take(MAX_CHAIN).map(|certificate| STANDARD.decode(certificate).ok()).collect();
    let roles = roles_in_chain(&ders);
    ders.into_iter().zip(roles).filter(|(_, role)| *role == ChainRole::Signer).filter_map(|(der, _)| der).collect()
}

/// Makes every check.
fn accept_response(gated: &GatedResponse, context: &mut ValidationContext<'_>) -> Result<VerifiedAssertion, Rejection> {
    if context.trust.certificates.is_empty() {
        return Err(Rejection::NotConfigured);
    }
    let status = gated.envelope.check_status();
    context.record(Check::Status, None, status.clone());
    if status.is_err() {
        // destination and request of an error response help to understand it
        gated.envelope.check(context, false);
    }
    status?;
    match &gated.content {
        ResponseContent::Nothing => Err(missing_element("Response", "Assertion")),
        ResponseContent::Encrypted { encrypted, on_response: Some(_) } => {
            accept_encrypted_in_signed_response(gated, encrypted, context)
        }
        ResponseContent::Encrypted { encrypted, on_response: None } => accept_encrypted(gated, encrypted, context),
        ResponseContent::Assertion { .. } => accept_plain(gated, context),
    }
}

/// The signed elements of a response, from the inside out.
fn signed_elements(gated: &GatedResponse) -> Vec<SignedElement<'_>> {
    let root = gated.parsed.root().id();
    let of = |element, signature| SignedElement { element, signature };
    match &gated.content {
        ResponseContent::Nothing => Vec::new(),
        ResponseContent::Encrypted { on_response, .. } => {
            on_response.iter().map(|signature| of(root, signature)).collect()
        }
        ResponseContent::Assertion { assertion, on_assertion, on_response, .. } => {
            let inner = on_assertion.iter().map(|signature| of(*assertion, signature));
            inner.chain(on_response.iter().map(|signature| of(root, signature))).collect()
        }
    }
}

/// Verifies every signature there is, and returns the bytes of the outermost.
fn verify_signatures<'t>(
    gated: &GatedResponse,
    trust: &Trust<'t>,
    now: DateTime<Utc>,
) -> Result<VerifiedBytes<'t>, Rejection> {
    let signed = signed_elements(gated);
    let mut outermost = None;
    for one in &signed {
        outermost = Some(signature_engine::verify(&gated.parsed, *one, trust, now)?);
    }
    outermost.ok_or(Rejection::SignatureMissing)
}

/// Lets the second engine verify what the primary one has, once everything else has passed too:
/// nothing reaches the C library that no trusted key has signed.
fn second_opinion(
    gated: &GatedResponse,
    canonical: &str,
    context: &mut ValidationContext<'_>,
) -> Result<(), Rejection> {
    if !context.trust.second_opinion {
        return Ok(());
    }
    let result =
        signature_engine::second_opinion(&gated.parsed, &signed_elements(gated), context.trust.certificates, canonical);
    context.record(Check::SecondOpinion, None, result.clone());
    result
}

fn accept_plain(gated: &GatedResponse, context: &mut ValidationContext<'_>) -> Result<VerifiedAssertion, Rejection> {
    let ResponseContent::Assertion { assertion, id, on_assertion, on_response } = &gated.content else {
        return Err(missing_element("Response", "Assertion"));
    };
    let verified = verify_signatures(gated, context.trust, context.now);
    let Some(verified) = context.record(Check::Signature, None, verified) else {
        // the other failures help an administrator, but nothing of it is believed
        gated.envelope.check(context, on_response.is_some());
        assertion::check(gated.parsed.node(*assertion)?, context);
        return Err(context.first_failure().unwrap_or(Rejection::SignatureInvalid));
    };
    let verified_by = VerifiedBy {
        signed_parts: signed_parts(on_assertion.as_ref(), on_response.as_ref()),
        certificate: verified.certificate,
        was_encrypted: false,
    };
    let document = parse_tree(&verified.canonical)?;
    let root = document.root_element();
    let assertion = if on_response.is_some() {
        assertion_in_signed(root, gated, context)?
    } else {
        gated.envelope.check(context, false);
        root
    };
    let accepted = accept_assertion(assertion, id, context, verified_by)?;
    second_opinion(gated, &verified.canonical, context)?;
    Ok(accepted)
}

fn signed_parts(on_assertion: Option<&Signature>, on_response: Option<&Signature>) -> SignedParts {
    match (on_assertion, on_response) {
        (Some(_), Some(_)) => SignedParts::Both,
        (None, Some(_)) => SignedParts::Response,
        (_, None) => SignedParts::Assertion,
    }
}

/// Checks a verified response, and finds the assertion in it.
fn assertion_in_signed<'a, 'input>(
    root: Node<'a, 'input>,
    gated: &GatedResponse,
    context: &mut ValidationContext<'_>,
) -> Result<Node<'a, 'input>, Rejection> {
    check_signed_response(root, gated, context)?;
    let inner = child(root, ASSERTION, "Assertion").map_err(|_| Rejection::SeveralAssertions)?;
    inner.ok_or(missing_element("Response", "Assertion"))
}

fn check_signed_response(
    root: Node<'_, '_>,
    gated: &GatedResponse,
    context: &mut ValidationContext<'_>,
) -> Result<(), Rejection> {
    check_identity(root, PROTOCOL, "Response", &gated.envelope.id)?;
    let envelope = Envelope::read(root)?;
    envelope.check_status()?;
    context.is_verified = true;
    envelope.check(context, true);
    Ok(())
}

fn accept_assertion(
    assertion: Node<'_, '_>,
    id: &str,
    context: &mut ValidationContext<'_>,
    verified_by: VerifiedBy<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    check_identity(assertion, ASSERTION, "Assertion", id)?;
    assertion::accept(assertion, context, verified_by)
}

/// Checks that the signed element is the very element that the gate saw.
fn check_identity(node: Node<'_, '_>, namespace: &str, name: &str, id: &str) -> Result<(), Rejection> {
    if is_named(node, namespace, name) && attribute(node, "ID") == Some(id) {
        Ok(())
    } else {
        Err(invalid(ShapeError::OtherElementSigned))
    }
}

/// An encrypted assertion in a signed response: the ciphertext is verified before any key
/// touches it, and it is decrypted out of the verified bytes.
fn accept_encrypted_in_signed_response(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    context: &mut ValidationContext<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    check_before_decryption(encrypted, context)?;
    let verified = verify_signatures(gated, context.trust, context.now);
    let failed = Rejection::SignatureInvalid;
    let Some(verified) = context.record(Check::Signature, None, verified) else {
        gated.envelope.check(context, true);
        return Err(context.first_failure().unwrap_or(failed));
    };
    let signed = GatedResponse::admit(verified.canonical)?;
    let ResponseContent::Encrypted { encrypted, .. } = &signed.content else {
        return Err(invalid(ShapeError::OtherElementSigned));
    };
    let clear =
        encrypted.decrypt_in_place(&signed.parsed, context.trust.decryption_keys).and_then(GatedResponse::admit);
    let Some(clear) = context.record(Check::Decryption, None, clear) else {
        return Err(context.first_failure().unwrap_or(Rejection::DecryptionFailed));
    };
    check_signed_response(signed.parsed.root(), gated, context)?;
    let ResponseContent::Assertion { assertion, id, on_assertion, .. } = &clear.content else {
        return Err(invalid(ShapeError::DecryptedOther));
    };
    let mut verified_by =
        VerifiedBy { signed_parts: SignedParts::Response, certificate: verified.certificate, was_encrypted: true };
    if on_assertion.is_none() {
        let accepted = accept_assertion(clear.parsed.node(*assertion)?, id, context, verified_by)?;
        second_opinion(gated, signed.xml(), context)?;
        return Ok(accepted);
    }
    verified_by.signed_parts = SignedParts::Both;
    let inner = verify_signatures(&clear, context.trust, context.now)?;
    let document = parse_tree(&inner.canonical)?;
    let accepted = accept_assertion(document.root_element(), id, context, verified_by)?;
    second_opinion(gated, signed.xml(), context)?;
    second_opinion(&clear, &inner.canonical, context)?;
    Ok(accepted)
}

/// An encrypted assertion that carries its own signature, as Entra makes them.
fn accept_encrypted(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    context: &mut ValidationContext<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    check_before_decryption(encrypted, context)?;
    let decrypted = decrypt_and_verify(gated, encrypted, context);
    // if the ciphertext can be altered, every failure has the same reason
    let decrypted =
        if encrypted.is_malleable() { decrypted.map_err(|_| Rejection::DecryptionFailed) } else { decrypted };
    let Some((clear, verified)) = context.record(Check::Decryption, None, decrypted) else {
        gated.envelope.check(context, false);
        return Err(context.first_failure().unwrap_or(Rejection::DecryptionFailed));
    };
    let ResponseContent::Assertion { id, .. } = &clear.content else {
        return Err(invalid(ShapeError::DecryptedOther));
    };
    context.record(Check::Signature, None, Ok(()));
    let verified_by =
        VerifiedBy { signed_parts: SignedParts::Assertion, certificate: verified.certificate, was_encrypted: true };
    gated.envelope.check(context, false);
    let document = parse_tree(&verified.canonical)?;
    let accepted = accept_assertion(document.root_element(), id, context, verified_by)?;
    second_opinion(&clear, &verified.canonical, context)?;
    Ok(accepted)
}

/// Decrypts, lets what comes out through the gate, and verifies its signature.
fn decrypt_and_verify<'t>(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    context: &ValidationContext<'t>,
) -> Result<(GatedResponse, VerifiedBytes<'t>), Rejection> {
    let clear = GatedResponse::admit(encrypted.decrypt_in_place(&gated.parsed, context.trust.decryption_keys)?)?;
    let ResponseContent::Assertion { on_assertion: Some(_), .. } = &clear.content else {
        return Err(Rejection::SignatureMissing);
    };
    let verified = verify_signatures(&clear, context.trust, context.now)?;
    Ok((clear, verified))
}

fn check_before_decryption(
    encrypted: &EncryptedAssertion,
    context: &mut ValidationContext<'_>,
) -> Result<(), Rejection> {
    let result = encrypted.check_before_decryption(context.trust.decryption_keys);
    if result.is_err() {
        context.record(Check::Decryption, None, result.clone());
    }
    result
}
