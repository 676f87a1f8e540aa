//! The list, newest first, page by page.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use model::attempts::{AttemptFilter, AttemptPage, AttemptSubject};
use model::ids::{AttemptId, TeamId};
use model::{AttemptOutcome, AttemptSummary, FieldProblem, FindingCode, Reference, Timestamp};
use store::attempt_list::{self, AttemptQuery, AttemptTeams, FoundSubjects};
use store::attempts::{Attempt, AttemptStatus};
use store::team_index::search_words;
use store::team_list::{self, TeamQuery, WordLimits};
use store::teams::Team;
use store::{ConnectionTrait, ListPosition, people_list, teams};

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use crate::list_filters::{cursor, cut_to_page, end_of_day, non_empty, parse_cursor, search_parts, start_of_day};
use crate::{Actor, Error, Services};

/// After how long an attempt without a response may be stuck at the identity provider. For somebody who still
/// types a password there, the extra question does no harm.
const OVERDUE_AFTER: TimeDelta = TimeDelta::minutes(2);
/// Attempts on a page.
const PAGE_SIZE: u64 = 50;
/// So many teams can be looked at together.
const MAX_TEAMS: u64 = 10;
/// So many people can be meant by a part of a name or address.
const MAX_PEOPLE: u64 = 100;

/// A page of the list.
///
/// # Errors
/// [`Error::Invalid`] with the name of a filter that cannot be used.
#[tracing::instrument(skip_all, fields(team = scope.slug(), actor.kind = actor.kind().as_str()))]
pub async fn list(
    services: &Services,
    actor: &Actor,
    scope: &AttemptScope,
    filter: AttemptFilter,
) -> Result<AttemptPage, Error> {
    let db = services.db.connection();
    let viewer = AttemptViewer::authorise(db, actor, scope, AttemptPart::Report).await?;
    let query = query(db, &viewer, &filter).await?;
    let mut found = attempt_list::find(db, &query, services.now(), PAGE_SIZE + 1).await?;
    let older = cut_to_page(&mut found, PAGE_SIZE).map(|last| cursor(position_of(last)));
    let unknown_slug = match (&query.reference, &viewer.team) {
        (Some(reference), None) if found.is_empty() => services.unknown_slugs.by_reference(reference),
        _ => None,
    };
    let attempts = summaries(services, db, found).await?;
    let swept = match &viewer.team {
        Some(team) => store::attempt_limits::count(db, team.team_id()).await?,
        None => 0,
    };
    Ok(AttemptPage { attempts, older, filter, unknown_slug, swept })
}

/// What a filter asks the store for.
pub(super) async fn query(
    db: &impl ConnectionTrait,
    viewer: &AttemptViewer,
    filter: &AttemptFilter,
) -> Result<AttemptQuery, Error> {
    let mut problems = Vec::new();
    let mut reject = |field: &str, problem| problems.push((field.to_owned(), problem));
    let reference = non_empty(&filter.reference).map(str::parse::<Reference>).transpose();
    if reference.is_err() {
        reject(AttemptFilter::REFERENCE, FieldProblem::NotAReference);
    }
    let days = [(AttemptFilter::FROM, start_of_day(&filter.from)), (AttemptFilter::UNTIL, end_of_day(&filter.until))];
    let [from, until] = days.map(|(name, read)| {
        read.unwrap_or_else(|problem| {
            reject(name, problem);
            None
        })
    });
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let teams = match (&viewer.team, non_empty(&filter.team)) {
        (Some(team), _) => AttemptTeams::One(team.team_id()),
        (None, Some(text)) => named_teams(db, text).await?,
        (None, None) => AttemptTeams::All,
    };
    // no address holds a control character, and databases refuse some
    let person = filter.person.replace(char::is_control, "");
    let subjects = match non_empty(&person) {
        Some(text) => Some(subjects(db, &teams, text).await?),
        None => None,
    };
    Ok(AttemptQuery {
        teams,
        subjects,
        outcome: filter.outcome,
        finding: filter.finding,
        from,
        until,
        reference: reference.ok().flatten().map(|reference| reference.to_string()),
        kind: filter.kind,
        older_than: parse_cursor(&filter.older),
    })
}

