//! The thread of a review: what support asked a team to change, and what the team answered when it
//! submitted again. Both sides see it.

use model::support::{ReviewAuthor, ReviewMessageView};
use store::Tx;
use store::review_messages::{self, ReviewMessage};
use store::teams::Team;

use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Action, Actor, Error, Services};

/// What support or a team writes at once, in characters.
pub(crate) const MAX_WORDS: usize = 2_000;
/// Messages that are kept of a team; older ones go.
const MAX_MESSAGES: u64 = 50;

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Support, who asks for changes.
    Support,
    /// A member of the team, who answers.
    Team,
}

/// Adds a message, in the transaction of the act that it goes with.
///
/// # Errors
/// [`Error::TooManyRequests`] if the account writes more than it may.
pub(crate) async fn add(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    side: Side,
    words: &str,
) -> Result<(), Error> {
    let units = row_budget::units(words.len(), 4);
    services.charge(RowKind::TeamText, units, &[BudgetOwner::of_actor(actor)])?;
    let message = ReviewMessage {
        id: services.uuid(),
        team_id: team.team_id(),
        is_from_support: side == Side::Support,
        author: actor.display_name(),
        words: words.to_owned(),
        created_at: services.now(),
    };
    Ok(review_messages::insert(tx, message, MAX_MESSAGES).await?)
}

/// The thread as the team sees it, the oldest message first.
///
/// # Errors
/// As [`Actor::authorize_team`].
#[tracing::instrument(name = "review_thread.of_team", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn of_team(services: &Services, actor: &Actor, slug: &str) -> Result<Vec<ReviewMessageView>, Error> {
    load(services, actor, slug, Action::View).await
}

/// The thread as support sees it: with who of support wrote.
///
/// # Errors
/// As [`Actor::authorize_team`].
#[tracing::instrument(name = "review_thread.for_support", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn for_support(services: &Services, actor: &Actor, slug: &str) -> Result<Vec<ReviewMessageView>, Error> {
    load(services, actor, slug, Action::Review).await
}

async fn load(services: &Services, actor: &Actor, slug: &str, action: Action) -> Result<Vec<ReviewMessageView>, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, action).await?;
    let messages = review_messages::list(db, team.team_id(), MAX_MESSAGES).await?;
    let view = |message: ReviewMessage| ReviewMessageView {
        author: if message.is_from_support {
            ReviewAuthor::Support(action.is_support_action().then_some(message.author))
        } else {
            ReviewAuthor::Member(message.author)
        },
        created_at: message.created_at,
        words: message.words,
    };
    Ok(messages.into_iter().map(view).collect())
}
