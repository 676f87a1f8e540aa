//! From a gated message to what may be believed of it: signatures first, then the bytes they
//! are over, parsed anew, and nothing else.

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::assertion::{self, Proof};
use super::checks::Checks;
use super::document::{Parsed, parse};
use super::encrypted::EncryptedAssertion;
use super::engine::{self, Signed, Verified};
use super::gate::{self, wrong};
use super::report::Check;
use super::shape::{self, Content};
use super::signature::Signature;
use super::{Envelope, GatedResponse, Rejection, SignedParts, Trust, VerifiedAssertion};
use crate::names::{ASSERTION, PROTOCOL};
use crate::xml::{attribute, child, is};

/// Verifies a response.
pub(super) fn response(gated: &GatedResponse, checks: &mut Checks<'_>) -> Result<VerifiedAssertion, Rejection> {
    if checks.trust.certificates.is_empty() {
        return Err(Rejection::NotConfigured);
    }
    let status = gated.envelope.succeeded();
    checks.note(Check::Status, None, status.clone());
    if status.is_err() {
        // where an error was meant to go, and for which request, helps to understand it
        gated.envelope.check(checks, false);
    }
    status?;
    match &gated.content {
        Content::Nothing => Err(wrong("the response has no assertion")),
        Content::Encrypted { encrypted, on_response: Some(_) } => {
            encrypted_in_signed_response(gated, encrypted, checks)
        }
        Content::Encrypted { encrypted, on_response: None } => encrypted_alone(gated, encrypted, checks),
        Content::Assertion { .. } => in_the_clear(gated, checks),
    }
}

/// What is signed in a response, from the inside out.
pub(super) fn signed(gated: &GatedResponse) -> Vec<Signed<'_>> {
    let root = gated.parsed.root().id();
    let of = |element, signature| Signed { element, signature };
    match &gated.content {
        Content::Nothing => Vec::new(),
        Content::Encrypted { on_response, .. } => on_response.iter().map(|signature| of(root, signature)).collect(),
        Content::Assertion { assertion, on_assertion, on_response, .. } => {
            let inner = on_assertion.iter().map(|signature| of(*assertion, signature));
            inner.chain(on_response.iter().map(|signature| of(root, signature))).collect()
        }
    }
}

/// Verifies every signature there is, and returns the bytes of the outermost.
fn signatures<'t>(gated: &GatedResponse, trust: &Trust<'t>, now: DateTime<Utc>) -> Result<Verified<'t>, Rejection> {
    let signed = signed(gated);
    let mut outermost = None;
    for one in &signed {
        outermost = Some(engine::verify(&gated.parsed, *one, trust, now)?);
    }
    outermost.ok_or(Rejection::SignatureMissing)
}

/// Has the second engine look at what ours has verified, once everything else has passed too:
/// nothing that no trusted key has signed reaches the C library.
fn second_opinion(gated: &GatedResponse, canonical: &str, checks: &mut Checks<'_>) -> Result<(), Rejection> {
    if !checks.trust.second_opinion {
        return Ok(());
    }
    let answer = engine::second_opinion(&gated.parsed, &signed(gated), checks.trust.certificates, canonical);
    checks.note(Check::SecondOpinion, None, answer.clone());
    answer
}

fn in_the_clear(gated: &GatedResponse, checks: &mut Checks<'_>) -> Result<VerifiedAssertion, Rejection> {
    let Content::Assertion { assertion, id, on_assertion, on_response } = &gated.content else {
        return Err(wrong("the response has no assertion"));
    };
    let verified = signatures(gated, checks.trust, checks.now);
    let Some(verified) = checks.note(Check::Signature, None, verified) else {
        // what else is wrong helps an administrator; none of it is believed
        gated.envelope.check(checks, on_response.is_some());
        assertion::examine(gated.parsed.node(*assertion)?, checks);
        return Err(checks.failure().unwrap_or(Rejection::SignatureInvalid));
    };
    let proof = Proof {
        signed_parts: parts(on_assertion.as_ref(), on_response.as_ref()),
        certificate: verified.certificate,
        was_encrypted: false,
    };
    let document = parse(&verified.canonical)?;
    let root = document.root_element();
    let assertion = if on_response.is_some() {
        assertion_in_signed(root, gated, checks)?
    } else {
        gated.envelope.check(checks, false);
        root
    };
    let accepted = read(assertion, id, checks, proof)?;
    second_opinion(gated, &verified.canonical, checks)?;
    Ok(accepted)
}

fn parts(on_assertion: Option<&Signature>, on_response: Option<&Signature>) -> SignedParts {
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
    checks: &mut Checks<'_>,
) -> Result<Node<'a, 'input>, Rejection> {
    check_signed_response(root, gated, checks)?;
    let inner = child(root, ASSERTION, "Assertion").map_err(|_| Rejection::SeveralAssertions)?;
    inner.ok_or(wrong("the response has no assertion"))
}

fn check_signed_response(root: Node<'_, '_>, gated: &GatedResponse, checks: &mut Checks<'_>) -> Result<(), Rejection> {
    same(root, PROTOCOL, "Response", &gated.envelope.id)?;
    let envelope = Envelope::read(root)?;
    envelope.succeeded()?;
    checks.is_proven = true;
    envelope.check(checks, true);
    Ok(())
}

