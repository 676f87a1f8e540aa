//! The rows of made-up teams, people and sign-ins.

use std::ops::Range;

use chrono::TimeDelta;
use model::ids::{RevisionId, TeamId};
use model::sign_in::Profile;
use model::{
    ClaimMapping, FindingCode, IdentityProvider, IdpSettings, Reference, RevisionState, SignInOptions, SsoBinding,
    TeamSlug, TeamStatus, Timestamp,
};
use saml::sp_key::SpKey;
use store::accounts::Account;
use store::attempts::{Attempt, AttemptStatus, NewAttempt, open};
use store::demo_data::DemoTeams;
use store::people::Person;
use store::revisions::Revision;
use store::teams::Team;
use uuid::Uuid;

use super::names::{domain, team_name};
use crate::revisions::certificate_row;
use crate::{Error, Services};

/// For how many days sign-ins are made up.
const DAYS: i64 = 90;
/// One team in so many gets half of all sign-ins.
const BUSY: usize = 100;
/// Of so many teams, one cannot sign in since three days.
const FAILING: usize = 50;
/// In how many days the certificates end, each of as many teams.
const CERTIFICATE_DAYS: [i64; 8] = [-40, 12, 25, 80, 200, 400, 700, 1_000];

/// What many teams share, since making it takes a moment.
pub(super) struct SharedValues {
    certificates: Vec<SpKey>,
    /// Of a password that nobody knows.
    password_hash: String,
}

impl SharedValues {
    pub(super) async fn generate(services: &Services) -> Result<Self, Error> {
        let now = services.now();
        let serials: Vec<[u8; 16]> = CERTIFICATE_DAYS.iter().map(|_| services.random_bytes()).collect();
        let generate = move || {
            let valid = CERTIFICATE_DAYS.iter().zip(serials);
            let keys = valid.map(|(days, serial)| {
                SpKey::generate(
                    "Made-up identity provider",
                    serial,
                    now - TimeDelta::days(400),
                    now + TimeDelta::days(*days),
                )
            });
            keys.collect::<Result<Vec<_>, _>>()
        };
        let certificates = services.spawn_blocking_limited(generate).await??;
        let password = hex::encode(services.random_bytes::<32>());
        Ok(Self { certificates, password_hash: services.passwords.hash(&*services.random, &password).await? })
    }

