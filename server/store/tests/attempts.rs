//! What the store promises of sign-in attempts, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test, failing is the point")]
#![expect(clippy::disallowed_methods, reason = "what domain's AttemptRecorder calls is what is tested")]

use chrono::TimeDelta;
use model::attempts::OutcomeKind;
use model::ids::{AttemptId, RevisionId, TeamId};
use model::sign_in::Profile;
use model::{EventKind, FindingCode, Verdict};
use store::attempt_documents::{self, Document, DocumentKind};
use store::attempt_events::{self, AttemptStage, NewEvent};
use store::attempt_list::{self, AttemptQuery, AttemptTeams};
use store::attempts::{self, AttemptFailure, AttemptStatus, ReplacementCode, VerifiedResponse, VerifiedSubject};
use store::sign_in_steps::{Acceptance, AcceptedResponse, accept, with_request};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, ListPosition, consumed_assertions, on_both_databases};

#[path = "support/open_attempt.rs"]
mod open_attempt;
mod support;

use open_attempt::open_attempt;
use support::{draft, id, now, team};

on_both_databases!(
    an_attempt_ends_once,
    a_code_is_given_up_once_for_one_that_awaits_an_answer,
    another_teams_attempts_are_not_found,
    events_keep_their_order_even_at_the_same_time,
    a_list_goes_page_by_page_and_stays_within_its_team,
    old_attempts_go_with_all_that_hangs_on_them,
    an_assertion_is_consumed_once_even_at_the_same_time,
);

async fn attempt(db: &Db, team: TeamId, revision: RevisionId, number: u8) -> AttemptId {
    let attempt = open_attempt(team, revision, number);
    let attempt_id = attempt.id;
    attempts::insert(&db.autocommit(), attempt).await.unwrap();
    attempt_id
}

fn verified() -> VerifiedResponse {
    VerifiedResponse {
        subject: VerifiedSubject {
            subject: "b.simon@contoso.com".into(),
            name_id: "b.simon@contoso.com".into(),
            name_id_format: None,
            name_qualifier: None,
            sp_name_qualifier: None,
            session_index: None,
            profile: Profile::default(),
            claims: Vec::new(),
        },
        session_not_after: None,
        assertion_issued_at: now(),
        authenticated_at: Some(now()),
        authn_context: None,
        certificate_sha256: "0".repeat(64),
        code_hash: vec![7; 32],
        code_expires_at: now() + TimeDelta::seconds(60),
    }
}

/// Accepts the response of an attempt's; the assertion is another one each time.
async fn verify(db: &Db, team: TeamId, attempt: AttemptId, assertion: u8) -> bool {
    let tx = db.begin().await.unwrap();
    let response = AcceptedResponse {
        team,
        attempt,
        assertion_hash: vec![assertion],
        replay_until: now() + TimeDelta::hours(1),
        person: None,
        verified: verified(),
        events: &[],
        sealed_response: None,
        expected_live: None,
        now: now(),
    };
    let is_accepted = matches!(accept(&tx, response).await.unwrap(), Acceptance::Accepted(_));
    if is_accepted {
        store::commit(tx).await.unwrap();
    }
    is_accepted
}

async fn an_attempt_ends_once(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let revision = draft(db, team_id, 1).await;
    let attempt_id = attempt(db, team_id, revision, 1).await;
    let connection = &db.autocommit();
    assert!(verify(db, team_id, attempt_id, 1).await);
    assert!(!verify(db, team_id, attempt_id, 2).await);
    let failure = AttemptFailure::of(FindingCode::Expired);
    assert!(!attempts::fail(connection, team_id, attempt_id, AttemptStatus::Open, failure, now()).await.unwrap());

    let late = now() + TimeDelta::seconds(60);
    let by_code = async || attempts::by_code(connection, team_id, &[7; 32]).await.unwrap().unwrap();
    assert!(by_code().await.is_code_usable(now()) && !by_code().await.is_code_usable(late));
    let in_list = async |outcome, at| {
        let query = AttemptQuery { outcome: Some(outcome), ..AttemptQuery::default() };
        attempt_list::find(connection, &query, at, 9).await.unwrap().len()
    };
    assert_eq!((in_list(OutcomeKind::Waiting, now()).await, in_list(OutcomeKind::Waiting, late).await), (1, 0));
    assert_eq!((in_list(OutcomeKind::NotFinished, now()).await, in_list(OutcomeKind::NotFinished, late).await), (0, 1));
    assert_eq!(in_list(OutcomeKind::Succeeded, late).await, 0, "nobody has come for a session");
    assert!(attempts::redeem_code(connection, team_id, &[7; 32], now()).await.unwrap());
    assert!(!attempts::redeem_code(connection, team_id, &[7; 32], now()).await.unwrap());
    assert!(!by_code().await.is_code_usable(now()), "used, and known still");
    assert_eq!((in_list(OutcomeKind::Succeeded, late).await, in_list(OutcomeKind::NotFinished, late).await), (1, 0));
}

