//! Encrypted assertions: every way that identity providers encrypt, and every way to misuse
//! that.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::response::{Check, GatedResponse, Rejection, ShapeError, SignedParts, Trust, VerifiedAssertion};
use saml::sp_key::SpKey;

use crate::support::encrypt::*;
use crate::support::*;

fn verify_encrypted(xml: &str, keys: &[SpKey]) -> Result<VerifiedAssertion, Rejection> {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust { decryption_keys: keys, ..Trust::new(IDP, &certificates) };
    GatedResponse::decode(&encode(xml))?.verify(&trust, &expected(), now())
}

fn rejected(xml: &str) -> Rejection {
    verify_encrypted(xml, &[sp_key().clone()]).expect_err("refused")
}

/// Entra's order: the assertion signed, then encrypted.
fn sign_then_encrypt(encryption: &Encryption) -> String {
    let draft = Draft::entra();
    let assertion = draft.signed_assertion(rsa(), &Signature::default());
    draft.with_assertion(&encryption.of(&assertion, sp_key().certificate_der())).unsigned()
}

/// The encrypted assertion in a signed response.
fn encrypt_then_sign(encryption: &Encryption, assertion: &str) -> String {
    let encrypted = encryption.of(assertion, sp_key().certificate_der());
    Draft::entra().with_assertion(&encrypted).response_signed(rsa(), &Signature::default())
}

fn every_encryption() -> Vec<Encryption> {
    let sha1 = Some("http://www.w3.org/2000/09/xmldsig#sha1");
    let sha256 = Some("http://www.w3.org/2001/04/xmlenc#sha256");
    let mut all = Vec::new();
    for content in [AES128_CBC, AES256_CBC, AES128_GCM, AES256_GCM] {
        for (transport, digest, mask) in [
            (RSA_OAEP_MGF1P, None, None),
            (RSA_OAEP_MGF1P, sha1, None),
            (RSA_OAEP_MGF1P, sha256, None),
            (RSA_OAEP, sha256, Some("http://www.w3.org/2009/xmlenc11#mgf1sha256")),
            (RSA_OAEP, sha256, None),
        ] {
            for (place, names_recipient) in [(KeyPlace::Inside, true), (KeyPlace::Beside, false)] {
                all.push(Encryption { content, transport, digest, mask, place, names_recipient });
            }
        }
    }
    all
}

/// Core §5.4.4 allows the enveloped-signature transform alone; what is digested is inclusive
/// canonical XML then, of the assertion where it stands in its response.
#[test]
fn an_encrypted_assertion_may_be_signed_without_a_canonicalisation_of_its_own() {
    let draft = Draft::entra();
    let enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
    let signature = Signature { transforms: enveloped.to_owned(), ..Signature::default() };
    let whole = draft.assertion_signed_in_place(rsa(), &signature);
    let assertion = &whole[whole.find("<Assertion").unwrap()..whole.find("</samlp:Response>").unwrap()];
    // of what AES-CBC holds, a rejection does not say more than that
    let gcm = Encryption { content: AES256_GCM, ..Encryption::entra() };
    let xml = draft.with_assertion(&gcm.of(assertion, sp_key().certificate_der())).unsigned();
    let verified = verify_encrypted(&xml, &[sp_key().clone()]).unwrap();
    assert_eq!((verified.name_id(), verified.signed_parts()), (PERSON, SignedParts::Assertion));
    let changed =
        draft.with_assertion(&gcm.of(&assertion.replace(PERSON, "a.vance@contoso.com"), sp_key().certificate_der()));
    assert_eq!(rejected(&changed.unsigned()), Rejection::DigestMismatch);
}

