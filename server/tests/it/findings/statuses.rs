//! Errors that the identity provider answers with: each status code is told by its own finding, and
//! shown with its message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::sign_in_request::SignInRequest;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, found, shown};
use crate::finding_text::FindingText as _;

on_both_databases!(
    each_status_code_is_told_and_shown_with_its_message,
    an_option_that_asked_for_what_was_refused_is_to_be_changed_first,
);

const SAML: &str = "urn:oasis:names:tc:SAML:2.0:status:";

const STATUSES: &[(&str, Option<&str>, FindingCode)] = &[
    ("Responder", Some("NoPassive"), FindingCode::NoPassive),
    ("Responder", Some("NoAuthnContext"), FindingCode::NoAuthnContext),
    ("Requester", Some("InvalidNameIDPolicy"), FindingCode::InvalidNameIdPolicy),
    ("Requester", Some("RequestUnsupported"), FindingCode::RequestUnsupported),
    ("Responder", Some("RequestDenied"), FindingCode::RequestDenied),
    ("Responder", Some("AuthnFailed"), FindingCode::AuthnFailed),
    ("Requester", Some("UnsupportedBinding"), FindingCode::UnsupportedBinding),
    ("Requester", Some("ResourceNotRecognized"), FindingCode::StatusRequester),
    ("Responder", Some("NoAvailableIDP"), FindingCode::StatusResponder),
    ("Requester", None, FindingCode::StatusRequester),
    ("Responder", None, FindingCode::StatusResponder),
    ("VersionMismatch", None, FindingCode::StatusVersionMismatch),
    ("Unheard", None, FindingCode::StatusNotSuccess),
];

fn response(scene: &Scene, asked: &SignInRequest, code: &str, sub_code: Option<&str>, message: &str) -> String {
    let sub_code = sub_code.map(|code| format!("<p:StatusCode Value=\"{SAML}{code}\"/>")).unwrap_or_default();
    let xml = format!(
        "<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\" Version=\"2.0\" IssueInstant=\"{}\" \
         InResponseTo=\"{}\"><Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{}</Issuer><p:Status>\
         <p:StatusCode Value=\"{SAML}{code}\">{sub_code}</p:StatusCode>\
         <p:StatusMessage>{message}</p:StatusMessage></p:Status></p:Response>",
        scene.portal.now().format("%Y-%m-%dT%H:%M:%SZ"),
        asked.id,
        scene.idp.tenant.entity_id(),
    );
    STANDARD.encode(xml)
}

async fn answered(scene: &Scene, code: &str, sub_code: Option<&str>, message: &str) -> AttemptReport {
    let (mut browser, asked) = scene.begun().await;
    let response = response(scene, &asked, code, sub_code, message);
    let fields =
        [("SAMLResponse", response.as_str()), ("RelayState", asked.relay_state.as_deref().unwrap_or_default())];
    let refused = scene.post(&mut browser, &fields).await;
    scene.report(&shown(&refused)).await
}

async fn page(scene: &mut Scene, report: &AttemptReport) -> String {
    scene.admin.get(&format!("/teams/{}/sign-ins/{}", scene.slug, report.summary.reference)).await.body
}

async fn each_status_code_is_told_and_shown_with_its_message(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    for (code, sub_code, finding) in STATUSES {
        let report = answered(&scene, code, *sub_code, "it &lt;b&gt;says&lt;/b&gt; why").await;
        assert_eq!(
            report.summary.outcome,
            AttemptOutcome::Failed(*finding),
            "{code} {sub_code:?}: {:#?}",
            report.events
        );
        let event = found(&report, *finding);
        assert_eq!(event.kind, EventKind::Status, "{code} {sub_code:?}");
        let codes = sub_code.map_or_else(|| (*code).to_owned(), |sub_code| format!("{code} / {sub_code}"));
        assert_eq!(event.actual_text(), Some(format!("{codes}: it <b>says</b> why")));
        let page = page(&mut scene, &report).await;
        assert!(page.contains(&format!("{codes}: it &lt;b&gt;says")), "{codes}: what came stays text: {page}");
        assert!(page.contains(&format!("id=\"finding-{}\"", finding.as_str())), "{page}");
    }
}

async fn an_option_that_asked_for_what_was_refused_is_to_be_changed_first(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let link = "Change this option here";
    let report = answered(&scene, "Requester", Some("InvalidNameIDPolicy"), "no").await;
    assert!(!page(&mut scene, &report).await.contains(link), "nobody asked for a format here");
    let slug = scene.slug.clone();
    scene.admin.post("/api/setup/save_options", &[("slug", &slug), ("name_id_format", "persistent")]).await;
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let report = answered(&scene, "Requester", Some("InvalidNameIDPolicy"), "no").await;
    let shown = page(&mut scene, &report).await;
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
    assert!(place(link) < place("In Entra:"), "first: {shown}");
    assert!(shown.contains(&format!("href=\"/teams/{slug}/setup/options\"")), "{shown}");
    assert!(shown.contains("nameid-format:persistent"), "as it is set: {shown}");
}
