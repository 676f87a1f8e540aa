//! What templates, scripts, gateways and other software than the known identity providers write: each is told
//! by its own finding, with the value that is wrong.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{AttemptOutcome, AttemptReport, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, shown};
use crate::finding_text::FindingText as _;
use crate::idp::Idp;

on_both_databases!(
    what_is_written_wrongly_is_named,
    what_is_no_response_of_this_version_is_named,
    an_issuer_of_no_tenant_is_told_from_another_one,
    a_signature_that_names_no_certificate_is_told_from_one_that_does,
    an_encryption_that_is_not_safe_is_named,
    a_response_that_nobody_asked_for_is_named,
);

/// The report of a response that is posted without a RelayState.
async fn posted(scene: &Scene, form_value: &str) -> AttemptReport {
    // the latest is told by its time
    scene.portal.pass(chrono::TimeDelta::seconds(1));
    let answer = scene.post(&mut scene.portal.browser(), &[("SAMLResponse", form_value)]).await;
    scene.report(&shown(&answer)).await
}

fn actual_of(report: &AttemptReport, code: FindingCode) -> String {
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    found(report, code).actual_text().unwrap_or_default()
}

async fn what_is_written_wrongly_is_named(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for (from, to, code, actual) in [
        (
            "urn:oasis:names:tc:SAML:2.0:cm:bearer",
            "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key",
            FindingCode::NoBearerConfirmation,
            "no SubjectConfirmation is by bearer",
        ),
        (
            "<AudienceRestriction>",
            "<x:Own xmlns:x=\"urn:x\"></x:Own><AudienceRestriction>",
            FindingCode::UnknownCondition,
            "Own",
        ),
        (
            "<Subject>",
            "<Subject><Own></Own>",
            FindingCode::WrongShape,
            "Subject has the element Own, which SAML does not know there",
        ),
    ] {
        let report = scene.written(|xml| xml.replace(from, to)).await;
        assert_eq!(actual_of(&report, code), actual);
    }
}

async fn what_is_no_response_of_this_version_is_named(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let older = "<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:1.0:protocol\" MajorVersion=\"1\" MinorVersion=\"1\"/>";
    let report = posted(&scene, &STANDARD.encode(older)).await;
    assert_eq!(actual_of(&report, FindingCode::WrongVersion), "1.1");
    assert_eq!(found(&report, FindingCode::WrongVersion).expected_text().as_deref(), Some("2.0"));
    let request = "<p:AuthnRequest xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>";
    let report = posted(&scene, &STANDARD.encode(request)).await;
    assert_eq!(actual_of(&report, FindingCode::WrongShape), "the document is the message AuthnRequest, not Response");
    let report = posted(&scene, "!no Base64!").await;
    assert_eq!(actual_of(&report, FindingCode::NotBase64), "!no Base64!");
}

async fn an_issuer_of_no_tenant_is_told_from_another_one(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let issuer = scene.idp.tenant.entity_id();
    let anybodys = "https://sts.windows.net/{tenantid}/";
    let report = scene.written(|xml| xml.replace(&issuer, anybodys)).await;
    assert_eq!(actual_of(&report, FindingCode::CommonTenant), anybodys);
}

async fn a_signature_that_names_no_certificate_is_told_from_one_that_does(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (_, asked) = scene.begun().await;
    let other = Idp::new(scene.portal.now());
    let signed = other.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let xml = String::from_utf8(STANDARD.decode(&signed).unwrap()).unwrap();
    let (before, rest) = xml.split_once("<KeyInfo").unwrap();
    let (_, after) = rest.split_once("</KeyInfo>").unwrap();
    let report = posted(&scene, &STANDARD.encode(format!("{before}{after}"))).await;
    assert_eq!(actual_of(&report, FindingCode::SignatureInvalid), "");
    let (_, asked) = scene.begun().await;
    let signed = other.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    actual_of(&posted(&scene, &signed).await, FindingCode::CertificateUnknown);
}

async fn an_encryption_that_is_not_safe_is_named(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (_, asked) = scene.begun().await;
    let unsafe_one = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
    let xml = format!(
        "<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" IssueInstant=\"{}\" \
         InResponseTo=\"{}\"><p:Status><p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></p:Status>\
         <EncryptedAssertion xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" \
         xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"><e:EncryptedData>\
         <e:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes256-cbc\"/>\
         <KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><e:EncryptedKey>\
         <e:EncryptionMethod Algorithm=\"{unsafe_one}\"/><e:CipherData><e:CipherValue>AAAA</e:CipherValue>\
         </e:CipherData></e:EncryptedKey></KeyInfo><e:CipherData><e:CipherValue>AAAA</e:CipherValue></e:CipherData>\
         </e:EncryptedData></EncryptedAssertion></p:Response>",
        scene.portal.now().format("%Y-%m-%dT%H:%M:%SZ"),
        asked.id,
    );
    let report = posted(&scene, &STANDARD.encode(xml)).await;
    assert_eq!(actual_of(&report, FindingCode::EncryptionNotAllowed), unsafe_one);
}

async fn a_response_that_nobody_asked_for_is_named(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let unasked = scene.idp.sign(&scene.idp.unasked(&scene.slug, UPN, scene.portal.now()));
    actual_of(&posted(&scene, &unasked).await, FindingCode::Unsolicited);
}
