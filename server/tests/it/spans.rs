//! Spans of domain entry points: under the request's, with the team and the kind of the actor,
//! and without anything secret or personal.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use domain::attempts::AttemptScope;
use store::on_both_databases;
use store::testing::DatabaseKind;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Subscriber;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

use crate::harness::{PASSWORD, Portal, link};

on_both_databases!(an_entry_points_span_names_team_and_actor_kind_and_nothing_secret);

/// A span as it was opened.
#[derive(Clone, Debug)]
struct Opened {
    name: &'static str,
    parents: Vec<&'static str>,
    fields: String,
}

/// Every span of the portal's own that was opened on this thread.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Opened>>>);

impl Spans {
    fn named(&self, name: &str) -> Opened {
        let all = self.0.lock().unwrap();
        all.iter().find(|span| span.name == name).cloned().unwrap_or_else(|| panic!("no span {name} in {all:#?}"))
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        if !["domain", "server"].iter().any(|part| span.metadata().target().starts_with(part)) {
            return;
        }
        let mut fields = Fields(String::new());
        attributes.record(&mut fields);
        let parents = span.scope().skip(1).map(|parent| parent.name()).collect();
        self.0.lock().unwrap().push(Opened { name: span.name(), parents, fields: fields.0 });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        let name = context.span(id).unwrap().name();
        self.0.lock().unwrap().push(Opened { name, parents: Vec::new(), fields: fields.0 });
    }
}

async fn an_entry_points_span_names_team_and_actor_kind_and_nothing_secret(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in("owner@contoso.com", None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    let spans = Spans::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(spans.clone()));

    let invitation = [("slug", &*slug), ("email", "invited@contoso.com"), ("role", "admin")];
    assert_eq!(owner.post("/api/members/invite", &invitation).await.status, StatusCode::SEE_OTHER);
    let url = link(&portal.mail().await[0]);
    let token = url.rsplit('/').next().unwrap().to_owned();
    let mut invited = portal.browser();
    invited.get(&format!("/invite/{token}")).await;
    let password = "another horse battery staple";
    let fields = [("token", &*token), ("password", password)];
    let joined = invited.post("/api/invitations/create_account", &fields).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let mut elsewhere = portal.browser();
    elsewhere.post("/api/accounts/sign_in", &[("email", "owner@contoso.com"), ("password", PASSWORD)]).await;
    domain::team_review::details(&portal.services, &domain::Actor::operator(), &slug).await.unwrap();
    let (scope, reference) = (AttemptScope::Team(slug.clone()), "SSO-7F3K-2Q9M");
    domain::attempts::report(&portal.services, &domain::Actor::operator(), &scope, reference).await.unwrap_err();
    drop(guard);

    let invite = spans.named("members.invite");
    assert!(invite.parents.contains(&"request"), "{invite:?}");
    assert!(invite.fields.contains("actor.kind=\"member\""), "{invite:?}");
    assert!(invite.fields.contains(&format!("team=\"{slug}\"")), "{invite:?}");
    let sign_in = spans.named("accounts.sign_in");
    assert!(sign_in.parents.contains(&"request"), "{sign_in:?}");
    assert_eq!(sign_in.fields, "actor.kind=\"anonymous\" ");
    assert!(spans.named("invitations.preview").parents.contains(&"request"));
    let details = spans.named("team_review.details");
    assert_eq!(details.fields, format!("actor.kind=\"operator\" team=\"{slug}\" "));

    let report = spans.named("report");
    assert_eq!(report.fields, format!("team=\"{slug}\" reference=\"{reference}\" actor.kind=\"operator\" "));

    let secrets = [&*token, PASSWORD, password, "owner@contoso.com", "invited@contoso.com"];
    for span in spans.0.lock().unwrap().iter() {
        for secret in secrets {
            assert!(!span.fields.contains(secret), "{span:?} holds {secret}");
        }
    }
}
