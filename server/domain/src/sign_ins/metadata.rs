//! Whether a certificate that we do not know is in the identity provider's metadata.

use chrono::TimeDelta;
use model::{EventKind, FindingCode, Verdict};
use store::attempt_events::{self, NewEvent};

use super::{Authorised, attempt};
use crate::connections::{InMetadata, current, look_in_metadata};
use crate::policy::Standing;
use crate::sign_on::MOST_EVENTS;
use crate::{Action, Actor, Error, Services};

/// Why nothing could be asked where the response keeps its signer to itself.
const NOT_NAMED: &str = "the metadata could not be asked: the response does not say which certificate signed it";

/// Asks the connection's App Federation Metadata URL about the certificate that an attempt
/// was signed with, and writes the answer down as an event of the attempt.
///
/// # Errors
/// [`Error::NotFound`] where the attempt was not refused for its certificate,
/// [`Error::TooMany`] if this was asked too often.
pub async fn ask_metadata(services: &Services, actor: &Actor, slug: &str, reference: &str) -> Result<(), Error> {
    let db = services.db.connection();
    let (team, role) = actor.team(db, slug, Action::Configure).await?;
    let id = team.team_id();
    let authorised = Authorised { team: Some(team), standing: Standing::Member(role) };
    let attempt = attempt(db, &authorised, reference).await?;
    let events = attempt_events::timeline(db, &attempt).await?;
    let unknown = events.iter().find(|event| event.finding == Some(FindingCode::CertificateUnknown));
    let unknown = unknown.ok_or(Error::NotFound)?;
    let thumbprint = unknown.actual.as_deref().and_then(|named| named.split(", ").next());
    if attempt.event_count >= MOST_EVENTS {
        return Err(Error::TooMany { retry_after: TimeDelta::days(1) });
    }
    let revision = current(db, id).await?.ok_or(Error::NotFound)?;
    let (verdict, finding, actual) = match thumbprint {
        Some(thumbprint) => {
            let answer = look_in_metadata(services, &revision, thumbprint).await?;
            let (verdict, finding) = found(&answer);
            (verdict, finding, format!("{thumbprint}: {}", words(&answer)))
        }
        None => (Verdict::NotRun, None, NOT_NAMED.to_owned()),
    };
    let event = NewEvent {
        kind: EventKind::MetadataAsked,
        verdict,
        finding,
        expected: None,
        actual: Some(actual),
        is_verified: true,
    };
    let tx = services.db.begin().await?;
    attempt_events::append(&tx, attempt.id, vec![event], services.now()).await?;
    Ok(store::commit(tx).await?)
}

const fn found(answer: &InMetadata) -> (Verdict, Option<FindingCode>) {
    match answer {
        InMetadata::Listed { .. } => (Verdict::Noted, Some(FindingCode::CertificateNext)),
        InMetadata::NotListed => (Verdict::Warned, Some(FindingCode::CertificateNotInMetadata)),
        InMetadata::NoUrl | InMetadata::Unreachable(_) | InMetadata::Unusable(_) => (Verdict::NotRun, None),
    }
}

fn words(answer: &InMetadata) -> String {
    let words = match answer {
        InMetadata::Listed { is_known: false } => {
            "the identity provider's metadata lists it. Add it in the step SAML Certificates"
        }
        InMetadata::Listed { is_known: true } => {
            "the metadata lists it, and it is added here. With that revision live, start again"
        }
        InMetadata::NotListed => {
            "the identity provider's metadata does not list it. Do not add it unless you know where it comes from"
        }
        InMetadata::NoUrl => {
            "the metadata could not be asked: no App Federation Metadata URL is known. Enter it in the step SAML Certificates, then ask again"
        }
        InMetadata::Unreachable(why) => return format!("the metadata could not be read: {why}"),
        InMetadata::Unusable(why) => return format!("the metadata could not be read: {why}"),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use model::{FieldProblem, Unreachable};

    use super::*;

    #[test]
    fn what_could_not_be_asked_is_not_called_fine() {
        let unusable = InMetadata::Unusable(FieldProblem::NoSigningCertificate);
        for answer in [InMetadata::NoUrl, InMetadata::Unreachable(Unreachable::Redirected), unusable] {
            assert_eq!(found(&answer), (Verdict::NotRun, None), "{answer:?}");
            assert!(words(&answer).contains("could not be"), "{answer:?}");
        }
        assert_eq!(found(&InMetadata::NotListed).0, Verdict::Warned);
    }
}
