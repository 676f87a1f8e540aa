//! What honest identity providers send that is not as Entra writes it: let in where nothing
//! speaks against it, and otherwise told by its cause, without a word of blame.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::fault::{EarlierMessages, Fault};
use mock_entra::response::{ResponseOptions, ResponseProtection};
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, has};
use crate::finding_text::FindingText as _;

on_both_databases!(
    a_format_of_the_name_identifier_that_saml_does_not_know_is_one_person,
    groups_that_each_declare_their_namespaces_are_all_read,
    white_space_is_told_and_shown,
    a_part_that_is_encrypted_by_itself_is_named,
    what_is_wrong_with_a_name_identifier_or_a_date_is_told_with_its_value,
    more_than_is_read_is_told_as_that,
    a_missing_address_is_told_with_the_attributes_that_came,
    a_claim_may_have_blanks_in_its_name,
);

const UPN_CLAIM: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

impl Scene {
    /// A whole sign-in in which something else is said.
    async fn honestly(&self, change: impl FnOnce(&mut ResponseOptions)) -> AttemptReport {
        self.saying(Fault::None, &ResponseProtection::default(), change).await
    }

    /// A whole sign-in whose response is written otherwise before it is signed.
    pub(super) async fn written(&self, change: impl FnOnce(&str) -> String) -> AttemptReport {
        let (mut browser, asked) = self.begun().await;
        let mut answer = self.answer(&asked, Fault::None, &EarlierMessages::default());
        let xml = String::from_utf8(STANDARD.decode(&answer.saml_response).unwrap()).unwrap();
        let unsigned = ["DigestValue", "SignatureValue"].iter().fold(xml, |xml, name| emptied(&xml, name));
        let changed = change(&unsigned);
        assert_ne!(changed, unsigned, "what is to be changed is there");
        answer.saml_response = STANDARD.encode(self.idp.key.sign(&changed).unwrap());
        self.finished(&mut browser, &asked, &answer).await
    }
}

/// Without the content of the one element of that name.
fn emptied(xml: &str, name: &str) -> String {
    let (before, rest) = xml.split_once(&format!("<{name}>")).unwrap();
    let (_, after) = rest.split_once(&format!("</{name}>")).unwrap();
    format!("{before}<{name}></{name}>{after}")
}

fn refused(report: &AttemptReport, code: FindingCode) -> (EventKind, Option<String>, String) {
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    let event = found(report, code);
    (event.kind, event.expected_text(), event.actual_text().unwrap_or_default())
}

/// With a format, and without Entra's own key, so that the person is known by the identifier.
fn by(format: &str) -> impl FnOnce(&mut ResponseOptions) {
    move |options| {
        options.name_id_format = format.into();
        options.claims.retain(|claim| !claim.name.ends_with("objectidentifier"));
    }
}

