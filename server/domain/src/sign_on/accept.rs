//! A response that was verified: its person is provisioned and a one-time code issued.

use model::ids::PersonId;
use model::sign_on::Profile;
use model::{AuditAction, Claim, EventKind, FindingCode, TeamSlug, Timestamp};
use saml::logout::NameId;
use saml::response::VerifiedAssertion;
use store::attempt_events::NewEvent;
use store::attempts::{self, Attempt, VerifiedResponse, VerifiedSubject};
use store::consumed_assertions;
use store::people::{self, ProvisionedPerson};
use store::revisions::Revision;
use store::teams::{self, Team};

use super::findings::{Told, cut};
use super::idp_initiated::{begin_unasked, is_unasked};
use super::overtaken::{Basis, overtaken};
use super::refuse::{Refusing, refuse};
use super::remarks::remarks;
use super::staff::groups_missing;
use super::timeline::{Record, failed, passed};
use super::{CODE_LIFETIME, SignOnError, attempt, profile};
use crate::audit::Event;
use crate::row_budget::{self, Payer, Row};
use crate::{Actor, Error, Origin, Services, Token, audit, token, vendor_team};

/// A verified assertion's person, as they are stored.
struct Verified<'a> {
    assertion: &'a VerifiedAssertion,
    claims: Vec<Claim>,
    profile: Profile,
}

impl Verified<'_> {
    fn seen(&self) -> Result<VerifiedSubject, SignOnError> {
        let NameId { value, format, name_qualifier, sp_name_qualifier } = self.assertion.whole_name_id().clone();
        let email = self.profile.email.as_ref().map(ToString::to_string);
        Ok(VerifiedSubject {
            subject: email.unwrap_or_else(|| value.to_lowercase()),
            name_id: value,
            name_id_format: format,
            name_qualifier,
            sp_name_qualifier,
            session_index: self.assertion.session_indexes().to_lines(),
            profile: serde_json::to_value(&self.profile)?,
            claims: serde_json::to_value(&self.claims)?,
        })
    }
}

/// Lets a person in whose assertion was verified, unless it does not say enough of them, or
/// has been used.
pub(super) async fn accept(
    services: &Services,
    team: &Team,
    slug: &TeamSlug,
    revision: &Revision,
    attempt: Attempt,
    assertion: &VerifiedAssertion,
    mut record: Record,
) -> Result<String, SignOnError> {
    let (mapping, options) = (revision.claims.clone(), revision.options.clone());
    let claims = profile::claims(assertion);
    let profile = profile::profile(&claims, &mapping, assertion.name_id());
    let remarks = remarks(&claims, &mapping, &options, &profile, assertion);
    record.events.extend(remarks.events);
    let mut refusals = remarks.refusals;
    // whose group gives no role is told so when the code is redeemed, which a test does not do
    let roles = vendor_team::roles(team);
    if attempt.is_test && profile.groups.is_empty() && !roles.is_empty() {
        refusals.push((EventKind::Claims, groups_missing(&roles, &claims)));
    }
    let verified = Verified { assertion, claims, profile };
    let first = refusals.first().map(|(_, told)| told.clone());
    record.events.extend(refusals.into_iter().map(|(kind, told)| failed(kind, told, true)));
    if let Some(told) = first {
        let refusing = Refusing { told, record, seen: Some(verified.seen()?) };
        return Err(refuse(services, team, &attempt, refusing).await);
    }
    let code = Token::new(&*services.random);
    let refusing = match let_in(services, team, &attempt, &verified, &code, record).await? {
        LetIn::Yes => {
            tracing::info!(team = %slug, reference = attempt.reference, is_test = attempt.is_test, "response verified");
            let page = if is_unasked(&attempt) { "continue" } else { "complete" };
            return Ok(services.settings.urls.account(&format!("/sso/{slug}/{page}?code={}", code.reveal())));
        }
        LetIn::TooMany => return Err(SignOnError::refused(FindingCode::TooManyAttempts, None, Some(team))),
        LetIn::Replayed(record) => {
            let actual = Some(assertion.assertion_id().to_owned());
            Refusing::of(Told { actual, ..Told::of(FindingCode::Replayed) }, record)
        }
        LetIn::Overtaken(told, record) => Refusing { told, record, seen: Some(verified.seen()?) },
    };
    Err(refuse(services, team, &attempt, refusing).await)
}

/// Whether somebody was let in; where not, nothing was written.
enum LetIn {
    Yes,
    /// The assertion was used before, or another one ended the attempt at the same time.
    Replayed(Record),
    /// Something came between the request and the response.
    Overtaken(Told, Record),
    /// The team's identity provider lets in more than is written down.
    TooMany,
}

