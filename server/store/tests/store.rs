//! The store's promises, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test, failing is the point")]

use chrono::{SubsecRound as _, TimeDelta};
use model::ids::{AccountId, RevisionId};
use model::members::InvitedRole;
use model::{ClaimMapping, IdpSettings, RevisionState, Role, SignInOptions, TeamStatus};
use sea_orm::prelude::Uuid;
use store::account_sessions::{self, AccountSession};
use store::accounts::Account;
use store::invitations::{self, Invitation};
use store::one_time_tokens::{self, OneTimeToken, TokenPurpose, TokenSubject};
use store::revisions::{self, NewRevision};
use store::teams::{self, Transition};
use store::testing::{DatabaseKind, TestDb, fresh, migrations};
use store::{ConnectionTrait as _, Db, Error, accounts, email_changes, on_both_databases, outbox};

mod support;

use support::{draft, id, idp, now, team};

on_both_databases!(
    migrations_go_up_down_and_up_again,
    what_is_written_reads_back_to_the_millisecond,
    an_address_has_one_account,
    a_session_ends_by_age_and_by_idleness,
    a_one_time_token_works_once,
    a_one_time_token_goes_with_its_subject_and_takes_what_it_is_about,
    an_invitation_outlives_its_link_and_has_one_at_a_time,
    a_code_that_this_version_does_not_know_is_an_error,
    a_status_changes_only_from_where_it_was_seen,
    a_team_has_at_most_one_draft_and_one_live_revision,
    a_live_revision_is_never_written_to,
    another_teams_rows_are_not_found,
    a_mail_is_claimed_by_one_replica,
    mails_of_one_moment_leave_as_they_were_written,
    an_unfinished_transaction_leaves_nothing,
);

async fn account(db: &Db, number: u8) -> AccountId {
    let account_id = id::<AccountId>(number);
    let account = Account {
        id: account_id,
        email: format!("a{number}@example.com"),
        password_hash: "hash".into(),
        email_verified_at: None,
        support_role: None,
        created_at: now(),
        deactivated_at: None,
        person_id: None,
    };
    accounts::insert(&db.autocommit(), account).await.unwrap();
    account_id
}

async fn sent_body(db: &Db, id: Uuid) -> Option<Vec<u8>> {
    use sea_orm::EntityTrait as _;
    store::entities::outbox::Entity::find_by_id(id).one(&db.autocommit()).await.unwrap().unwrap().sealed_body
}

async fn migrations_go_up_down_and_up_again(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    assert!(db.pending_migrations().await.unwrap().is_empty());
    db.migrate_down().await.unwrap();
    assert_eq!(db.pending_migrations().await.unwrap().len(), migrations());
    db.migrate().await.unwrap();
    team(db, 1).await;
}