/// The team with a slug, those with a name of several words, or those that are found by words of their names. One word
/// is rarely all of a name that somebody means: it finds the names that begin with it as well.
async fn named_teams(db: &impl ConnectionTrait, text: &str) -> Result<AttemptTeams, Error> {
    let refused = |problem| Error::field(AttemptFilter::TEAM, problem);
    if let Some(team) = teams::by_slug_text(db, text).await? {
        return Ok(AttemptTeams::One(team.team_id()));
    }
    let words = search_words(text);
    if words.is_empty() {
        return Err(refused(FieldProblem::NoTeamFound));
    }
    let named = match words.as_slice() {
        [_] => Vec::new(),
        _ => team_list::with_name(db, text.replace(char::is_control, "").trim(), MAX_TEAMS + 1).await?,
    };
    let found = if named.is_empty() { with_words(db, &words).await? } else { named };
    match found.as_slice() {
        [] => Err(refused(FieldProblem::NoTeamFound)),
        [team] => Ok(AttemptTeams::One(*team)),
        _ if u64::try_from(found.len()).is_ok_and(|count| count > MAX_TEAMS) => {
            Err(refused(FieldProblem::TooManyTeams { most: MAX_TEAMS }))
        }
        _ => Ok(AttemptTeams::Several(found)),
    }
}

/// One more than can be looked at together, if there are so many.
async fn with_words(db: &impl ConnectionTrait, words: &[String]) -> Result<Vec<TeamId>, Error> {
    let found = team_list::find_words(db, words, WordLimits::default()).await?;
    Ok(team_list::find_ids(db, &TeamQuery::default(), &found, MAX_TEAMS + 1, MAX_TEAMS + 1).await?.teams)
}

/// Whom a text may mean: in one team also whoever has it anywhere in their name or address.
async fn subjects(db: &impl ConnectionTrait, teams: &AttemptTeams, text: &str) -> Result<FoundSubjects, Error> {
    let people = match teams {
        AttemptTeams::One(team) => people_list::with_parts(db, *team, &search_parts(text), MAX_PEOPLE).await?,
        AttemptTeams::All | AttemptTeams::Several(_) => Vec::new(),
    };
    Ok(attempt_list::find_subjects(db, text, people).await?)
}

/// Where a page ends whose last attempt this is.
pub(super) fn position_of(attempt: &Attempt) -> ListPosition<AttemptId> {
    ListPosition { at: attempt.created_at, id: attempt.id }
}

/// Attempts as a list shows them; their teams are looked up at once.
pub(super) async fn summaries(
    services: &Services,
    db: &impl ConnectionTrait,
    attempts: Vec<Attempt>,
) -> Result<Vec<AttemptSummary>, Error> {
    let ids: BTreeSet<TeamId> = attempts.iter().map(|attempt| attempt.team_id).collect();
    let teams: HashMap<TeamId, Team> = teams::by_ids(db, ids).await?.into_iter().map(|team| (team.id, team)).collect();
    let with_team = attempts.iter().filter_map(|attempt| Some((attempt, teams.get(&attempt.team_id)?)));
    Ok(with_team.map(|(attempt, team)| summary_of(services, team, attempt)).collect())
}

/// Whether an open attempt has been away for so long that its person may be stuck on the identity
/// provider's own page.
pub(super) fn is_overdue(status: AttemptStatus, created_at: Timestamp, now: Timestamp) -> bool {
    status == AttemptStatus::Open && now - created_at >= OVERDUE_AFTER
}

/// What the list says of an attempt.
pub(crate) fn summary_of(services: &Services, team: &Team, attempt: &Attempt) -> AttemptSummary {
    let outcome = match attempt.status {
        AttemptStatus::Succeeded => AttemptOutcome::Succeeded,
        AttemptStatus::Failed => AttemptOutcome::Failed(attempt.finding_code().unwrap_or(FindingCode::Internal)),
        AttemptStatus::Open | AttemptStatus::Verified if attempt.expires_at > services.now() => AttemptOutcome::Waiting,
        AttemptStatus::Verified => AttemptOutcome::NotFinished,
        AttemptStatus::Open => AttemptOutcome::NeverReturned,
    };
    AttemptSummary {
        reference: Reference::from_stored(attempt.reference.clone()),
        team: team.slug.clone(),
        team_name: team.name.clone(),
        is_test: attempt.is_test,
        started_at: attempt.created_at,
        finished_at: attempt.finished_at,
        outcome,
        subject: attempt.subject.clone().map(|name| AttemptSubject { name, is_verified: attempt.name_id.is_some() }),
    }
}
