//! Which actor makes a request: by the session cookie that came with it.

use chrono::TimeDelta;
use store::account_sessions::{self, SessionWithAccount};

use super::second_factor::second_factor_state;
use crate::{AccountActor, Actor, ClientInfo, Error, Identity, Services, TeamInView, token};

/// A session's last use is written down at most this often.
const TOUCH_INTERVAL: TimeDelta = TimeDelta::minutes(1);

/// The actor of a request with this session cookie. Counts as a use of the session.
pub async fn authenticate_request(
    services: &Services,
    cookie: Option<&str>,
    client: ClientInfo,
) -> Result<Actor, Error> {
    Ok(Actor { identity: identify(services, cookie, true).await?, client })
}

/// The same for what a page requests by itself: that is no use of the session, which may end
/// of idleness while the page stays open.
pub async fn authenticate_background_request(
    services: &Services,
    cookie: Option<&str>,
    client: ClientInfo,
) -> Result<Actor, Error> {
    Ok(Actor { identity: identify(services, cookie, false).await?, client })
}

async fn identify(services: &Services, cookie: Option<&str>, is_use: bool) -> Result<Identity, Error> {
    let Some(cookie) = cookie else { return Ok(Identity::Anonymous) };
    let hash = token::hash(cookie);
    let db = services.db.connection();
    let now = services.now();
    let found = account_sessions::by_token(db, &hash, now, now - services.settings.session_idle).await?;
    let Some(SessionWithAccount { session, account, viewed_team }) = found else { return Ok(Identity::Anonymous) };
    if account.deactivated_at.is_some() {
        return Ok(Identity::Anonymous);
    }
    if is_use && now - session.last_used_at > TOUCH_INTERVAL {
        account_sessions::touch(&services.db.autocommit(), &hash, now).await?;
    }
    let Ok(email) = account.email.parse() else { return Ok(Identity::Anonymous) };
    let lifetime = services.settings.reauthentication_lifetime;
    let viewed_team = viewed_team.filter(|_| account.support_role.is_some());
    let actor = AccountActor {
        id: account.id,
        email,
        support_role: account.support_role,
        is_federated: account.person_id.is_some(),
        session_hash: hash,
        viewed_team: viewed_team.map(|viewed| TeamInView { team_id: viewed.team_id, until: viewed.until }),
        second_factor: second_factor_state(services, session.second_factor_at.is_some()),
        is_recently_authenticated: session.authenticated_at.is_some_and(|at| now - at <= lifetime),
    };
    Ok(if session.awaiting_factor { Identity::AwaitingSecondFactor(actor) } else { Identity::Account(actor) })
}
