//! Ciphertext that can be altered: whoever brings it learns one thing, whatever is wrong.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::app::SigningOption;
use mock_entra::encrypt::ContentCipher;
use mock_entra::fault::{self, EarlierMessages, Fault};
use mock_entra::response::ResponseProtection;
use model::{AttemptOutcome, FindingCode};
use saml::certificate::SigningCertificate;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, shown};
use crate::harness::html;

on_both_databases!(every_cbc_decryption_failure_gets_the_same_answer, under_a_signature_the_person_reads_the_reason);

fn sealed(key: &SigningCertificate, cipher: ContentCipher, signing: SigningOption) -> ResponseProtection {
    ResponseProtection { encryption: Some((key.clone(), cipher)), signing }
}

/// The page that the browser gets for a fault, without its reference, and what the team's
/// administrators are told.
async fn refused(
    scene: &Scene,
    protection: &ResponseProtection,
    fault: Fault,
    alter: bool,
) -> (StatusCode, String, FindingCode) {
    let (mut browser, asked) = scene.begun().await;
    let options = scene.idp.options(&asked, UPN, scene.portal.now());
    let answer = fault::answer(&scene.keys, options, protection, fault, &EarlierMessages::default()).unwrap();
    let fields = answer.fields(asked.relay_state.as_deref());
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| {
            let is_altered = alter && *name == "SAMLResponse";
            (*name, if is_altered { altered(value) } else { value.clone() })
        })
        .collect();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = scene.post(&mut browser, &fields).await;
    let reference = shown(&page);
    let AttemptOutcome::Failed(code) = scene.report(&reference).await.summary.outcome else { panic!("{fault:?}") };
    // both are others each time
    let nonce = html::attribute(&page.body, "script", "nonce").unwrap();
    (page.status, page.body.replace(reference.as_str(), "").replace(&nonce, ""), code)
}

/// The last bytes of the ciphertext, which hold the padding, altered.
fn altered(value: &str) -> String {
    let xml = String::from_utf8(STANDARD.decode(value).unwrap()).unwrap();
    let end = xml.rfind("</xenc:CipherValue>").unwrap();
    let start = xml[..end].rfind('>').unwrap() + 1;
    let mut bytes = STANDARD.decode(&xml[start..end]).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 0x55;
    STANDARD.encode(format!("{}{}{}", &xml[..start], STANDARD.encode(bytes), &xml[end..]))
}

async fn every_cbc_decryption_failure_gets_the_same_answer(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let key = scene.new_key("current").await;
    let protection = sealed(&key, ContentCipher::Aes256Cbc, SigningOption::default());
    let undecryptable = refused(&scene, &protection, Fault::None, true).await;
    assert_eq!(undecryptable.2, FindingCode::DecryptionFailed);
    for (fault, code) in [
        (Fault::WrongAudience, FindingCode::WrongAudience),
        (Fault::Expired, FindingCode::ValidityWrong),
        (Fault::NoNameId, FindingCode::NameIdMissing),
        (Fault::NoEmail, FindingCode::EmailMissing),
        (Fault::TransientNameId, FindingCode::NameIdTransient),
    ] {
        let (status, page, told) = refused(&scene, &protection, fault, false).await;
        assert_eq!((status, &page), (undecryptable.0, &undecryptable.1), "{fault:?}");
        assert_eq!(told, code, "administrators are told the reason");
    }
}

async fn under_a_signature_the_person_reads_the_reason(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let key = scene.new_key("current").await;
    let gcm = sealed(&key, ContentCipher::Aes256Gcm, SigningOption::default());
    let signed = sealed(&key, ContentCipher::Aes256Cbc, SigningOption::Both);
    for protection in [gcm, signed] {
        let (_, page, told) = refused(&scene, &protection, Fault::NoEmail, false).await;
        assert_eq!(told, FindingCode::EmailMissing);
        assert!(page.contains("did not tell us your e-mail address or name"), "{page}");
    }
}
