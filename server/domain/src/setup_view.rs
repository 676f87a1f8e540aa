//! What the set-up pages show.

use model::ids::{CertificateId, TeamId};
use model::setup::AddressSource;
use model::{
    AttemptOutcome, AuditAction, CertificateUse, CertificateView, ConnectionView, IdentityProvider, IdpSettings,
    RevisionState, Role, SetupStep, SetupView, StepState, TeamStatus,
};
use store::revisions::{self, Revision};
use store::teams::{self, Team};
use store::{ConnectionTrait, attempts};

use crate::attempts::report_of;
use crate::decision_digest::TeamConfiguration;
use crate::policy::ActorRole;
use crate::revisions::{empty_connection_view, shown_revision};
use crate::settings::GoLive;
use crate::teams::team_view;
use crate::{Action, Actor, Error, Services, audit};

/// So many sign-ins are looked at for which certificate signed them.
const LATEST_SIGN_INS: u64 = 200;

/// Everything the set-up pages of a team show.
#[tracing::instrument(name = "setup_view", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn setup(services: &Services, actor: &Actor, slug: &str) -> Result<SetupView, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    let mut view = setup_of(services, db, &team, role).await?;
    view.certificate_uses = certificate_uses(db, team.team_id(), &view.connection.certificates).await?;
    Ok(view)
}

/// The same without how the certificates are used, which no decision rests on.
pub(crate) async fn setup_of(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    role: Role,
) -> Result<SetupView, Error> {
    let id = team.team_id();
    let status = team.status;
    let shown = TeamConfiguration::load(db, id).await?;
    let connection = shown.next().cloned().unwrap_or_else(|| empty_connection_view(team.created_at));
    let last_test = match shown_revision(db, id).await? {
        Some(revision) => attempts::latest_test(db, id, revision.revision_id()).await?,
        None => None,
    };
    let last_test = match last_test {
        Some(attempt) => Some(Box::pin(report_of(services, db, team, attempt, ActorRole::Member(role))).await?),
        None => None,
    };
    let tested = last_test.as_ref().map(|test| (test.summary.outcome, test.summary.started_at));
    let previous = revisions::previous(db, id).await?;
    let confirmed = teams::confirmed_steps(db, id).await?;
    let serves = shown.live.is_some() && matches!(status, TeamStatus::Active | TeamStatus::Suspended);
    let team_view = team_view(services, db, team, role).await?;
    let provider = IdentityProvider::of_setup(team_view.identity_provider, connection.idp.as_ref());
    let steps: Vec<_> = SetupStep::order(provider)
        .iter()
        .copied()
        .map(|step| {
            let state = match step {
                SetupStep::Create | SetupStep::BasicSaml | SetupStep::Attributes | SetupStep::Users => {
                    done_if(confirmed.contains(&step))
                }
                SetupStep::Certificates => done_if(!connection.certificates.is_empty()),
                SetupStep::Urls => done_if(connection.idp.is_some()),
                SetupStep::Test => test_state(&connection, tested),
                SetupStep::GoLive => go_live_state(status, connection.state),
            };
            (step, if serves { state_of_live(step, state, connection.state) } else { state })
        })
        .collect();
    Ok(SetupView {
        team: team_view,
        steps,
        address_source: address_source(db, id, connection.idp.as_ref()).await?,
        certificate_uses: Vec::new(),
        connection,
        last_test,
        digests: shown.digests()?,
        sp_keys: shown.keys,
        live: shown.live,
        previous_tested: is_tested(db, previous.as_ref()).await?,
        previous: shown.previous,
        reviewed: services.settings.go_live == GoLive::Review,
        editable: status.is_editable() && role >= Role::Admin,
    })
}

/// Where to go on after a step, by what is saved now.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str(), step = step.as_str()))]
pub async fn next_step(services: &Services, actor: &Actor, slug: &str, step: SetupStep) -> Result<SetupStep, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    Ok(setup_of(services, db, &team, role).await?.next_after(step))
}

