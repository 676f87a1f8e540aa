//! Whether there is news: for pages that keep themselves up to date.

use store::ConnectionTrait;
use store::attempts::Attempt;
use store::sign_ins::{self, SignInQuery};

use super::{Allowed, Authorised, Scope, attempt};
use crate::{Actor, Error, Services};

/// How many of the newest attempts are watched: those that may still be on their way.
const WATCHED: u64 = 50;

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// The newest attempts.
    List,
    /// The team's latest test sign-in.
    LatestTest,
    /// The attempt with a reference.
    Attempt(String),
}

/// A text that is another one whenever what is watched has changed. It says nothing else.
pub async fn marker(services: &Services, actor: &Actor, scope: &Scope, watched: &Watched) -> Result<String, Error> {
    let db = services.db.connection();
    let authorised = Authorised::of(db, actor, scope, Allowed::Look).await?;
    let attempts = match watched {
        Watched::Attempt(reference) => vec![attempt(db, &authorised, reference).await?],
        Watched::List => newest(services, db, &authorised, None, WATCHED).await?,
        Watched::LatestTest => newest(services, db, &authorised, Some(true), 1).await?,
    };
    let now = services.now();
    let state = |attempt: &Attempt| {
        let is_over = attempt.finished_at.is_none() && attempt.expires_at <= now;
        format!("{} {} {} {is_over}", attempt.reference, attempt.status, attempt.event_count)
    };
    let states: Vec<_> = attempts.iter().map(state).collect();
    Ok(hex::encode(crate::token::hash(&states.join("\n"))))
}

async fn newest(
    services: &Services,
    db: &impl ConnectionTrait,
    authorised: &Authorised,
    is_test: Option<bool>,
    limit: u64,
) -> Result<Vec<Attempt>, Error> {
    let query = SignInQuery { team: authorised.team_id(), is_test, ..SignInQuery::default() };
    Ok(sign_ins::find(db, &query, services.now(), limit).await?)
}
