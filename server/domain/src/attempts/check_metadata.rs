//! Whether a certificate that we do not know is in the identity provider's metadata.

use chrono::TimeDelta;
use model::attempts::{MetadataAnswer, MetadataResult};
use model::{EventKind, FindingCode, FindingValue, Verdict};
use store::attempt_events::{self, NewEvent};

use super::access::AttemptViewer;
use crate::connections::{MetadataLookup, find_certificate_in_metadata};
use crate::policy::ActorRole;
use crate::revisions::shown_revision;
use crate::sign_in::{AttemptRecorder, MAX_EVENTS, new_event};
use crate::{Action, Actor, Error, Services};

/// Asks the connection's App Federation Metadata URL about the certificate that an attempt
/// was signed with, and writes the answer down as an event of the attempt.
///
/// # Errors
/// [`Error::NotFound`] where the attempt was not refused for its certificate,
/// [`Error::TooManyRequests`] if this was asked too often.
#[tracing::instrument(skip_all, fields(team = slug, reference = reference, actor.kind = actor.kind().as_str()))]
pub async fn check_metadata(services: &Services, actor: &Actor, slug: &str, reference: &str) -> Result<(), Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::Configure).await?;
    let id = team.team_id();
    let viewer = AttemptViewer { team: Some(team.clone()), standing: ActorRole::Member(role) };
    let attempt = viewer.attempt(db, reference).await?;
    let events = attempt_events::timeline(db, &attempt).await?;
    let unknown = events.iter().find(|event| event.finding == Some(FindingCode::CertificateUnknown));
    let unknown = unknown.ok_or(Error::NotFound)?;
    let thumbprint = unknown.actual.as_ref().and_then(|named| named.copyable().first().copied());
    if attempt.event_count >= MAX_EVENTS {
        return Err(Error::TooManyRequests { retry_after: TimeDelta::days(1) });
    }
    let revision = shown_revision(db, id).await?.ok_or(Error::NotFound)?;
    let result = match thumbprint {
        Some(thumbprint) => result_of(find_certificate_in_metadata(services, &revision, thumbprint).await?),
        None => MetadataResult::SignerNotNamed,
    };
    let (verdict, finding) = judged(&result);
    let answer = MetadataAnswer { thumbprint: thumbprint.map(str::to_owned), result };
    let answered = new_event(EventKind::MetadataChecked, verdict, FindingValue::CertificateInMetadata(answer));
    let event = NewEvent { finding, ..answered };
    AttemptRecorder::new(services, &team).record_afterwards(&attempt, event).await
}

fn result_of(answer: MetadataLookup) -> MetadataResult {
    match answer {
        MetadataLookup::Listed { is_known } => MetadataResult::Listed { is_known },
        MetadataLookup::NotListed => MetadataResult::NotListed,
        MetadataLookup::NoUrl => MetadataResult::NoUrl,
        MetadataLookup::Unreachable(why) => MetadataResult::Unreachable(why),
        MetadataLookup::Unusable(why) => MetadataResult::Unusable(why),
    }
}

const fn judged(result: &MetadataResult) -> (Verdict, Option<FindingCode>) {
    match result {
        MetadataResult::Listed { .. } => (Verdict::Noted, Some(FindingCode::CertificateNext)),
        MetadataResult::NotListed => (Verdict::Warned, Some(FindingCode::CertificateNotInMetadata)),
        MetadataResult::SignerNotNamed
        | MetadataResult::NoUrl
        | MetadataResult::Unreachable(_)
        | MetadataResult::Unusable(_) => (Verdict::NotRun, None),
    }
}

#[cfg(test)]
mod tests {
    use model::{FieldProblem, Unreachable};

    use super::*;

    #[test]
    fn a_failed_metadata_check_is_not_reported_as_fine() {
        let unusable = MetadataLookup::Unusable(FieldProblem::NoSigningCertificate);
        for answer in [MetadataLookup::NoUrl, MetadataLookup::Unreachable(Unreachable::Redirected), unusable] {
            assert_eq!(judged(&result_of(answer)), (Verdict::NotRun, None));
        }
        assert_eq!(judged(&MetadataResult::SignerNotNamed), (Verdict::NotRun, None));
        assert_eq!(judged(&MetadataResult::NotListed).0, Verdict::Warned);
    }
}