/// Metadata gave the addresses if they are those that it filled in last, as the trail has them. How requests
/// travel is an option, whoever chose it.
async fn address_source(
    db: &impl ConnectionTrait,
    team: TeamId,
    idp: Option<&IdpSettings>,
) -> Result<AddressSource, Error> {
    let Some(idp) = idp else { return Ok(AddressSource::Typed) };
    let event = audit::latest_of_team(db, team, AuditAction::UrlsFromMetadata).await?;
    let filled_in = event.and_then(|event| serde_json::from_str::<IdpSettings>(&event.after_value?).ok());
    let is_same = filled_in.is_some_and(|found| IdpSettings { sso_binding: idp.sso_binding, ..found } == *idp);
    Ok(if is_same { AddressSource::Metadata } else { AddressSource::Typed })
}

/// How certificates are used, by the latest sign-ins.
async fn certificate_uses(
    db: &impl ConnectionTrait,
    team: TeamId,
    certificates: &[CertificateView],
) -> Result<Vec<(CertificateId, CertificateUse)>, Error> {
    if certificates.is_empty() {
        return Ok(Vec::new());
    }
    let signed = attempts::latest_signatures(db, team, LATEST_SIGN_INS).await?;
    let Some((newest, _)) = signed.first() else { return Ok(Vec::new()) };
    let use_of = |certificate: &CertificateView| {
        let last = signed.iter().find(|(thumbprint, _)| *thumbprint == certificate.thumbprint_sha256);
        match last {
            Some((thumbprint, at)) if thumbprint == newest => CertificateUse::SignsNow { at: *at },
            Some((_, at)) => CertificateUse::SignedBefore { at: *at },
            None => CertificateUse::NotSeen,
        }
    };
    Ok(certificates.iter().map(|certificate| (certificate.id, use_of(certificate))).collect())
}

/// Whether a test of just what the revision says passed, as far as it is known: sign-ins are
/// not kept for ever.
pub(crate) async fn is_tested(db: &impl ConnectionTrait, revision: Option<&Revision>) -> Result<bool, Error> {
    let Some(revision) = revision else { return Ok(false) };
    let (team, id) = (revision.team_id, revision.revision_id());
    Ok(attempts::has_passed_test(db, team, id, revision.updated_at).await?)
}

const fn done_if(done: bool) -> StepState {
    if done { StepState::Done } else { StepState::Todo }
}

/// People sign in with the live revision, so the steps at the identity provider are done even if nobody
/// confirmed them, as for an imported team. What a draft still lacks needs attention, but blocks nothing.
const fn state_of_live(step: SetupStep, state: StepState, shown: RevisionState) -> StepState {
    match (state, step, shown) {
        (StepState::Todo, SetupStep::Create | SetupStep::BasicSaml | SetupStep::Attributes | SetupStep::Users, _)
        | (StepState::Todo, _, RevisionState::Live) => StepState::Done,
        (StepState::Todo, ..) => StepState::Attention,
        (state, ..) => state,
    }
}

/// A test counts for the configuration that it tested: not after an edit.
fn test_state(connection: &ConnectionView, test: Option<(AttemptOutcome, model::Timestamp)>) -> StepState {
    match test {
        Some((AttemptOutcome::Succeeded, at)) if at >= connection.updated_at => StepState::Done,
        Some((AttemptOutcome::Succeeded | AttemptOutcome::Failed(_), _)) => StepState::Attention,
        Some((AttemptOutcome::Waiting | AttemptOutcome::NeverReturned | AttemptOutcome::NotFinished, _)) | None => {
            StepState::Todo
        }
    }
}

const fn go_live_state(status: TeamStatus, revision: RevisionState) -> StepState {
    match (status, revision) {
        (TeamStatus::ChangesRequested | TeamStatus::Suspended, _) => StepState::Attention,
        (TeamStatus::Active, RevisionState::Live) => StepState::Done,
        _ => StepState::Todo,
    }
}