async fn a_code_is_given_up_once_for_one_that_awaits_an_answer(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let revision = draft(db, team_id, 1).await;
    let attempt_id = attempt(db, team_id, revision, 1).await;
    let connection = &db.autocommit();
    assert!(verify(db, team_id, attempt_id, 1).await);
    let by_code = async |code| attempts::by_code(connection, team_id, &[code; 32]).await.unwrap();
    let before = by_code(7).await.unwrap();
    assert!(!before.awaits_answer && before.authenticated_at == Some(now()));
    let next = || ReplacementCode {
        code_hash: vec![8; 32],
        expires_at: now() + TimeDelta::minutes(10),
        browser_hash: vec![9],
    };
    assert!(attempts::replace_code(connection, team_id, &[7; 32], next()).await.unwrap());
    assert!(!attempts::replace_code(connection, team_id, &[7; 32], next()).await.unwrap());
    assert!(by_code(7).await.is_none() && by_code(8).await.is_some_and(|attempt| attempt.awaits_answer));
    assert!(!attempts::redeem_code(connection, team_id, &[7; 32], now()).await.unwrap());
    assert!(attempts::redeem_code(connection, team_id, &[8; 32], now()).await.unwrap());
}

async fn another_teams_attempts_are_not_found(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (mine, other) = (team(db, 1).await, team(db, 2).await);
    let revision = draft(db, mine, 1).await;
    let attempt_id = attempt(db, mine, revision, 1).await;
    let connection = &db.autocommit();
    let at = async |slug: &str| with_request(connection, &slug.parse().unwrap(), "_1").await.unwrap().unwrap().1;
    assert!(at("team-1").await.is_some());
    assert!(at("team-2").await.is_none());
    assert!(attempts::by_relay_state(connection, mine, &[1]).await.unwrap().is_some());
    assert!(attempts::by_relay_state(connection, other, &[1]).await.unwrap().is_none());
    assert!(!verify(db, other, attempt_id, 1).await);
    assert!(verify(db, mine, attempt_id, 2).await);
}

fn event(kind: EventKind) -> NewEvent {
    NewEvent { kind, verdict: Verdict::Passed, finding: None, expected: None, actual: None, is_verified: true }
}

async fn events_keep_their_order_even_at_the_same_time(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let revision = draft(db, team_id, 1).await;
    let attempt_id = attempt(db, team_id, revision, 1).await;
    let writers = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            let tx = db.begin().await.unwrap();
            let events = vec![event(EventKind::Started), event(EventKind::RequestSent)];
            attempt_events::append(&tx, attempt_id, AttemptStage::End, &events, now()).await.unwrap();
            store::commit(tx).await.unwrap();
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let row = attempts::by_request_id_of_any_team(&db.autocommit(), "_1").await.unwrap().unwrap();
    assert_eq!(row.event_count, 16);
    let events = attempt_events::timeline(&db.autocommit(), &row).await.unwrap();
    assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), (0..16).collect::<Vec<_>>());
    for pair in events.chunks(2) {
        assert_eq!([pair[0].kind, pair[1].kind], [EventKind::Started, EventKind::RequestSent]);
    }
}

