//! Back-channel logout (OpenID Connect Back-Channel Logout 1.0): applications are told that a session has
//! ended, by whatever cause. What they are to be told is written in the transaction that ends the session;
//! the worker signs and delivers it, again and again until they take it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use model::application::LogoutProblem;
use model::ids::{ApplicationId, AuthorizationId};
use model::{ApplicationProblem, Scope};
use oidc::logout::LogoutTokenClaims;
use store::applications::{self, Application};
use store::authorizations::{self, Authorization, SessionSelection};
use store::backchannel_logouts::{self, BackchannelLogout, LogoutDelivery};
use store::{ConnectionTrait, Tx};

use crate::signing_keys;
use crate::subject_identifiers::subject_for;
use crate::{Error, Services, retry_backoff};

/// How many are delivered in one round.
const BATCH_SIZE: u64 = 50;
/// For how long one belongs to the replica that claimed it.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// The wait after the first failure; each further one doubles it.
const FIRST_BACKOFF: TimeDelta = TimeDelta::seconds(10);
/// The longest wait.
const MAX_BACKOFF: TimeDelta = TimeDelta::hours(2);
/// How often one is tried: for about a day.
const MAX_TRIES: i32 = 20;

/// Tells applications that these sessions end, in the transaction that ends them, and revokes what they
/// were given but for what is to outlast the session (`offline_access`). Whoever ends all sessions of a team
/// (its key was stolen, it is suspended) or of a person ends that, too, also of sessions that were over before.
pub(crate) async fn tell_applications(services: &Services, tx: &Tx, ended: SessionSelection<'_>) -> Result<(), Error> {
    let authorized = authorizations::take_of_sessions(tx, ended).await?;
    let (why, now) = (ApplicationProblem::SessionEnded, services.now());
    match ended {
        SessionSelection::OfTeam(team) => authorizations::revoke_of_team(tx, team, why, now).await?,
        SessionSelection::OfPerson(team, person) => {
            authorizations::revoke_of_person(tx, team, person, why, now).await?;
        }
        SessionSelection::These(_) => {
            let with_session = authorized.iter().filter(|one| !one.scopes.contains(Scope::OfflineAccess));
            let ids: Vec<AuthorizationId> = with_session.map(|one| one.id).collect();
            authorizations::revoke_all(tx, &ids, why, now).await?;
        }
    }
    let listening = listening_applications(tx, &authorized).await?;
    let mut told = BTreeSet::new();
    let to_tell = authorized.iter().filter(|one| {
        // a code that nobody redeemed began nothing in the application
        one.redeemed_at.is_some()
            && listening.contains(&one.application_id)
            && told.insert((one.application_id, one.sid.clone()))
    });
    let logouts = to_tell.map(|one| new_logout(services, one)).collect();
    Ok(backchannel_logouts::insert(tx, logouts).await?)
}

/// Those of the authorized applications that have an address to be told at.
async fn listening_applications(
    db: &impl ConnectionTrait,
    authorized: &[Authorization],
) -> Result<BTreeSet<ApplicationId>, Error> {
    let ids: BTreeSet<_> = authorized.iter().map(|one| one.application_id).collect();
    let mut listening = BTreeSet::new();
    for id in ids {
        let application = applications::by_id(db, id).await?;
        if application.is_some_and(|application| application.settings.backchannel_logout_uri.is_some()) {
            listening.insert(id);
        }
    }
    Ok(listening)
}

fn new_logout(services: &Services, authorization: &Authorization) -> BackchannelLogout {
    let now = services.now();
    BackchannelLogout {
        id: services.uuid(),
        application_id: authorization.application_id,
        team_id: authorization.team_id,
        person_id: authorization.person_id,
        sid: authorization.sid.clone(),
        created_at: now,
        next_try_at: now,
        tries: 0,
        delivered_at: None,
        dead_at: None,
        last_error: None,
    }
}