/// Pays for what a sign-in leaves behind: by the team whose identity provider proved it. For a
/// test, whose identity provider may be anybody's, all tests pay in common as well.
fn pay_for(
    services: &Services,
    attempt: &Attempt,
    verified: &Verified<'_>,
    record: &mut Record,
) -> Result<(), SignOnError> {
    let team = Payer::Team(attempt.team_id);
    let (end, xml_of_it, payers): (_, _, &[Payer]) = if attempt.is_test {
        (Row::TestEnd, Row::TestXml, &[Payer::Tests, team])
    } else {
        (Row::SignIn, Row::VerifiedXml, &[team])
    };
    let claims = serde_json::to_vec(&verified.claims)?.len();
    row_budget::pay(services, end, row_budget::units(claims, 4), payers)?;
    if let Some(xml) = &record.response {
        let size = row_budget::units(xml.len(), 1);
        if row_budget::pay(services, xml_of_it, size, payers).is_err() {
            record.response = None;
        }
    }
    Ok(())
}

/// One transaction: the assertion and the attempt are used up, the person is provisioned,
/// the code is issued.
async fn let_in(
    services: &Services,
    team: &Team,
    attempt: &Attempt,
    verified: &Verified<'_>,
    code: &Token,
    mut record: Record,
) -> Result<LetIn, SignOnError> {
    let now = services.now();
    let id = team.team_id();
    if pay_for(services, attempt, verified, &mut record).is_err() {
        return Ok(LetIn::TooMany);
    }
    let tx = services.db.begin().await?;
    let team = &teams::lock_shared(&tx, id).await?.ok_or(Error::NotFound)?;
    let basis = Basis::of_assertion(verified.assertion, &verified.profile);
    if let Some(told) = overtaken(services, &tx, team, attempt, &basis).await? {
        return Ok(LetIn::Overtaken(told, record));
    }
    if is_unasked(attempt) {
        begin_unasked(services, &tx, attempt).await?;
    }
    let assertion_hash = token::hash(verified.assertion.assertion_id());
    if !consumed_assertions::consume(&tx, id, &assertion_hash, verified.assertion.replay_until()).await? {
        return Ok(LetIn::Replayed(record));
    }
    let mut events = vec![passed(EventKind::Replay)];
    let person = if attempt.is_test {
        None
    } else {
        let (person, event) = provision(services, &tx, team, verified, now).await?;
        events.push(event);
        Some(person)
    };
    events.push(passed(EventKind::CodeIssued));
    let verified_attempt = VerifiedResponse {
        subject: verified.seen()?,
        person,
        session_not_after: verified.assertion.session_not_on_or_after(),
        assertion_issued_at: verified.assertion.issue_instant(),
        authenticated_at: verified.assertion.authn_instant(),
        certificate_sha256: verified.assertion.certificate_thumbprint_sha256().to_owned(),
        code_hash: code.hash(),
        code_expires_at: now + CODE_LIFETIME,
    };
    if !attempts::verify(&tx, id, attempt.id, verified_attempt).await? {
        return Ok(LetIn::Replayed(record));
    }
    record.events.extend(events);
    record.write(services, &tx, attempt).await?;
    store::commit(tx).await?;
    if !attempt.is_test && !is_unasked(attempt) {
        // its place among those who are away is free again
        let units = attempt::units(attempt.return_to.as_deref());
        services.paid.give_back(Row::Attempt, units, &[Payer::here()]);
    }
    Ok(LetIn::Yes)
}

/// Makes or updates the person, and says which.
async fn provision(
    services: &Services,
    tx: &store::Tx,
    team: &Team,
    verified: &Verified<'_>,
    now: Timestamp,
) -> Result<(PersonId, NewEvent), SignOnError> {
    let VerifiedSubject { name_id, profile, claims, .. } = verified.seen()?;
    let subject_key = profile::subject_key(&verified.claims, verified.assertion);
    let before = people::by_subject(tx, team.team_id(), &subject_key).await?;
    let seen = ProvisionedPerson {
        new_id: services.uuid().into(),
        team: team.team_id(),
        subject_key,
        name_id: name_id.clone(),
        profile,
        claims,
    };
    let (person, is_new) = people::provision(tx, seen, now).await?;
    if is_new {
        let event = Event::team(team.team_id(), AuditAction::PersonProvisioned).detail(cut(name_id));
        audit::record(services, tx, &Actor::anonymous(Origin::default()), event).await?;
    }
    let known = before.filter(|_| !is_new).map(|person| person.profile);
    Ok((person, known.map_or(passed(EventKind::PersonCreated), |known| updated(&known, &verified.profile))))
}

fn updated(before: &Profile, after: &Profile) -> NewEvent {
    let changes = profile::changes(before, after);
    let actual = if changes.is_empty() { "nothing changed".to_owned() } else { changes.join("; ") };
    NewEvent { actual: Some(actual), ..passed(EventKind::PersonUpdated) }
}
