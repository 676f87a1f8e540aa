//! Support's overview: what waits for it, and how all teams are.

use model::support::{EndingCertificates, SupportOverview, WaitingTeams};
use store::{outbox, support_overview, teams};

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

async fn certificates(services: &Services) -> Result<EndingCertificates, Error> {
    let (db, now) = (services.db.connection(), services.now());
    let next = support_overview::next_certificates(db, now, now + ENDS_SOON, NEXT_CERTIFICATES).await?;
    Ok(EndingCertificates {
        soon: support_overview::count_certificates(db, Some(now), now + ENDS_SOON).await?,
        over: support_overview::count_certificates(db, None, now).await?,
        next: team_list::entries(services, next).await?,
    })
}
