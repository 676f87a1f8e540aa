//! A team's draft goes live.

use model::{FieldProblem, RevisionState, SetupStep};
use store::teams::Team;
use store::{Tx, members, revisions};

use crate::{Error, Services};

/// Makes the draft the live revision; a team without a draft and without a live revision
/// has nothing to go live with. Answers with the numbers of the revisions that served and
/// serve.
pub(crate) async fn go_live(services: &Services, tx: &Tx, team: &Team) -> Result<(Option<i32>, Option<i32>), Error> {
    let id = team.team_id();
    // sign-ins of the team are over before, or ask after it what is live
    members::lock(tx, id).await?;
    let draft = revisions::in_state(tx, id, RevisionState::Draft).await?;
    let live = revisions::in_state(tx, id, RevisionState::Live).await?;
    let complete = match &draft {
        Some(draft) => draft.idp.is_some() && revisions::count_certificates(tx, id, draft.revision_id()).await? > 0,
        None => live.is_some(),
    };
    if !complete {
        let steps = vec![SetupStep::Certificates, SetupStep::Urls];
        return Err(Error::form(FieldProblem::StepsMissing { steps }));
    }
    if draft.is_some() && !revisions::make_draft_live(tx, id, services.now()).await? {
        return Err(Error::form(FieldProblem::WrongStatus { status: team.status }));
    }
    let before = live.map(|live| live.number);
    Ok((before, draft.map_or(before, |draft| Some(draft.number))))
}
