//! The attacks of the corpus.

use std::fmt::Write as _;

use samael::crypto::{CertificateDer, Crypto, CryptoProvider, ReduceMode};

use crate::corpus::attacks::{AttackSample, EVIL, FAMILIES, verdict};
use crate::corpus::bases;
use crate::corpus::disk::{self, Samples};
use crate::support::*;

/// What xmlsec verifies in a document, whatever else is in it.
fn verified_by_xmlsec(document: &[u8]) -> Option<String> {
    let certificate = CertificateDer::from(rsa().certificate.der().to_vec());
    let xml = std::str::from_utf8(document).ok()?;
    <Crypto as CryptoProvider>::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &[certificate],
        ReduceMode::PreDigest,
        None,
    )
    .ok()
}

/// What is wrong with how a document was received; nothing if all is well.
fn complaint(bad: &AttackSample) -> Option<String> {
    let said = match verify(&bad.document) {
        Ok(assertion) => format!("accepted as {}", assertion.name_id()),
        Err(rejection) => verdict(&rejection),
    };
    if said != bad.verdict {
        return Some(format!("{said}, not {}", bad.verdict));
    }
    if !bad.verifies {
        return None;
    }
    match verified_by_xmlsec(&bad.document) {
        Some(signed) if signed.contains(EVIL) => Some("xmlsec verifies the attacker".to_owned()),
        Some(_) => None,
        None => Some("no longer signed well: the attack is weaker than it looks".to_owned()),
    }
}

/// Every attack of one kind on every base.
fn assert_rejected(why: &str) {
    let family = FAMILIES.iter().find(|family| family.why == why).unwrap();
    let mut complaints = String::new();
    let mut samples = Samples::default();
    for base in bases::all() {
        for bad in (family.of)(&base) {
            if let Some(complaint) = complaint(&bad) {
                writeln!(complaints, "{why}/{}-{}: {complaint}", base.name(), bad.name).unwrap();
            }
            samples.add(&base.name(), bad);
        }
    }
    samples.compare(why);
    assert!(complaints.is_empty(), "{complaints}");
}

macro_rules! rejected {
    ($($test:ident $why:literal)*) => {$(
        #[test]
        fn $test() {
            assert_rejected($why);
        }
    )*};
}

rejected! {
    wrapped_responses_are_rejected "wrapping"
    signatures_of_nobody_and_of_others_are_rejected "signatures"
    references_to_anything_else_are_rejected "references"
    broken_algorithms_are_rejected "algorithms"
    failing_canonicalisations_are_rejected "canonicalization"
    what_parsers_read_differently_is_rejected "parsers"
    other_encodings_are_rejected "encodings"
    each_condition_violated_is_rejected "conditions"
    each_part_of_the_envelope_violated_is_rejected "envelope"
    bombs_are_rejected "exhaustion"
}

#[test]
fn every_document_on_disk_gets_its_verdict() {
    // the other tests are writing them just then
    if disk::updates() {
        return;
    }
    for (why, name, document, expected) in disk::bad() {
        let said = verify(&document).map(|assertion| assertion.name_id().to_owned());
        let said = said.map_or_else(|rejection| verdict(&rejection), |name| format!("accepted as {name}"));
        assert_eq!(said, expected, "{why}/{name}");
    }
}
