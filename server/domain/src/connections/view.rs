//! What the set-up pages show.

use model::{
    AttemptOutcome, CertificateView, ConnectionView, RevisionState, Role, SetupStep, SetupView, StepState, TeamStatus,
};
use saml::certificate::SigningCertificate;
use store::revisions::{self, Revision};
use store::teams::{self, Team};
use store::{ConnectionTrait, attempts};

use super::edit;
use crate::policy::Standing;
use crate::sign_ins::report_of;
use crate::{Action, Actor, Error, Services};

/// Everything the set-up pages of a team show.
pub async fn setup(services: &Services, actor: &Actor, slug: &str) -> Result<SetupView, Error> {
    let db = services.db.connection();
    let (team, role) = actor.team(db, slug, Action::View).await?;
    setup_of(services, db, &team, role).await
}

pub(crate) async fn setup_of(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    role: Role,
) -> Result<SetupView, Error> {
    let id = team.team_id();
    let status = team.status()?;
    let revision = edit::current(db, id).await?;
    let connection = match &revision {
        Some(revision) => connection_view(db, revision).await?,
        None => empty(team),
    };
    let last_test = match &revision {
        Some(revision) => attempts::latest_test(db, id, revision.revision_id()).await?,
        None => None,
    };
    let last_test = match last_test {
        Some(attempt) => Some(report_of(services, db, team, attempt, Standing::Member(role)).await?),
        None => None,
    };
    let confirmed = teams::confirmed_steps(db, id).await?;
    let steps = SetupStep::ALL.map(|step| {
        let done = match step {
            SetupStep::Create | SetupStep::BasicSaml | SetupStep::Attributes | SetupStep::Users => {
                confirmed.contains(&step)
            }
            SetupStep::Certificates => !connection.certificates.is_empty(),
            SetupStep::Urls => connection.idp.is_some(),
            SetupStep::Test => {
                return (
                    step,
                    test_state(
                        &connection,
                        last_test.as_ref().map(|test| (test.summary.outcome, test.summary.started_at)),
                    ),
                );
            }
            SetupStep::GoLive => return (step, go_live_state(status, connection.state)),
        };
        (step, if done { StepState::Done } else { StepState::Todo })
    });
    Ok(SetupView {
        team: crate::teams::view(services, db, team, role).await?,
        steps: steps.to_vec(),
        connection,
        last_test,
        sp_keys: crate::sp_keys::views(db, id).await?,
        previous: revisions::previous(db, id).await?.map(|revision| revision.number),
        editable: status.is_editable() && role >= Role::Admin,
    })
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

/// What a team without any revision shows.
fn empty(team: &Team) -> ConnectionView {
    ConnectionView {
        number: 1,
        state: RevisionState::Draft,
        idp: None,
        metadata_url: None,
        certificates: Vec::new(),
        claims: model::ClaimMapping::default(),
        options: model::SignInOptions::default(),
        updated_at: team.created_at,
        live_at: None,
    }
}

/// A revision with its certificates.
pub(crate) async fn connection_view(db: &impl ConnectionTrait, revision: &Revision) -> Result<ConnectionView, Error> {
    let rows = revisions::certificates(db, revision.team_id.into(), revision.revision_id()).await?;
    let mut certificates = Vec::with_capacity(rows.len());
    for row in rows {
        let certificate = SigningCertificate::from_der(&row.der)?;
        certificates.push(CertificateView {
            id: row.id.into(),
            subject: certificate.subject(),
            thumbprint_sha1: certificate.thumbprint_sha1(),
            thumbprint_sha256: certificate.thumbprint_sha256(),
            key: certificate.key_description(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        });
    }
    Ok(ConnectionView {
        number: revision.number,
        state: revision.state()?,
        idp: revision.idp(),
        metadata_url: revision.metadata_url.clone(),
        certificates,
        claims: revision.claims()?,
        options: revision.options()?,
        updated_at: revision.updated_at,
        live_at: revision.live_at,
    })
}