async fn what_is_written_reads_back_to_the_millisecond(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let row = teams::by_slug(&db.autocommit(), &"team-1".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((row.team_id(), row.created_at), (team_id, now().trunc_subsecs(3)));
    assert_eq!(row.status, TeamStatus::Draft);
    let claims = ClaimMapping { email: Some("mail".into()), ..ClaimMapping::default() };
    let options = SignInOptions { force_authn: true, ..SignInOptions::default() };
    let new = NewRevision {
        id: id::<RevisionId>(1),
        team: team_id,
        idp: Some(idp()),
        metadata_url: Some("https://idp.example.com/metadata".into()),
        claims: claims.clone(),
        options: options.clone(),
    };
    revisions::insert_draft(&db.autocommit(), new, now()).await.unwrap();
    let stored = revisions::in_state(&db.autocommit(), team_id, RevisionState::Draft).await.unwrap().unwrap();
    assert_eq!((stored.idp, stored.claims, stored.number), (Some(idp()), claims, 1));
    assert_eq!(stored.options, options);
    assert_eq!(stored.metadata_url.as_deref(), Some("https://idp.example.com/metadata"));
}

async fn an_address_has_one_account(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    account(db, 1).await;
    let again = Account { id: id(2), ..accounts::by_email(&db.autocommit(), "a1@example.com").await.unwrap().unwrap() };
    assert!(matches!(accounts::insert(&db.autocommit(), again).await, Err(Error::Exists)));
}

async fn a_session_ends_by_age_and_by_idleness(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let account = account(db, 1).await;
    let session = AccountSession {
        token_hash: vec![1; 32],
        account_id: account,
        created_at: now(),
        last_used_at: now(),
        expires_at: now() + TimeDelta::hours(12),
        ip: None,
        user_agent: None,
        awaiting_factor: false,
        second_factor_at: None,
        authenticated_at: None,
        team_id: None,
        name_id: None,
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: None,
    };
    account_sessions::insert(&db.autocommit(), session).await.unwrap();
    let alive = async |after: TimeDelta| {
        let at = now() + after;
        account_sessions::by_token(&db.autocommit(), &[1; 32], at, at - TimeDelta::hours(1)).await.unwrap().is_some()
    };
    assert!(alive(TimeDelta::minutes(59)).await);
    assert!(!alive(TimeDelta::minutes(61)).await, "idle");
    account_sessions::touch(&db.autocommit(), &[1; 32], now() + TimeDelta::minutes(690)).await.unwrap();
    assert!(alive(TimeDelta::minutes(719)).await);
    assert!(!alive(TimeDelta::minutes(721)).await, "too old, though just used");
}

async fn a_one_time_token_works_once(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let token = OneTimeToken {
        token_hash: vec![1; 32],
        purpose: TokenPurpose::VerifyEmail,
        subject: TokenSubject::Nobody,
        created_at: now(),
        expires_at: now() + TimeDelta::hours(1),
    };
    one_time_tokens::insert(&db.autocommit(), token).await.unwrap();
    let consume = async |purpose, after: TimeDelta| {
        one_time_tokens::consume(&db.autocommit(), &[1; 32], purpose, now() + after).await.unwrap().is_some()
    };
    assert!(!consume(TokenPurpose::ResetPassword, TimeDelta::zero()).await);
    assert!(!consume(TokenPurpose::VerifyEmail, TimeDelta::hours(2)).await, "expired");
    assert!(consume(TokenPurpose::VerifyEmail, TimeDelta::zero()).await);
    assert!(!consume(TokenPurpose::VerifyEmail, TimeDelta::zero()).await, "used");
}

fn token(number: u8, purpose: TokenPurpose, subject: TokenSubject) -> OneTimeToken {
    let expires_at = now() + TimeDelta::hours(1);
    OneTimeToken { token_hash: vec![number; 32], purpose, subject, created_at: now(), expires_at }
}

async fn a_one_time_token_goes_with_its_subject_and_takes_what_it_is_about(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let connection = &db.autocommit();
    let subject = TokenSubject::Account(account(db, 1).await);
    let purpose = TokenPurpose::ConfirmEmailChange;
    for number in [1, 2, 3] {
        one_time_tokens::insert(connection, token(number, purpose, subject)).await.unwrap();
        let (old, new) = ("a1@example.com".to_owned(), format!("b{number}@example.com"));
        email_changes::insert(connection, vec![number; 32], old, new).await.unwrap();
    }
    let peek =
        async |number, purpose| email_changes::peek(connection, &[number; 32], purpose, now()).await.unwrap().is_some();
    assert!(!peek(1, TokenPurpose::UndoEmailChange).await, "for another purpose");
    let tries = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { email_changes::consume(&db.autocommit(), &[1; 32], purpose, now()).await.unwrap() })
    });
    let mut consumed = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        consumed.extend(one.await.unwrap().map(|change| change.new_email));
    }
    assert_eq!(consumed, ["b1@example.com"]);
    one_time_tokens::withdraw(connection, purpose, subject, Some(now() + TimeDelta::seconds(1))).await.unwrap();
    assert!(peek(2, purpose).await, "made before that");
    one_time_tokens::withdraw(connection, purpose, subject, None).await.unwrap();
    assert!(!peek(2, purpose).await && !peek(3, purpose).await);
    one_time_tokens::insert(connection, token(4, purpose, subject)).await.unwrap();
    accounts::set_email(connection, id::<AccountId>(9), "a1@example.com").await.unwrap();
    assert!(one_time_tokens::peek(connection, &[4; 32], purpose, now()).await.unwrap().is_none(), "its account went");
}

