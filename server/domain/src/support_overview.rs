//! Support's overview: what waits for it, and how all teams are.

use model::TeamLink;
use model::ids::TeamId;
use model::support::{ExpiringCertificates, SupportOverview, WaitingTeams};
use store::{outbox, support_overview, team_reviewers, teams};

use crate::team_list::{self, ENDS_SOON};
use crate::{Action, Actor, Error, Services, sign_in_days};

/// How many teams are named whose certificates end next.
const NEXT_CERTIFICATES: u64 = 5;

/// The overview.
///
/// # Errors
/// As [`Actor::authorize_support`].
#[tracing::instrument(name = "support_overview.view", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn view(services: &Services, actor: &Actor) -> Result<SupportOverview, Error> {
    actor.authorize_support(Action::Review)?;
    let db = services.db.connection();
    Ok(SupportOverview {
        counts: teams::counts(db).await?,
        waiting: waiting(services).await?,
        days: sign_in_days::of_all_teams(services).await?,
        certificates: certificates(services).await?,
        dead_mails: outbox::count_dead_letters(db).await?,
        now: services.now(),
    })
}

async fn waiting(services: &Services) -> Result<WaitingTeams, Error> {
    let (db, target) = (services.db.connection(), services.settings.review_target);
    let teams = support_overview::waiting(db, team_list::PAGE_SIZE).await?;
    Ok(WaitingTeams {
        teams: team_list::entries(services, teams).await?,
        overdue: support_overview::count_waiting_since_before(db, services.now() - target).await?,
        target_hours: target.num_hours(),
    })
}

/// The team that whoever has just decided goes on with: the one that waits longest, of those that they may decide about
/// and nobody else reviews.
pub(crate) async fn next_to_review(services: &Services, actor: &Actor) -> Result<Option<TeamLink>, Error> {
    let db = services.db.connection();
    let waiting = support_overview::waiting(db, team_list::PAGE_SIZE).await?;
    let waiting: Vec<TeamId> = waiting.into_iter().map(|team| team.team_id).collect();
    let reviewers = team_reviewers::of_teams(db, &waiting).await?;
    let own = actor.signed_in_account().map(|account| account.id);
    let is_free = |team: TeamId| reviewers.get(&team).is_none_or(|reviewer| Some(reviewer.account.account_id()) == own);
    let teams = teams::by_ids(db, waiting.iter().copied()).await?;
    let may_decide_vendors = actor.is_offered(Action::ManageSupport);
    let next = waiting
        .into_iter()
        .filter(|team| is_free(*team))
        .find_map(|id| teams.iter().find(|team| team.id == id).filter(|team| !team.is_vendor || may_decide_vendors));
    Ok(next.map(|team| TeamLink { slug: team.slug.clone(), name: team.name.clone() }))
}

async fn certificates(services: &Services) -> Result<ExpiringCertificates, Error> {
    let (db, now) = (services.db.connection(), services.now());
    let next = support_overview::next_certificates(db, now, now + ENDS_SOON, NEXT_CERTIFICATES).await?;
    Ok(ExpiringCertificates {
        soon: support_overview::count_certificates(db, Some(now), now + ENDS_SOON).await?,
        over: support_overview::count_certificates(db, None, now).await?,
        next: team_list::entries(services, next).await?,
    })
}
