//! What came and is nearly right: taken over into the draft, told apart from what did not come,
//! and said to be fixed once it is.

use domain::Actor;
use mock_entra::fault::{EarlierMessages, Fault};
use mock_entra::response::ResponseProtection;
use model::{AttemptOutcome, AttemptReport, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, found, shown};
use crate::finding_text::FindingText as _;
use crate::idp::{Idp, post_response};

on_both_databases!(
    a_verified_issuer_is_taken_over_into_the_draft_and_then_waits_to_go_live,
    an_issuer_that_nothing_verifies_is_not_taken_over,
    the_email_is_mapped_to_a_claim_that_came_and_to_no_other,
    an_empty_claim_is_distinguished_from_a_missing_one,
    a_team_that_is_not_active_says_whom_to_wait_for,
    a_certificate_of_the_draft_is_to_be_made_live,
);

const OTHER_ISSUER: &str = "https://idp.example/metadata";

impl Scene {
    async fn of_other_issuer(&self) -> AttemptReport {
        let change = |options: &mut mock_entra::response::ResponseOptions| options.issuer = OTHER_ISSUER.into();
        self.saying(Fault::None, &ResponseProtection::default(), change).await
    }

    fn address(&self, report: &AttemptReport) -> String {
        format!("/teams/{}/sign-ins/{}", self.slug, report.summary.reference)
    }

    async fn page(&mut self, report: &AttemptReport) -> String {
        let address = self.address(report);
        self.admin.get(&address).await.body
    }

    async fn take_over(&mut self, what: &str, report: &AttemptReport, claim: &str) -> String {
        let (slug, reference) = (self.slug.clone(), report.summary.reference.to_string());
        let fields = [("slug", &*slug), ("reference", &*reference), ("claim", claim)];
        self.admin.post(&format!("/api/attempts/take_over_{what}"), &fields).await.location().to_owned()
    }

    async fn draft(&self) -> Option<model::ConnectionView> {
        let view = domain::setup_view::setup(&self.portal.services, &Actor::operator(), &self.slug).await.unwrap();
        Some(view.connection)
            .filter(|connection| connection.state == model::RevisionState::Draft && view.live.is_some())
    }
}

async fn a_verified_issuer_is_taken_over_into_the_draft_and_then_waits_to_go_live(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let report = scene.of_other_issuer().await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::WrongIssuer));
    let page = scene.page(&report).await;
    assert!(page.contains("Use this issuer in the draft") && page.contains("<mark"), "{page}");
    let location = scene.take_over("issuer", &report, "").await;
    assert_eq!(location, format!("/teams/{}/setup/test", scene.slug));
    let draft = scene.draft().await.unwrap();
    let expected = scene.idp.tenant.sso_url();
    let idp = draft.idp.unwrap();
    assert_eq!((idp.entity_id.as_str(), idp.sso_url), (OTHER_ISSUER, expected), "the Login URL stays");
    let page = scene.page(&report).await;
    assert!(page.contains("make the draft live") && page.contains("/setup/go-live\""), "{page}");
    assert!(!page.contains("Use this issuer in the draft"), "{page}");
    let slug = scene.slug.clone();
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let page = scene.page(&report).await;
    assert!(page.contains("by now: start again"), "{page}");
    assert_eq!(scene.of_other_issuer().await.summary.outcome, AttemptOutcome::Succeeded, "tested again, green");
}

async fn an_issuer_that_nothing_verifies_is_not_taken_over(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let mut options = scene.idp.options(&asked, super::UPN, scene.portal.now());
    options.issuer = OTHER_ISSUER.into();
    let other = Idp::new(scene.portal.now());
    let refused = post_response(&mut browser, &scene.slug, &other.sign(&options), None).await;
    let report = scene.report(&shown(&refused)).await;
    let page = scene.page(&report).await;
    assert!(!page.contains("Use this issuer in the draft") && page.contains("Compare it with"), "{page}");
    scene.take_over("issuer", &report, "").await;
    assert_eq!(scene.draft().await, None, "nothing was changed");
}

async fn the_email_is_mapped_to_a_claim_that_came_and_to_no_other(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let change = |options: &mut mock_entra::response::ResponseOptions| {
        options.set_claim("Work Mail", vec!["b.simon@contoso.example".into()]);
    };
    let report = scene.saying(Fault::NoEmail, &ResponseProtection::default(), change).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailMissing));
    let page = scene.page(&report).await;
    assert!(page.contains("Take the e-mail address from") && page.contains("value=\"Work Mail\""), "{page}");
    assert_eq!(scene.take_over("email_claim", &report, "department").await, scene.address(&report));
    assert_eq!(scene.draft().await, None, "it did not come with an address");
    scene.take_over("email_claim", &report, "Work Mail").await;
    assert_eq!(scene.draft().await.unwrap().claims.email.as_deref(), Some("Work Mail"));
    assert!(scene.page(&report).await.contains("make the draft live"));
    let slug = scene.slug.clone();
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let report = scene.saying(Fault::NoEmail, &ResponseProtection::default(), change).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "tested again, green");
}

async fn an_empty_claim_is_distinguished_from_a_missing_one(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let change = |options: &mut mock_entra::response::ResponseOptions| options.set_claim("email", vec![String::new()]);
    let report = scene.saying(Fault::NoEmail, &ResponseProtection::default(), change).await;
    // the fault takes the claim away after it was set
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailMissing));
    let change = |options: &mut mock_entra::response::ResponseOptions| {
        options.name_id = "7f3k2q9m".into();
        options.claims.retain(|claim| !claim.name.ends_with("/emailaddress"));
        options.set_claim("email", vec![String::new()]);
    };
    let report = scene.saying(Fault::None, &ResponseProtection::default(), change).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailEmpty), "{:#?}", report.events);
    assert_eq!(found(&report, FindingCode::EmailEmpty).actual_text().as_deref(), Some("email: empty"));
    let report = scene.with(Fault::NoNameId).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::NameIdMissing));
    let blank = |options: &mut mock_entra::response::ResponseOptions| options.name_id = " ".into();
    let report = scene.saying(Fault::None, &ResponseProtection::default(), blank).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::NameIdEmpty), "{:#?}", report.events);
}

async fn a_team_that_is_not_active_says_whom_to_wait_for(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let (services, operator) = (&scene.portal.services, Actor::operator());
    domain::team_review::suspend(services, &operator, &scene.slug, "unpaid").await.unwrap();
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let refused = shown(&scene.deliver(&mut browser, &asked, &answer).await);
    let report = scene.report(&refused).await;
    let page = scene.page(&report).await;
    assert!(page.contains("Support suspended sign-ins") && !page.contains("Finish the step Go live"), "{page}");
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let unchecked = domain::decision_digest::ExpectedDigest::Unchecked;
    domain::team_review::resume(services, &operator, &scene.slug, unchecked).await.unwrap();
    let page = scene.page(&report).await;
    assert!(page.contains("and is by now"), "{page}");
}

async fn a_certificate_of_the_draft_is_to_be_made_live(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let report = scene.with(Fault::OtherCertificate).await;
    let page = scene.page(&report).await;
    assert!(!page.contains("make the draft live") && page.contains("Check the metadata"), "{page}");
    let other = scene.keys.get(mock_entra::certificates::KeySlot::Other).unwrap().certificate_der().unwrap();
    let slug = scene.slug.clone();
    scene.admin.upload(&slug, &[("other.cer", &other)]).await;
    let page = scene.page(&report).await;
    assert!(page.contains("make the draft live") && !page.contains("Check the metadata"), "{page}");
}
