//! What a team's latest sign-ins show again and again, although they passed.

use model::attempts::{AttemptEvent, AttemptKind, RecentNote, RecentNotes};
use model::ids::AttemptId;
use model::{FindingCode, Reference, Timestamp, Verdict};
use store::attempt_list::{self, AttemptQuery, AttemptTeams};
use store::attempts::{Attempt, AttemptStatus};
use store::{ConnectionTrait, attempt_events};

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use crate::logout::mark_unanswered;
use crate::{Actor, Error, Services};

/// How many of the latest sign-ins are looked at, whatever became of them.
const LOOKED_AT: u64 = 40;
/// From how many sign-ins on something repeats.
const REPEATS: usize = 2;

/// The notes that repeat on the sign-ins of a team that passed lately.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see the team's sign-ins.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn recent_notes(services: &Services, actor: &Actor, slug: &str) -> Result<RecentNotes, Error> {
    let db = services.db.connection();
    let scope = AttemptScope::Team(slug.to_owned());
    let viewer = AttemptViewer::authorise(db, actor, &scope, AttemptPart::Report).await?;
    let teams = viewer.team.map_or(AttemptTeams::All, |team| AttemptTeams::One(team.team_id()));
    let query = AttemptQuery { teams, kind: Some(AttemptKind::SignIns), ..AttemptQuery::default() };
    let latest = attempt_list::find(db, &query, services.now(), LOOKED_AT).await?;
    let passed: Vec<_> = latest.into_iter().filter(|attempt| attempt.status == AttemptStatus::Succeeded).collect();
    let timelines = timelines(db, &passed, services.now()).await?;
    Ok(RecentNotes { sign_ins: passed.len(), notes: repeated(&passed, &timelines) })
}

async fn timelines(
    db: &impl ConnectionTrait,
    attempts: &[Attempt],
    now: Timestamp,
) -> Result<Vec<(AttemptId, Vec<AttemptEvent>)>, Error> {
    let ids: Vec<_> = attempts.iter().map(|attempt| attempt.id).collect();
    let mut timelines = attempt_events::of_attempts(db, &ids).await?;
    for (_, events) in &mut timelines {
        mark_unanswered(events, now);
    }
    Ok(timelines)
}

/// Each note once a sign-in; the most frequent first.
fn repeated(newest_first: &[Attempt], timelines: &[(AttemptId, Vec<AttemptEvent>)]) -> Vec<RecentNote> {
    let mut notes: Vec<RecentNote> = Vec::new();
    for attempt in newest_first {
        let events = timelines.iter().filter(|(id, _)| *id == attempt.id).flat_map(|(_, events)| events);
        let mut codes: Vec<FindingCode> = events.filter_map(note).collect();
        codes.sort_by_key(|code| code.as_str());
        codes.dedup();
        for code in codes {
            match notes.iter_mut().find(|note| note.code == code) {
                Some(note) => note.sign_ins += 1,
                None => notes.push(RecentNote {
                    code,
                    sign_ins: 1,
                    latest: Reference::from_stored(attempt.reference.clone()),
                }),
            }
        }
    }
    notes.retain(|note| note.sign_ins >= REPEATS);
    notes.sort_by_key(|note| std::cmp::Reverse(note.sign_ins));
    notes
}

/// What an event of a sign-in that passed is worth a look for: not that everything is as it should be.
fn note(event: &AttemptEvent) -> Option<FindingCode> {
    use FindingCode as Code;
    let code = event.finding?;
    let is_note = matches!(code, Code::GroupsObjectIds | Code::EmailLetterCase | Code::EmailPlus);
    (event.verdict == Verdict::Warned || is_note).then_some(code)
}