#[test]
fn every_allowed_encryption_is_understood_with_every_way_of_signing() {
    let draft = Draft::entra();
    let plain = draft.unsigned_assertion();
    let signed = draft.signed_assertion(rsa(), &Signature::default());
    for encryption in every_encryption() {
        for (xml, parts) in [
            (sign_then_encrypt(&encryption), SignedParts::Assertion),
            (encrypt_then_sign(&encryption, &plain), SignedParts::Response),
            (encrypt_then_sign(&encryption, &signed), SignedParts::Both),
        ] {
            let assertion = verify_encrypted(&xml, &[sp_key().clone()]).unwrap();
            assert_eq!(assertion.name_id(), PERSON);
            assert_eq!(assertion.signed_parts(), parts);
            assert!(assertion.was_encrypted());
        }
    }
}

#[test]
fn any_of_our_keys_decrypts_whichever_comes_first() {
    let encryption = Encryption { names_recipient: false, ..Encryption::entra() };
    let xml = sign_then_encrypt(&encryption);
    for keys in [[sp_key().clone(), other_sp_key().clone()], [other_sp_key().clone(), sp_key().clone()]] {
        assert_eq!(verify_encrypted(&xml, &keys).unwrap().name_id(), PERSON);
    }
}

#[test]
fn without_a_key_or_with_another_one_the_rejection_says_so() {
    let xml = sign_then_encrypt(&Encryption::entra());
    assert_eq!(verify_encrypted(&xml, &[]), Err(Rejection::Encrypted));
    assert_eq!(verify_encrypted(&xml, &[other_sp_key().clone()]), Err(Rejection::EncryptedForOther));
    let unnamed = sign_then_encrypt(&Encryption { names_recipient: false, ..Encryption::entra() });
    assert_eq!(verify_encrypted(&unnamed, &[other_sp_key().clone()]), Err(Rejection::DecryptionFailed));
}

#[test]
fn unsafe_algorithms_are_rejected_by_name_before_a_key_is_touched() {
    let rejected_for = |encryption: &Encryption| rejected(&sign_then_encrypt(encryption));
    let not_allowed = |uri: &str| Rejection::EncryptionNotAllowed { algorithm: uri.into() };
    let old = Encryption { transport: RSA_15, digest: None, ..Encryption::entra() };
    assert_eq!(rejected_for(&old), not_allowed(RSA_15));
    assert_eq!(rejected_for(&Encryption { content: TRIPLE_DES, ..Encryption::entra() }), not_allowed(TRIPLE_DES));
    let md5 = "http://www.w3.org/2001/04/xmldsig-more#md5";
    assert_eq!(rejected_for(&Encryption { digest: Some(md5), ..Encryption::entra() }), not_allowed(md5));
}

#[test]
fn an_encrypted_assertion_that_nobody_signed_is_rejected() {
    let plain = Draft::entra().unsigned_assertion();
    let with = |content| {
        let encryption = Encryption { content, ..Encryption::entra() };
        Draft::entra().with_assertion(&encryption.of(&plain, sp_key().certificate_der())).unsigned()
    };
    assert_eq!(rejected(&with(AES256_GCM)), Rejection::SignatureMissing);
    // what can be altered in transit is rejected for one reason only
    assert_eq!(rejected(&with(AES256_CBC)), Rejection::DecryptionFailed);
}

#[test]
fn every_failure_after_unwrapping_the_key_is_one_rejection() {
    let signed = Draft::entra().signed_assertion(rsa(), &Signature::default());
    let forged = Draft::entra().signed_assertion(other_rsa(), &Signature::default());
    let with = |clear: &str| {
        let encrypted = Encryption::entra().of(clear, sp_key().certificate_der());
        Draft::entra().with_assertion(&encrypted).unsigned()
    };
    for clear in [
        "",
        "no XML",
        "<a>",
        "<!DOCTYPE a><a/>",
        "<Response/>",
        &forged,
        &signed.replace(PERSON, "admin@contoso.com"),
        &signed.repeat(2),
    ] {
        assert_eq!(rejected(&with(clear)), Rejection::DecryptionFailed, "{clear}");
    }
}

