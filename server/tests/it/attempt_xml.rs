//! The XML of sign-ins: sealed, shown to those who may, and gone after a while.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use domain::clock::OsRandom;
use domain::key_rotation::{reseal, reseal_column};
use domain::sealed::{KeyRing, SecretKey};
use model::AuditAction;
use model::attempts::{AttemptFilter, XmlView};
use sea_orm::EntityTrait as _;
use store::entities::attempt_documents;
use store::on_both_databases;
use store::sealed_values::SealedColumn;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal};
use crate::idp::{Idp, active_team, sign_in};

on_both_databases!(
    xml_is_kept_sealed_and_each_look_is_written_down,
    xml_goes_after_the_days_that_the_configuration_says,
    where_none_is_kept_none_is_there,
    an_attempt_goes_with_all_that_hangs_on_it,
    a_new_key_takes_the_xml_over,
    what_was_signed_is_marked_and_nothing_else,
);

const UPN: &str = "b.simon@contoso.com";

struct Scene {
    portal: Portal,
    admin: Browser,
    slug: String,
    reference: String,
}

impl Scene {
    async fn with_config(kind: DatabaseKind, config: &str) -> Self {
        let portal = Portal::with_config(kind, config).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        assert_eq!(sign_in(&portal, &mut portal.browser(), &slug, &idp, UPN).await.location(), "/me");
        let (services, operator) = (&portal.services, Actor::operator());
        let page =
            attempts::list(services, &operator, &AttemptScope::Team(slug.clone()), AttemptFilter::default()).await;
        let reference = page.unwrap().attempts[0].reference.to_string();
        Self { portal, admin, slug, reference }
    }

    async fn xml(&self) -> XmlView {
        let scope = AttemptScope::Team(self.slug.clone());
        attempts::xml(&self.portal.services, &Actor::operator(), &scope, &self.reference).await.unwrap()
    }

    async fn rows(&self) -> Vec<attempt_documents::Model> {
        attempt_documents::Entity::find().all(self.portal.services.db.connection()).await.unwrap()
    }

    async fn sweep(&self) {
        domain::sweep::delete_expired(&self.portal.services).await.unwrap();
    }
}

async fn xml_is_kept_sealed_and_each_look_is_written_down(kind: DatabaseKind) {
    let mut scene = Scene::with_config(kind, "").await;
    let rows = scene.rows().await;
    assert_eq!(rows.len(), 2, "the request and the response");
    for row in &rows {
        assert!(!row.sealed.windows(5).any(|window| window == b"saml:" || window == b"samlp"), "{:?}", row.kind);
    }
    let address = format!("/teams/{}/sign-ins/{}/xml", scene.slug, scene.reference);
    let page = scene.admin.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("AuthnRequest") && page.body.contains(UPN), "{}", page.body);
    let team = crate::sign_in::team_id(&scene.portal, &scene.slug).await;
    let seen = &scene.portal.events_of(team).await[0];
    assert_eq!((seen.action.as_str(), seen.actor.as_str()), (AuditAction::XmlViewed.as_str(), "ada@contoso.com"));
    assert_eq!(seen.target.as_ref(), Some(&scene.reference));
    scene.portal.pass(TimeDelta::minutes(16));
    let again = scene.admin.get(&address).await;
    assert!(again.location().starts_with("/account/reauthenticate?next=/teams/"), "{}", again.location());
    let mut stranger = scene.portal.signed_in("eve@fabrikam.com", None).await;
    assert_eq!(stranger.get(&address).await.status, StatusCode::NOT_FOUND);
}

async fn xml_goes_after_the_days_that_the_configuration_says(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "[attempts]\nkeep_xml_days = 2").await;
    scene.portal.pass(TimeDelta::days(2) - TimeDelta::seconds(1));
    scene.sweep().await;
    assert_eq!(scene.rows().await.len(), 2);
    assert!(scene.xml().await.response.is_some());
    scene.portal.pass(TimeDelta::seconds(1));
    assert!(scene.xml().await.response.is_none(), "not shown any more, swept or not");
    scene.sweep().await;
    assert!(scene.rows().await.is_empty());
    let scope = AttemptScope::Team(scene.slug.clone());
    let report = attempts::report(&scene.portal.services, &Actor::operator(), &scope, &scene.reference).await;
    assert!(report.unwrap().events.len() > 20, "the timeline stays");
}

async fn where_none_is_kept_none_is_there(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "[attempts]\nkeep_xml_days = 0").await;
    assert!(scene.rows().await.is_empty());
    let xml = scene.xml().await;
    assert!(xml.request.is_none() && xml.response.is_none());
}

async fn an_attempt_goes_with_all_that_hangs_on_it(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "[attempts]\nkeep_days = 30").await;
    scene.portal.browser().get("/sso/nobody-222222").await;
    scene.portal.pass(TimeDelta::days(30));
    scene.sweep().await;
    let db = scene.portal.services.db.connection();
    assert_eq!(store::entities::attempts::Entity::find().all(db).await.unwrap().len(), 0);
    assert_eq!(store::entities::attempt_stages::Entity::find().all(db).await.unwrap().len(), 0);
    assert_eq!(store::entities::attempt_events::Entity::find().all(db).await.unwrap().len(), 0);
    assert_eq!(store::entities::people::Entity::find().all(db).await.unwrap().len(), 1, "the person stays");
}

async fn a_new_key_takes_the_xml_over(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "").await;
    let new: SecretKey = SecretKey::generate("new", &OsRandom).parse().unwrap();
    let both = KeyRing::new(vec![new.clone(), crate::harness::SECRET_KEY.parse().unwrap()]).unwrap();
    let replica = scene.portal.replica_with(both).await;
    let alone = scene.portal.replica_with(KeyRing::new(vec![new]).unwrap()).await;
    assert!(reseal_column(&alone.services, SealedColumn::SamlRequest).await.is_err(), "nothing opens it yet");
    for keys in SealedColumn::ALL.into_iter().filter(|column| !column.is_of_messages()) {
        reseal_column(&replica.services, keys).await.unwrap();
    }
    assert_eq!(reseal(&alone.services, &Actor::portal()).await.unwrap(), 0, "with one key no message is looked at");
    assert_eq!(reseal(&replica.services, &Actor::operator()).await.unwrap(), 2, "request and response");
    assert_eq!(reseal(&replica.services, &Actor::operator()).await.unwrap(), 0);
    let scope = AttemptScope::Team(scene.slug.clone());
    let xml = attempts::xml(&alone.services, &Actor::operator(), &scope, &scene.reference).await.unwrap();
    assert!(xml.request.is_some() && xml.response.is_some());
}

async fn what_was_signed_is_marked_and_nothing_else(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "").await;
    let xml = scene.xml().await;
    assert!(xml.is_verified);
    let lines = xml.response.unwrap();
    let signed = |start: &str| lines.iter().find(|line| line.text.starts_with(start)).unwrap().is_signed;
    assert!(signed("<Assertion ") && signed("<NameID "));
    assert!(!signed("<samlp:Response ") && !signed("<samlp:Status>"), "Entra signs the assertion only");
    assert!(!lines.iter().any(|line| line.text.contains("<SignatureValue") && line.is_signed));
}