async fn an_invitation_outlives_its_link_and_has_one_at_a_time(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let connection = &db.autocommit();
    let invitation = Invitation {
        id: id(1),
        team_id: Some(team(db, 1).await),
        email: "a1@example.com".into(),
        role: InvitedRole::Member(Role::Viewer),
        invited_by: "root@example.com".into(),
        granter_id: None,
        granted_by_operator: true,
        sent_at: now(),
        expires_at: now() + TimeDelta::days(7),
    };
    invitations::insert(connection, invitation.clone(), vec![1; 32]).await.unwrap();
    let by_token = async |number, at| invitations::by_token(connection, &[number; 32], at).await.unwrap();
    assert_eq!(by_token(1, now()).await.as_ref(), Some(&invitation));
    let late = now() + TimeDelta::days(7);
    store::sweep::expired(connection, late).await.unwrap();
    assert!(by_token(1, now()).await.is_none(), "its link has expired");
    assert_eq!(invitations::pending(connection, invitation.team_id).await.unwrap(), std::slice::from_ref(&invitation));

    let tx = db.begin().await.unwrap();
    assert!(invitations::renew(&tx, invitation.clone(), vec![2; 32]).await.unwrap());
    assert!(invitations::renew(&tx, invitation.clone(), vec![3; 32]).await.unwrap());
    assert!(!invitations::consume(&tx, &invitation, &[2; 32], now()).await.unwrap(), "replaced");
    assert!(!invitations::consume(&tx, &invitation, &[3; 32], late).await.unwrap(), "expired");
    assert!(invitations::consume(&tx, &invitation, &[3; 32], now()).await.unwrap());
    assert!(!invitations::consume(&tx, &invitation, &[3; 32], now()).await.unwrap(), "accepted");
    assert!(!invitations::renew(&tx, invitation, vec![4; 32]).await.unwrap(), "there is none to renew");
    store::commit(tx).await.unwrap();
}

async fn a_code_that_this_version_does_not_know_is_an_error(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team = team(db, 1).await;
    db.autocommit().execute_unprepared("UPDATE teams SET status = 'archived'").await.unwrap();
    let read = teams::by_id(&db.autocommit(), team).await;
    assert!(matches!(read, Err(Error::UnknownValue { table: "teams", column: "status" })), "{read:?}");
}

async fn a_status_changes_only_from_where_it_was_seen(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team = team(db, 1).await;
    let submit = Transition {
        from: TeamStatus::Draft,
        to: TeamStatus::InReview,
        words: None,
        submitted_at: Some(now()),
        at: now(),
    };
    assert!(teams::change_status(&db.autocommit(), team, submit.clone()).await.unwrap());
    assert!(!teams::change_status(&db.autocommit(), team, submit).await.unwrap());
    let row = teams::by_id(&db.autocommit(), team).await.unwrap().unwrap();
    assert_eq!((row.status, row.submitted_at), (TeamStatus::InReview, Some(now())));
}

async fn a_team_has_at_most_one_draft_and_one_live_revision(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    draft(db, team_id, 1).await;
    let second = NewRevision {
        id: id::<RevisionId>(2),
        team: team_id,
        idp: None,
        metadata_url: None,
        claims: ClaimMapping::default(),
        options: SignInOptions::default(),
    };
    let refused = revisions::insert_draft(&db.autocommit(), second.clone(), now()).await;
    assert!(matches!(refused, Err(Error::Exists)), "{refused:?}");

    assert!(revisions::make_draft_live(&db.autocommit(), team_id, now()).await.unwrap());
    assert_eq!(revisions::insert_draft(&db.autocommit(), second, now()).await.unwrap().number, 2);
    assert!(revisions::make_draft_live(&db.autocommit(), team_id, now()).await.unwrap());
    let live = revisions::in_state(&db.autocommit(), team_id, RevisionState::Live).await.unwrap().unwrap();
    assert_eq!((live.number, live.live_at), (2, Some(now())));
    assert!(!revisions::make_draft_live(&db.autocommit(), team_id, now()).await.unwrap(), "no draft is left");
}

