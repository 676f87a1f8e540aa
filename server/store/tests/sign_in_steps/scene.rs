//! A team whose sign-ins take their steps, each as the transaction that every database has.

use chrono::TimeDelta;
use model::ids::{PersonId, RevisionId, TeamId};
use model::sign_in::Profile;
use model::{EventKind, Verdict};
use sea_orm::prelude::Uuid;
use store::attempt_events::NewEvent;
use store::attempts::{Attempt, VerifiedResponse, VerifiedSubject};
use store::received_logouts::{self, ReceivedLogout};
use store::sign_in_steps::{
    AcceptQuery, Acceptance, AcceptedResponse, ProvisionedBy, RedeemedCode, StartedAttempt, accept, insert_started,
    lock_for_accept, lock_with_code, redeem,
};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, revisions};

use crate::open_attempt::open_attempt;
use crate::support::{draft, id, now, team};

pub const NAME_ID: &str = "b.simon@contoso.com";

pub struct Scene {
    pub db: TestDb,
    pub team: TeamId,
    pub revision: RevisionId,
    pub attempt: Attempt,
}

pub fn event(kind: EventKind) -> NewEvent {
    NewEvent { kind, verdict: Verdict::Passed, finding: None, expected: None, actual: None, is_verified: true }
}

/// A team with a live revision, and a sign-in that has left.
pub async fn scene(kind: DatabaseKind) -> Scene {
    let db = fresh(kind).await;
    let team = team(&db.db, 1).await;
    let revision = draft(&db.db, team, 1).await;
    assert!(revisions::make_draft_live(&db.db.autocommit(), team, now()).await.unwrap());
    let attempt = started(&db.db, team, revision, 1).await;
    Scene { db, team, revision, attempt }
}

pub async fn started(db: &Db, team: TeamId, revision: RevisionId, number: u8) -> Attempt {
    let attempt = attempt(team, revision, number);
    insert_started(db, start(&attempt, &start_events())).await.unwrap();
    attempt
}

pub fn attempt(team: TeamId, revision: RevisionId, number: u8) -> Attempt {
    Attempt { event_count: 1, ..open_attempt(team, revision, number) }
}

pub fn start_events() -> [NewEvent; 1] {
    [event(EventKind::Started)]
}

pub fn start<'a>(attempt: &'a Attempt, events: &'a [NewEvent]) -> StartedAttempt<'a> {
    StartedAttempt { attempt, events, sealed_request: Some(attempt.relay_state_hash.clone()) }
}

fn verified(attempt: &Attempt) -> VerifiedResponse {
    VerifiedResponse {
        subject: VerifiedSubject {
            // no two values are alike: one in the column of another is found
            subject: "subject".into(),
            name_id: NAME_ID.into(),
            name_id_format: Some("format".into()),
            name_qualifier: Some("qualifier".into()),
            sp_name_qualifier: Some("qualifier of the service provider".into()),
            session_index: Some("_s".into()),
            profile: Profile::default(),
            claims: Vec::new(),
        },
        session_not_after: Some(now() + TimeDelta::hours(2)),
        assertion_issued_at: now() - TimeDelta::seconds(1),
        authenticated_at: Some(now() - TimeDelta::minutes(1)),
        authn_context: Some("context".into()),
        certificate_sha256: "AB".into(),
        // 7 of the first
        code_hash: attempt.relay_state_hash.iter().map(|number| number + 6).collect(),
        code_expires_at: now() + TimeDelta::minutes(1),
    }
}

pub fn accept_events() -> [NewEvent; 2] {
    [event(EventKind::Replay), event(EventKind::CodeIssued)]
}

/// The response to an attempt with such an assertion, which would give a new person such an identifier.
pub fn response<'a>(
    attempt: &Attempt,
    assertion: u8,
    person: Option<u8>,
    expected_live: Option<RevisionId>,
    events: &'a [NewEvent],
) -> AcceptedResponse<'a> {
    AcceptedResponse {
        team: attempt.team_id,
        attempt: attempt.id,
        assertion_hash: vec![assertion],
        replay_until: now() + TimeDelta::hours(1),
        person: person.map(|number| ProvisionedBy {
            new_id: id::<PersonId>(number),
            subject_key: "key".into(),
            search_text: "b.simon".into(),
        }),
        verified: verified(attempt),
        events,
        sealed_response: Some(vec![assertion]),
        expected_live,
        now: now(),
    }
}

/// The transaction that accepts the response; committed only where it was accepted.
pub async fn accepted(db: &Db, attempt: &Attempt, assertion: u8, person: Option<u8>, checks_live: bool) -> Acceptance {
    let expected_live = attempt.revision_id.filter(|_| checks_live);
    let tx = db.begin().await.unwrap();
    let (team, now) = (attempt.team_id, now());
    let question = AcceptQuery { team, subject_key: "key", name_id: NAME_ID, expected_live, now };
    let locked = lock_for_accept(&tx, question).await.unwrap().unwrap();
    if locked.is_changed {
        return Acceptance::Changed;
    }
    let events = accept_events();
    let acceptance = accept(&tx, response(attempt, assertion, person, expected_live, &events)).await.unwrap();
    if matches!(acceptance, Acceptance::Accepted(_)) {
        store::commit(tx).await.unwrap();
    }
    acceptance
}

pub fn redeem_events() -> [NewEvent; 2] {
    [event(EventKind::CodeRedeemed), event(EventKind::SessionCreated)]
}

/// The transaction that redeems the first attempt's code; committed only where it was redeemed.
pub async fn redeemed(db: &Db, token: u8) -> bool {
    let tx = db.begin().await.unwrap();
    let found = lock_with_code(&tx, &"team-1".parse().unwrap(), &[7]).await.unwrap().unwrap();
    assert!(found.attempt.is_some());
    let redeemed = RedeemedCode {
        team: found.team.id,
        code_hash: &[7],
        token_hash: vec![token],
        expires_at: now() + TimeDelta::hours(1),
        events: &redeem_events(),
        now: now(),
    };
    let is_redeemed = redeem(&tx, redeemed).await.unwrap();
    if is_redeemed {
        store::commit(tx).await.unwrap();
    }
    is_redeemed
}

pub async fn remember_logout(scene: &Scene) {
    let logout = ReceivedLogout {
        id: Uuid::from_u128(1),
        team_id: scene.team,
        name_id: NAME_ID.into(),
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: None,
        issued_at: now(),
        received_at: now(),
        expires_at: now() + TimeDelta::hours(1),
    };
    let tx = scene.db.db.begin().await.unwrap();
    received_logouts::insert(&tx, scene.team, vec![logout], 9).await.unwrap();
    store::commit(tx).await.unwrap();
}