/// The last bytes of the only `CipherValue` of content, altered.
fn altered(xml: &str, at: usize) -> String {
    let start = xml.rfind("<xenc:CipherValue>").unwrap() + "<xenc:CipherValue>".len();
    let end = start + xml[start..].find('<').unwrap();
    let mut bytes = STANDARD.decode(&xml[start..end]).unwrap();
    let place = bytes.len() - 1 - at;
    bytes[place] ^= 0x55;
    format!("{}{}{}", &xml[..start], STANDARD.encode(bytes), &xml[end..])
}

#[test]
fn altered_ciphertext_tells_nothing_about_the_padding() {
    let cbc = sign_then_encrypt(&Encryption::entra());
    let gcm = sign_then_encrypt(&Encryption { content: AES256_GCM, ..Encryption::entra() });
    for at in (0..64).chain([200, 500]) {
        assert_eq!(rejected(&altered(&cbc, at)), Rejection::DecryptionFailed, "cbc {at}");
        assert_eq!(rejected(&altered(&gcm, at)), Rejection::DecryptionFailed, "gcm {at}");
    }
    let signed = encrypt_then_sign(&Encryption::entra(), &Draft::entra().unsigned_assertion());
    assert_eq!(rejected(&altered(&signed, 3)), Rejection::DigestMismatch);
}

#[test]
fn only_ciphertext_that_can_be_altered_under_no_signature_is_malleable() {
    let gcm = Encryption { content: AES256_GCM, ..Encryption::entra() };
    let plain = Draft::entra().unsigned_assertion();
    for (xml, is_malleable) in [
        (sign_then_encrypt(&Encryption::entra()), true),
        (sign_then_encrypt(&Encryption { content: AES128_CBC, ..Encryption::entra() }), true),
        (sign_then_encrypt(&gcm), false),
        (encrypt_then_sign(&Encryption::entra(), &plain), false),
        (Draft::entra().signed(), false),
    ] {
        assert_eq!(GatedResponse::decode(&encode(xml)).unwrap().is_malleable(), is_malleable);
    }
}

#[test]
fn short_and_crooked_ciphertexts_are_rejected() {
    let xml = sign_then_encrypt(&Encryption::entra());
    let start = xml.rfind("<xenc:CipherValue>").unwrap() + "<xenc:CipherValue>".len();
    let end = start + xml[start..].find('<').unwrap();
    for short in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
        let xml = format!("{}{short}{}", &xml[..start], &xml[end..]);
        assert_eq!(rejected(&xml), Rejection::DecryptionFailed, "{short:?}");
    }
}

#[test]
fn ciphertext_that_is_to_be_fetched_is_rejected() {
    let xml = sign_then_encrypt(&Encryption::entra());
    let start = xml.rfind("<xenc:CipherValue>").unwrap();
    let end = xml.rfind("</xenc:CipherValue>").unwrap() + "</xenc:CipherValue>".len();
    let xml = format!("{}<xenc:CipherReference URI=\"file:///etc/passwd\"/>{}", &xml[..start], &xml[end..]);
    let what = ShapeError::NotOneElement { parent: "CipherData", element: "CipherValue" };
    assert_eq!(rejected(&xml), Rejection::WrongShape { what });
}

#[test]
fn the_report_says_that_decryption_failed_and_asks_nothing_of_what_was_inside() {
    let xml = altered(&sign_then_encrypt(&Encryption::entra()), 0);
    let certificates = [rsa().certificate.clone()];
    let keys = [sp_key().clone()];
    let trust = Trust { decryption_keys: &keys, ..Trust::new(IDP, &certificates) };
    let verification = GatedResponse::decode(&encode(xml)).unwrap().validate(&trust, &expected(), now());
    let failed: Vec<_> = verification.checks.iter().filter(|result| !result.passed()).map(|r| r.check).collect();
    assert_eq!(failed, [Check::Decryption]);
    assert!(verification.checks.iter().all(|result| result.check != Check::Signature));
}