    fn certificate_of(&self, number: u32) -> Option<&SpKey> {
        self.certificates.get(index(number) % self.certificates.len().max(1))
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// A team that was made up.
#[derive(Clone, Copy, Debug)]
pub(super) struct DemoTeam {
    id: TeamId,
    /// What its name and its domain are made from.
    number: u32,
}

/// Teams with these numbers.
pub(super) fn teams(
    services: &Services,
    shared: &SharedValues,
    numbers: impl Iterator<Item = u32>,
) -> (Vec<DemoTeam>, DemoTeams) {
    let mut added = Vec::new();
    let mut rows = DemoTeams::default();
    for number in numbers {
        let team = team(services, number);
        let account = account(services, shared, number, team.created_at);
        added.push(DemoTeam { id: team.id, number });
        rows.owners.push((team.id, account.id, team.created_at));
        if let Some(revision) = revision(services, &team, number) {
            let certificate = shared.certificate_of(number);
            rows.certificates
                .extend(certificate.map(|key| certificate_row(services, team.id, revision.id, key.certificate())));
            rows.revisions.push(revision);
        }
        rows.accounts.push(account);
        rows.teams.push(team);
    }
    (added, rows)
}

fn team(services: &Services, number: u32) -> Team {
    let created_at = services.now() - TimeDelta::days(DAYS) - TimeDelta::minutes(i64::from(number));
    let status = match number % 100 {
        0..=84 => TeamStatus::Active,
        85..=93 => TeamStatus::Draft,
        94..=96 => TeamStatus::ChangesRequested,
        97 | 98 => TeamStatus::Suspended,
        _ => TeamStatus::InReview,
    };
    let name = team_name(number);
    Team {
        id: services.uuid().into(),
        slug: TeamSlug::generate(&name, services.random_bytes()),
        name,
        status,
        status_words: None,
        submitted_at: (status == TeamStatus::InReview).then(|| created_at + TimeDelta::days(DAYS - 2)),
        created_at,
        second_factor_required: false,
        is_vendor: false,
        vendor_roles: None,
        identity_provider: None,
    }
}

/// An owner, whose password nobody knows.
fn account(services: &Services, shared: &SharedValues, number: u32, created_at: Timestamp) -> Account {
    Account {
        id: services.uuid().into(),
        email: format!("owner@{}", domain(number)),
        password_hash: shared.password_hash.clone(),
        email_verified_at: Some(created_at),
        support_role: None,
        created_at,
        deactivated_at: None,
        person_id: None,
    }
}

/// What a team has configured; nothing before it has begun.
fn revision(services: &Services, team: &Team, number: u32) -> Option<Revision> {
    let (state, live_at) = match team.status {
        TeamStatus::Draft => return None,
        TeamStatus::InReview | TeamStatus::ChangesRequested => (RevisionState::Draft, None),
        TeamStatus::Active | TeamStatus::Suspended => (RevisionState::Live, Some(team.created_at)),
    };
    Some(Revision {
        id: RevisionId::from(services.uuid()),
        team_id: team.id,
        number: 1,
        state,
        idp: Some(idp(services.uuid(), number)),
        metadata_url: None,
        claims: ClaimMapping::default(),
        options: SignInOptions {
            email_domains: domain(number).parse().unwrap_or_default(),
            ..SignInOptions::default()
        },
        created_at: team.created_at,
        updated_at: team.created_at,
        live_at,
    })
}

/// Addresses as such a provider has them; most are Entra's.
fn idp(tenant: Uuid, number: u32) -> IdpSettings {
    let domain = domain(number);
    let provider = match number % 10 {
        0..=5 => IdentityProvider::Entra,
        6 | 7 => IdentityProvider::Okta,
        8 => IdentityProvider::Keycloak,
        _ => IdentityProvider::AdFs,
    };
    let (entity_id, sso_url) = match provider {
        IdentityProvider::Okta => {
            let id = tenant.simple();
            (format!("http://www.okta.com/{id}"), format!("https://{domain}.okta.com/app/portal/{id}/sso/saml"))
        }
        IdentityProvider::Keycloak => {
            let realm = format!("https://login.{domain}/realms/main");
            (realm.clone(), format!("{realm}/protocol/saml"))
        }
        IdentityProvider::AdFs => {
            (format!("http://adfs.{domain}/adfs/services/trust"), format!("https://adfs.{domain}/adfs/ls/"))
        }
        _ => {
            (format!("https://sts.windows.net/{tenant}/"), format!("https://login.microsoftonline.com/{tenant}/saml2"))
        }
    };
    IdpSettings { entity_id, sso_url, slo_url: None, sso_binding: SsoBinding::default() }
}

/// People of the teams by turns.
pub(super) fn people(services: &Services, teams: &[DemoTeam], numbers: Range<u32>) -> Vec<Person> {
    let person = |number: u32| {
        let team = teams.get(index(number) % teams.len().max(1))?;
        let email = format!("person{number}@{}", domain(team.number));
        let at = services.now() - TimeDelta::minutes(1_000 + i64::from(number % 100_000));
        let profile = Profile { email: email.parse().ok(), ..Profile::default() };
        Some(Person {
            id: services.uuid().into(),
            team_id: team.id,
            subject_key: format!("{number:032x}"),
            search_text: store::people::search_text(&profile, &email),
            profile,
            name_id: email,
            deactivated_at: None,
            claims: Vec::new(),
            created_at: at,
            last_sign_in_at: at,
        })
    };
    numbers.filter_map(person).collect()
}

/// Sign-ins, the oldest first, of all teams; half of them of a few.
pub(super) fn attempts(
    services: &Services,
    teams: &[DemoTeam],
    first_reference: [u8; 8],
    of: u32,
    numbers: Range<u32>,
) -> Vec<Attempt> {
    let attempt = |number: u32| {
        let spread = if number.is_multiple_of(2) { (teams.len() / BUSY).max(1) } else { teams.len() };
        let position = index(number / 2) % spread.max(1);
        let team = teams.get(position)?;
        let age = TimeDelta::days(DAYS).num_seconds() * i64::from(of - number) / i64::from(of.max(1));
        let at = services.now() - TimeDelta::seconds(age);
        let status = status(position, number, age);
        let email = format!("person{}@{}", number % 1_000, domain(team.number));
        let new = NewAttempt {
            id: services.uuid().into(),
            team_id: team.id,
            reference: reference(first_reference, number).to_string(),
            request_id: format!("_{}", services.uuid().simple()),
            relay_state_hash: services.random_bytes::<32>().to_vec(),
            browser_hash: services.random_bytes::<32>().to_vec(),
            created_at: at,
            expires_at: at + TimeDelta::minutes(10),
        };
        let (is_over, has_succeeded) = (status != AttemptStatus::Open, status == AttemptStatus::Succeeded);
        let end = at + TimeDelta::seconds(4);
        Some(Attempt {
            is_test: number % 1_000 == 7,
            status,
            finished_at: is_over.then_some(end),
            finding: (status == AttemptStatus::Failed).then(|| finding(number).into()),
            subject: is_over.then(|| email.clone()),
            name_id: has_succeeded.then_some(email),
            // what has neither a code nor a finding is counted and indexed as open
            code_hash: has_succeeded.then(|| services.random_bytes::<32>().to_vec()),
            code_expires_at: has_succeeded.then_some(end),
            code_used_at: has_succeeded.then_some(end),
            ..open(new)
        })
    };
    numbers.filter_map(attempt).collect()
}

fn status(position: usize, number: u32, age: i64) -> AttemptStatus {
    if position % FAILING == FAILING - 1 && age < TimeDelta::days(3).num_seconds() {
        return AttemptStatus::Failed;
    }
    match number % 100 {
        1..=5 => AttemptStatus::Failed,
        50 => AttemptStatus::Open,
        _ => AttemptStatus::Succeeded,
    }
}

const fn finding(number: u32) -> FindingCode {
    match number % 3 {
        0 => FindingCode::EmailMissing,
        1 => FindingCode::WrongAudience,
        _ => FindingCode::AlgorithmSha1,
    }
}

/// References of one run differ, and begin where no other run did.
fn reference(first: [u8; 8], number: u32) -> Reference {
    let number = (u64::from_be_bytes(first) >> 24).wrapping_add(number.into());
    let symbol = |place: u32| u8::try_from(number >> (5 * place) & 31).unwrap_or_default();
    Reference::new([7, 6, 5, 4, 3, 2, 1, 0].map(symbol))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn references_of_a_run_differ() {
        for first in [[0; 8], [255; 8], [7; 8]] {
            let all: BTreeSet<_> = (0..10_000).map(|number| reference(first, number).to_string()).collect();
            assert_eq!(all.len(), 10_000);
        }
    }
}