fn let_in(report: &AttemptReport) {
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{:#?}", report.events);
}

async fn a_format_of_the_name_identifier_that_saml_does_not_know_is_one_person(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for _ in 0..2 {
        let report = scene.honestly(by(UPN_CLAIM)).await;
        let_in(&report);
        let event = found(&report, FindingCode::NameIdFormatUnknown);
        assert_eq!((event.kind, event.verdict), (EventKind::NameId, Verdict::Noted));
        assert_eq!(event.actual_text().as_deref(), Some(UPN_CLAIM));
    }
    let report = scene.honestly(by("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")).await;
    let_in(&report);
    assert!(!has(&report, FindingCode::NameIdFormatUnknown), "{:#?}", report.events);
    for version in ["1.1", "2.0"] {
        let format = format!("urn:oasis:names:tc:SAML:{version}:nameid-format:transient");
        let report = scene.honestly(by(&format)).await;
        assert_eq!(refused(&report, FindingCode::NameIdTransient).2, format);
    }
    let (code, words) = (FindingCode::NameIdUnusable, "it has a format that is no absolute URI: upn");
    let (check, _, actual) = refused(&scene.honestly(by("upn")).await, code);
    assert_eq!((check, actual.as_str()), (EventKind::NameId, words));
}

async fn groups_that_each_declare_their_namespaces_are_all_read(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let value = |number: usize| {
        format!(
            "<AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">group {number}</AttributeValue>"
        )
    };
    let values: String = (0..200).map(value).collect();
    let groups = format!("<AttributeStatement><Attribute Name=\"groups\">{values}</Attribute>");
    let report = scene.written(|xml| xml.replace("<AttributeStatement>", &groups)).await;
    let_in(&report);
    assert!(report.profile.unwrap().groups.len() >= 200);
}

async fn white_space_is_told_and_shown(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let code = FindingCode::WhiteSpace;
    let issuer = scene.idp.tenant.entity_id();
    let report = scene.written(|xml| xml.replace("<Issuer>", "<Issuer>\n")).await;
    let (check, expected, actual) = refused(&report, code);
    assert_eq!((check, expected.as_deref()), (EventKind::Issuer, Some(issuer.as_str())));
    assert_eq!(actual, format!("\u{23ce}{issuer}"));
    let report = scene.honestly(|options| options.audience.push(' ')).await;
    let (check, expected, actual) = refused(&report, code);
    assert_eq!((check, expected.as_ref()), (EventKind::Audience, Some(&scene.slug)));
    assert_eq!(actual, format!("{}\u{2423}", scene.slug));
    let lines = format!(">\n  {UPN}\n</NameID>");
    let report = scene.written(|xml| xml.replace(&format!(">{UPN}</NameID>"), &lines)).await;
    let (check, expected, actual) = refused(&report, code);
    assert_eq!((check, expected.as_deref()), (EventKind::NameId, Some(UPN)));
    assert_eq!(actual, format!("\u{23ce}  {UPN}\u{23ce}"));
    let report = scene.honestly(|options| options.recipient.insert(0, '\u{200b}')).await;
    assert!(refused(&report, code).2.starts_with("[U+200B]http"), "{:#?}", report.events);
}

async fn a_part_that_is_encrypted_by_itself_is_named(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    // the team has a key, so it is not for want of one
    scene.new_key("current").await;
    let code = FindingCode::EncryptedPart;
    let name_id = |xml: &str| {
        let (before, rest) = xml.split_once("<NameID").unwrap();
        let (_, after) = rest.split_once("</NameID>").unwrap();
        format!("{before}<EncryptedID><x:d xmlns:x=\"urn:x\"/></EncryptedID>{after}")
    };
    let report = scene.written(name_id).await;
    let (check, _, actual) = refused(&report, code);
    assert_eq!((check, actual.as_str()), (EventKind::NameId, "the name identifier"));
    assert!(!has(&report, FindingCode::Encrypted), "{:#?}", report.events);

    let more = "<EncryptedAttribute><x:d xmlns:x=\"urn:x\"/></EncryptedAttribute></AttributeStatement>";
    let report = scene.written(|xml| xml.replace("</AttributeStatement>", more)).await;
    let_in(&report);
    let event = found(&report, code);
    assert_eq!((event.kind, event.verdict), (EventKind::Attributes, Verdict::Warned));
}

async fn what_is_wrong_with_a_name_identifier_or_a_date_is_told_with_its_value(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let long = "a".repeat(257);
    let (_, _, actual) = refused(&scene.honestly(|options| options.name_id = long).await, FindingCode::NameIdUnusable);
    assert!(actual.starts_with("it is longer than 256 bytes: aaa"), "{actual}");
    let without_zone = |xml: &str| {
        let (before, rest) = xml.split_once("<Conditions NotBefore=\"").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        format!("{before}<Conditions NotBefore=\"23/11/2026 12:00\"{after}")
    };
    let report = scene.written(without_zone).await;
    let (check, expected, actual) = refused(&report, FindingCode::MalformedTime);
    assert_eq!((check, actual.as_str()), (EventKind::ConditionsTime, "the assertion: 23/11/2026 12:00"));
    assert!(expected.unwrap().ends_with('Z'));
    // which says that there is no beginning at all
    let report = scene.written(|xml| without_zone(xml).replace(" NotBefore=\"23/11/2026 12:00\"", "")).await;
    let_in(&report);
}

async fn more_than_is_read_is_told_as_that(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let values = "<AttributeValue>a</AttributeValue>".repeat(4_000);
    let more = format!("<AttributeStatement><Attribute Name=\"groups\">{values}</Attribute>");
    let report = scene.written(|xml| xml.replace("<AttributeStatement>", &more)).await;
    let (_, _, actual) = refused(&report, FindingCode::LimitExceeded);
    assert_eq!(actual, "too many elements");
    let report = scene.written(|xml| xml.replace("<AuthnContext>", "<AuthnContext><!-- by template -->")).await;
    let (_, _, actual) = refused(&report, FindingCode::ForbiddenConstruct);
    assert_eq!(actual, "a comment or CDATA section");
}

async fn a_missing_address_is_told_with_the_attributes_that_came(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let report = scene
        .honestly(|options| {
            options.name_id = "7f3k2q9m".into();
            options.claims.retain(|claim| !claim.name.contains("mail"));
            options.set_claim("Work Mail", vec!["b.simon@contoso.example".into()]);
        })
        .await;
    let (_, expected, actual) = refused(&report, FindingCode::EmailMissing);
    assert_eq!(expected.as_deref(), Some("email"));
    assert!(actual.contains("tenantid"), "{actual}");
    assert!(!actual.contains("b.simon@contoso.example"), "names, and no values: {actual}");
    let report = scene
        .honestly(|options| {
            options.name_id = "7f3k2q9m".into();
            options.claims.clear();
        })
        .await;
    assert_eq!(refused(&report, FindingCode::EmailMissing).2, "no attribute at all");
}

async fn a_claim_may_have_blanks_in_its_name(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let slug = scene.slug.clone();
    let fields = [("slug", slug.as_str()), ("email", " Work Mail (primary) ")];
    let saved = scene.admin.post("/api/setup/save_claims", &fields).await;
    assert_eq!(saved.location(), format!("/teams/{slug}/setup/test"));
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let address = "simon@contoso.example";
    let report = scene.honestly(|options| options.set_claim("Work Mail (primary)", vec![address.to_owned()])).await;
    let_in(&report);
    assert_eq!(report.profile.unwrap().email.unwrap().as_str(), address);
}
