//! From one state of a team to the next.

use model::team::TeamAction;
use model::{FieldProblem, TeamStatus};
use store::teams::{self, Team, Transition};
use store::{Tx, team_reviewers};

use crate::{Actor, Error, Services, vendor_roles};

/// A transition that is the actor's to decide and that the team's state allows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AllowedTransition {
    from: TeamStatus,
    to: TeamStatus,
}

/// Refuses what is not the actor's to decide or what the team's state does not allow, before
/// anybody is asked to look again. What support decides about the vendor's own team decides
/// who gets into support: that is not a reviewer's.
pub(crate) fn require_allowed(actor: &Actor, team: &Team, action: TeamAction) -> Result<AllowedTransition, Error> {
    if action.is_supports() {
        vendor_roles::require_right_to_change_support_sign_in(actor, team)?;
    }
    let from = team.status;
    let to = from.after(action).map_err(Error::transition)?;
    Ok(AllowedTransition { from, to })
}

/// Takes a team along a transition.
pub(crate) async fn transition(
    services: &Services,
    tx: &Tx,
    team: &Team,
    allowed: AllowedTransition,
    words: Option<String>,
) -> Result<(), Error> {
    let AllowedTransition { from, to } = allowed;
    change_status(tx, team, Transition { from, to, words, submitted_at: None, at: services.now() }).await
}

/// Changes the status of a team that is in the status which the transition starts from. The end of a review
/// removes its assignment.
pub(crate) async fn change_status(tx: &Tx, team: &Team, transition: Transition) -> Result<(), Error> {
    let from = transition.from;
    if teams::change_status(tx, team.team_id(), transition).await? {
        if from == TeamStatus::InReview {
            team_reviewers::release(tx, team.team_id()).await?;
        }
        return Ok(());
    }
    // somebody else was quicker: say where the team is now
    let slug = team.slug.clone();
    let status = teams::by_slug(tx, &slug).await?.map_or(from, |team| team.status);
    Err(Error::form(FieldProblem::WrongStatus { status }))
}