async fn a_list_goes_page_by_page_and_stays_within_its_team(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (mine, other) = (team(db, 1).await, team(db, 2).await);
    let (revision, foreign) = (draft(db, mine, 1).await, draft(db, other, 2).await);
    // all at the same moment: only the identifier tells them apart
    for number in 1..=5 {
        attempt(db, mine, revision, number).await;
    }
    attempt(db, other, foreign, 6).await;
    let page = async |older_than: Option<ListPosition<AttemptId>>| {
        let query = AttemptQuery { teams: AttemptTeams::One(mine), older_than, ..AttemptQuery::default() };
        attempt_list::find(&db.autocommit(), &query, now(), 2).await.unwrap()
    };
    let mut seen = Vec::new();
    let mut place = None;
    loop {
        let rows = page(place).await;
        let Some(last) = rows.last() else { break };
        place = Some(ListPosition { at: last.created_at, id: last.id });
        seen.extend(rows.into_iter().map(|row| row.reference));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1].map(|number| format!("SSO-0000-000{number}")));
    let by_reference = async |team| attempt_list::by_reference(&db.autocommit(), team, "SSO-0000-0006").await.unwrap();
    assert!(by_reference(Some(mine)).await.is_none());
    assert!(by_reference(Some(other)).await.is_some() && by_reference(None).await.is_some());
    let failure =
        AttemptFailure { subject: Some("b.simon@contoso.com".into()), ..AttemptFailure::of(FindingCode::Expired) };
    let failed = id::<AttemptId>(3);
    attempts::fail(&db.autocommit(), mine, failed, AttemptStatus::Open, failure, now()).await.unwrap();
    let by_subject = async |text: &str| {
        let subjects = attempt_list::find_subjects(&db.autocommit(), text, Vec::new()).await.unwrap();
        AttemptQuery { subjects: Some(subjects), ..AttemptQuery::default() }
    };
    for query in [
        AttemptQuery { finding: Some(FindingCode::Expired), ..AttemptQuery::default() },
        AttemptQuery { outcome: Some(OutcomeKind::Failed), ..AttemptQuery::default() },
        by_subject("b.simon@contoso.com").await,
        by_subject("B.Sim").await,
        AttemptQuery { teams: AttemptTeams::Several(vec![other, mine]), ..by_subject("b.").await },
    ] {
        let rows = attempt_list::find(&db.autocommit(), &query, now(), 9).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [failed], "{query:?}");
    }
    let count = async |outcome, at| {
        let query = AttemptQuery { outcome: Some(outcome), ..AttemptQuery::default() };
        attempt_list::find(&db.autocommit(), &query, at, 9).await.unwrap().len()
    };
    let late = now() + TimeDelta::minutes(10);
    assert_eq!((count(OutcomeKind::Waiting, now()).await, count(OutcomeKind::NeverReturned, now()).await), (5, 0));
    assert_eq!((count(OutcomeKind::Waiting, late).await, count(OutcomeKind::NeverReturned, late).await), (0, 5));
}

async fn old_attempts_go_with_all_that_hangs_on_them(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let revision = draft(db, team_id, 1).await;
    let connection = &db.autocommit();
    let attempt_id = attempt(db, team_id, revision, 1).await;
    let started = [event(EventKind::Started)];
    attempt_events::append(connection, attempt_id, AttemptStage::Start, &started, now()).await.unwrap();
    for kind in [DocumentKind::Request, DocumentKind::Response] {
        let document = Document { attempt_id, kind, sealed: vec![1], created_at: now() };
        attempt_documents::insert(connection, document).await.unwrap();
    }
    let row = attempts::by_request_id_of_any_team(connection, "_1").await.unwrap().unwrap();
    let before = now() - TimeDelta::seconds(1);
    assert_eq!(attempt_documents::kept_kinds(connection, &row, before).await.unwrap().len(), 2);
    assert!(attempt_documents::kept(connection, &row, now()).await.unwrap().is_empty(), "too old to be shown");
    assert_eq!(attempt_documents::delete_before(connection, before, 9).await.unwrap(), 0);
    assert_eq!(attempt_list::delete_before(connection, before, 9).await.unwrap(), 0);
    assert_eq!(attempt_documents::delete_before(connection, now(), 1).await.unwrap(), 1, "no more than asked for");
    assert_eq!(attempt_documents::delete_before(connection, now(), 9).await.unwrap(), 1);
    assert_eq!(attempt_list::delete_before(connection, now(), 9).await.unwrap(), 1);
    assert!(attempt_events::timeline(connection, &row).await.unwrap().is_empty());
}

async fn an_assertion_is_consumed_once_even_at_the_same_time(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (mine, other) = (team(db, 1).await, team(db, 2).await);
    let until = now() + TimeDelta::hours(1);
    let tries = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(
            async move { consumed_assertions::consume(&db.autocommit(), mine, &[9; 32], until).await.unwrap() },
        )
    });
    let mut accepted = 0;
    for one in tries.collect::<Vec<_>>() {
        accepted += u32::from(one.await.unwrap());
    }
    assert_eq!(accepted, 1);
    assert!(consumed_assertions::consume(&db.autocommit(), other, &[9; 32], until).await.unwrap(), "another team's");
}