fn read(
    assertion: Node<'_, '_>,
    id: &str,
    checks: &mut Checks<'_>,
    proof: Proof<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    same(assertion, ASSERTION, "Assertion", id)?;
    assertion::read(assertion, checks, proof)
}

/// What came out of the signature check must be the very element that the gate saw.
fn same(node: Node<'_, '_>, namespace: &str, name: &str, id: &str) -> Result<(), Rejection> {
    if is(node, namespace, name) && attribute(node, "ID") == Some(id) {
        Ok(())
    } else {
        Err(wrong("something else is signed than what the response carries"))
    }
}

/// An encrypted assertion in a signed response: the ciphertext is verified before any key
/// touches it, and it is decrypted out of the verified bytes.
fn encrypted_in_signed_response(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    checks: &mut Checks<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    refuse_early(encrypted, checks)?;
    let verified = signatures(gated, checks.trust, checks.now);
    let failed = Rejection::SignatureInvalid;
    let Some(verified) = checks.note(Check::Signature, None, verified) else {
        gated.envelope.check(checks, true);
        return Err(checks.failure().unwrap_or(failed));
    };
    let signed = gate::admit(verified.canonical)?;
    let Content::Encrypted { encrypted, .. } = &signed.content else {
        return Err(wrong("something else is signed than what the response carries"));
    };
    let clear = encrypted.in_the_clear(&signed.parsed, checks.trust.decryption_keys).and_then(gate::admit);
    let Some(clear) = checks.note(Check::Decryption, None, clear) else {
        return Err(checks.failure().unwrap_or(Rejection::DecryptionFailed));
    };
    check_signed_response(signed.parsed.root(), gated, checks)?;
    let Content::Assertion { assertion, id, on_assertion, .. } = &clear.content else {
        return Err(wrong("what was encrypted is not an assertion"));
    };
    let mut proof =
        Proof { signed_parts: SignedParts::Response, certificate: verified.certificate, was_encrypted: true };
    if on_assertion.is_none() {
        let accepted = read(clear.parsed.node(*assertion)?, id, checks, proof)?;
        second_opinion(gated, signed.xml(), checks)?;
        return Ok(accepted);
    }
    proof.signed_parts = SignedParts::Both;
    let inner = signatures(&clear, checks.trust, checks.now)?;
    let document = parse(&inner.canonical)?;
    let accepted = read(document.root_element(), id, checks, proof)?;
    second_opinion(gated, signed.xml(), checks)?;
    second_opinion(&clear, &inner.canonical, checks)?;
    Ok(accepted)
}

/// An encrypted assertion that carries its own signature, as Entra makes them.
fn encrypted_alone(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    checks: &mut Checks<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    refuse_early(encrypted, checks)?;
    let opened = open_signed(gated, encrypted, checks);
    // where the ciphertext can be altered, one reason for whatever comes of it
    let opened = if encrypted.is_malleable() { opened.map_err(|_| Rejection::DecryptionFailed) } else { opened };
    let Some((clear, verified)) = checks.note(Check::Decryption, None, opened) else {
        gated.envelope.check(checks, false);
        return Err(checks.failure().unwrap_or(Rejection::DecryptionFailed));
    };
    let Content::Assertion { id, .. } = &clear.content else {
        return Err(wrong("what was encrypted is not an assertion"));
    };
    checks.note(Check::Signature, None, Ok(()));
    let proof = Proof { signed_parts: SignedParts::Assertion, certificate: verified.certificate, was_encrypted: true };
    gated.envelope.check(checks, false);
    let document = parse(&verified.canonical)?;
    let accepted = read(document.root_element(), id, checks, proof)?;
    second_opinion(&clear, &verified.canonical, checks)?;
    Ok(accepted)
}

/// Decrypts, lets what comes out through the gate, and verifies its signature.
fn open_signed<'t>(
    gated: &GatedResponse,
    encrypted: &EncryptedAssertion,
    checks: &Checks<'t>,
) -> Result<(GatedResponse, Verified<'t>), Rejection> {
    let clear = gate::admit(encrypted.in_the_clear(&gated.parsed, checks.trust.decryption_keys)?)?;
    let Content::Assertion { on_assertion: Some(_), .. } = &clear.content else {
        return Err(Rejection::SignatureMissing);
    };
    let verified = signatures(&clear, checks.trust, checks.now)?;
    Ok((clear, verified))
}

fn refuse_early(encrypted: &EncryptedAssertion, checks: &mut Checks<'_>) -> Result<(), Rejection> {
    let answer = encrypted.check(checks.trust.decryption_keys);
    if answer.is_err() {
        checks.note(Check::Decryption, None, answer.clone());
    }
    answer
}

/// Verifies another message of the protocol, such as a `LogoutRequest`, that is signed as a
/// whole, and returns the bytes that were signed.
pub(crate) fn message(xml: &str, name: &str, trust: &Trust<'_>, now: DateTime<Utc>) -> Result<String, Rejection> {
    let parsed = Parsed::admit(xml.to_owned())?;
    let signature = shape::message(parsed.root(), name)?.ok_or(Rejection::SignatureMissing)?;
    let signed = Signed { element: parsed.root().id(), signature: &signature };
    Ok(engine::verify(&parsed, signed, trust, now)?.canonical)
}
