//! Applications as administrators see them.

use model::application::{ApplicationView, LogoutView, RefusedRequestView, SecretView};
use store::applications::{self, Application, RefusedRequest};
use store::backchannel_logouts::{self, BackchannelLogout};
use store::{ConnectionTrait, teams};

use super::by_client_id;
use super::logo::logo_address;
use crate::{Action, Actor, Error, Services};

/// How many refused requests and logouts a page shows.
const SHOWN: u64 = 20;

/// Every application, without what happened lately.
#[tracing::instrument(name = "applications.list", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<ApplicationView>, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let db = services.db.connection();
    let mut views = Vec::new();
    for application in applications::list(db).await? {
        views.push(view(services, db, application).await?);
    }
    Ok(views)
}

/// One application, with what happened lately.
#[tracing::instrument(name = "applications.view", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn application(services: &Services, actor: &Actor, client_id: &str) -> Result<ApplicationView, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let db = services.db.connection();
    let application = by_client_id(db, client_id).await?;
    let id = application.id;
    let refused = applications::refused_requests(db, id, SHOWN).await?;
    let refused_requests = refused
        .into_iter()
        .filter_map(|request| {
            let RefusedRequest { at, expected, actual, .. } = request;
            Some(RefusedRequestView { at, problem: request.code.known()?, expected, actual })
        })
        .collect();
    let logouts = backchannel_logouts::of_application(db, id, SHOWN).await?;
    let logouts = logouts.iter().map(logout_view).collect();
    Ok(ApplicationView { refused_requests, logouts, ..view(services, db, application).await? })
}

fn logout_view(logout: &BackchannelLogout) -> LogoutView {
    LogoutView {
        at: logout.created_at,
        delivered_at: logout.delivered_at,
        given_up_at: logout.dead_at,
        tries: logout.tries,
        last_problem: logout.last_error,
    }
}

async fn view(
    services: &Services,
    db: &impl ConnectionTrait,
    application: Application,
) -> Result<ApplicationView, Error> {
    let secrets = applications::secrets(db, application.id, services.now()).await?;
    let secrets = secrets.into_iter().map(|secret| SecretView {
        id: secret.id,
        hint: secret.hint,
        created_at: secret.created_at,
        expires_at: secret.expires_at,
        last_used_at: secret.last_used_at,
    });
    let teams = if application.is_for_all_teams {
        None
    } else {
        let listed = teams::by_ids(db, applications::listed_teams(db, application.id).await?).await?;
        let mut slugs: Vec<_> = listed.into_iter().map(|team| team.slug.to_string()).collect();
        slugs.sort();
        Some(slugs)
    };
    Ok(ApplicationView {
        logo: logo_address(&application),
        client_id: application.client_id,
        name: application.name,
        kind: application.kind,
        teams,
        settings: application.settings,
        secrets: secrets.collect(),
        created_at: application.created_at,
        disabled_at: application.disabled_at,
        refused_requests: Vec::new(),
        logouts: Vec::new(),
    })
}