async fn a_live_revision_is_never_written_to(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let revision = draft(db, team_id, 1).await;
    revisions::make_draft_live(&db.autocommit(), team_id, now()).await.unwrap();
    let other = IdpSettings { entity_id: "urn:other".into(), ..idp() };
    let connection = &db.autocommit();
    assert!(!revisions::set_idp(connection, team_id, revision, &other, now()).await.unwrap());
    assert!(!revisions::set_claims(connection, team_id, revision, &ClaimMapping::default(), now()).await.unwrap());
    assert!(!revisions::touch(connection, team_id, revision, now()).await.unwrap());
    assert!(!revisions::delete_draft(connection, team_id).await.unwrap());
    let live = revisions::in_state(connection, team_id, RevisionState::Live).await.unwrap().unwrap();
    assert_eq!(live.idp, Some(idp()));
}

async fn another_teams_rows_are_not_found(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let (mine, other) = (team(db, 1).await, team(db, 2).await);
    let revision = draft(db, mine, 1).await;
    let connection = &db.autocommit();
    assert!(revisions::by_id(connection, mine, revision).await.unwrap().is_some());
    assert!(revisions::by_id(connection, other, revision).await.unwrap().is_none());
    let account = account(db, 1).await;
    teams::add_member(connection, mine, account, Role::Owner, now()).await.unwrap();
    assert_eq!(teams::role(connection, mine, account).await.unwrap(), Some(Role::Owner));
    assert_eq!(teams::role(connection, other, account).await.unwrap(), None);
}

fn mail(number: u8) -> outbox::OutboxMail {
    outbox::OutboxMail {
        id: Uuid::from_u128(number.into()),
        recipient: "a@example.com".into(),
        subject: "s".into(),
        created_at: now(),
        next_try_at: now(),
        tries: 0,
        sent_at: None,
        last_error: None,
        sealed_body: Some(vec![1]),
        dead_at: None,
    }
}

async fn a_mail_is_claimed_by_one_replica(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    outbox::insert(&db.autocommit(), mail(1)).await.unwrap();
    let due = outbox::due(&db.autocommit(), now(), 10).await.unwrap();
    let retry_at = now() + TimeDelta::minutes(1);
    assert!(outbox::claim(&db.autocommit(), &due[0], retry_at).await.unwrap());
    assert!(!outbox::claim(&db.autocommit(), &due[0], retry_at).await.unwrap());
    assert!(outbox::due(&db.autocommit(), now(), 10).await.unwrap().is_empty());
    assert_eq!(outbox::due(&db.autocommit(), retry_at, 10).await.unwrap().len(), 1, "due again, as it was not sent");
    outbox::mark_sent(&db.autocommit(), due[0].id, now()).await.unwrap();
    assert_eq!(sent_body(db, due[0].id).await, None, "one-time links do not stay");
    assert!(outbox::due(&db.autocommit(), retry_at, 10).await.unwrap().is_empty());
}

async fn mails_of_one_moment_leave_as_they_were_written(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let early = outbox::OutboxMail { next_try_at: now() - TimeDelta::seconds(1), ..mail(4) };
    for mail in [mail(3), mail(1), early, mail(2)] {
        outbox::insert(&db.autocommit(), mail).await.unwrap();
    }
    let due = outbox::due(&db.autocommit(), now(), 10).await.unwrap();
    assert_eq!(due.iter().map(|mail| mail.id.as_u128()).collect::<Vec<_>>(), [4, 1, 2, 3]);
}

async fn an_unfinished_transaction_leaves_nothing(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let team_id = team(db, 1).await;
    let tx = db.begin().await.unwrap();
    teams::rename(&tx, team_id, "Renamed").await.unwrap();
    drop(tx);
    let row = teams::by_id(&db.autocommit(), team_id).await.unwrap().unwrap();
    assert_eq!(row.name, "Team 1");
}