/// Delivers what is due, and returns how many applications took it. Those of one application are delivered
/// one after the other, those of different ones at the same time: one that does not answer delays no other.
#[tracing::instrument(name = "applications.deliver_due_logouts", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn deliver_due_logouts(services: &Services) -> Result<usize, Error> {
    let due = backchannel_logouts::due(services.db.connection(), services.now(), BATCH_SIZE).await?;
    let mut by_application = BTreeMap::<ApplicationId, Vec<BackchannelLogout>>::new();
    for logout in due {
        by_application.entry(logout.application_id).or_default().push(logout);
    }
    let deliveries = by_application.into_values().map(|logouts| deliver_in_turn(services, logouts));
    let mut delivered = 0;
    for result in futures_util::future::join_all(deliveries).await {
        delivered += result?;
    }
    Ok(delivered)
}

async fn deliver_in_turn(services: &Services, logouts: Vec<BackchannelLogout>) -> Result<usize, Error> {
    let mut delivered = 0;
    for logout in logouts {
        if !backchannel_logouts::claim(&services.db.autocommit(), &logout, services.now() + LEASE).await? {
            continue;
        }
        let error = deliver(services, &logout).await?.err();
        delivered += usize::from(error.is_none());
        let is_unreachable = error.is_some();
        mark(services, &logout, error).await?;
        // the others wait for their own turn: an application that is away is asked once a round
        if is_unreachable {
            break;
        }
    }
    Ok(delivered)
}

async fn deliver(services: &Services, logout: &BackchannelLogout) -> Result<Result<(), LogoutProblem>, Error> {
    let application = applications::by_id(services.db.connection(), logout.application_id).await?;
    let Some(application) = application else { return Ok(Err(LogoutProblem::ApplicationGone)) };
    let Some(address) = &application.settings.backchannel_logout_uri else {
        return Ok(Err(LogoutProblem::NoAddress));
    };
    let token = logout_token(services, &application, logout).await?;
    let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
    let request = services.applications_client.post(address);
    let request = request.header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
    Ok(match request.send().await {
        // Back-Channel Logout §2.8: 200; 204 is what frameworks make of an empty answer
        Ok(response) if response.status().is_success() => Ok(()),
        Ok(response) => Err(LogoutProblem::Answered(response.status().as_u16())),
        Err(error) if error.is_timeout() => Err(LogoutProblem::TimedOut),
        Err(error) if error.is_connect() => Err(LogoutProblem::Unreachable),
        Err(_) => Err(LogoutProblem::Unreadable),
    })
}

/// Signed when it is sent: it may be used for two minutes.
async fn logout_token(
    services: &Services,
    application: &Application,
    logout: &BackchannelLogout,
) -> Result<String, Error> {
    let subject = subject_for(services, application, logout.person_id).await?;
    let issuer = services.settings.urls.issuer();
    let jti = services.uuid().to_string();
    let claims = LogoutTokenClaims::new(
        &issuer,
        &application.client_id,
        Some(&subject),
        Some(&logout.sid),
        &jti,
        services.now(),
    );
    let key = signing_keys::active(services, application.settings.signing_algorithm).await?;
    signing_keys::sign(services, key, oidc::logout::TYP, &claims).await
}

async fn mark(services: &Services, logout: &BackchannelLogout, error: Option<LogoutProblem>) -> Result<(), Error> {
    let (now, tries) = (services.now(), logout.tries + 1);
    let delivery = match error {
        None => LogoutDelivery::Delivered(now),
        Some(error) if tries >= MAX_TRIES => LogoutDelivery::Dead { error, at: now },
        Some(error) => LogoutDelivery::Failed { error, next_try_at: now + backoff(logout.tries) },
    };
    if let LogoutDelivery::Failed { error, .. } | LogoutDelivery::Dead { error, .. } = &delivery {
        tracing::warn!(logout = %logout.id, tries, %error, "an application was not told of a logout");
    }
    Ok(backchannel_logouts::mark(&services.db.autocommit(), logout.id, delivery).await?)
}

fn backoff(tries: i32) -> TimeDelta {
    retry_backoff::doubled(FIRST_BACKOFF, MAX_BACKOFF, tries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_two_hours() {
        let seconds = |tries| backoff(tries).num_seconds();
        assert_eq!([seconds(0), seconds(1), seconds(5), seconds(30)], [10, 20, 320, 7_200]);
    }
}
