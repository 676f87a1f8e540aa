//! Transactions on an SQLite file that share a commit, and what each of them may do to the
//! others: nothing.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use crate::rows::{count_teams, has_team, insert_team};
use sea_orm::ConnectionTrait;
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, DbOptions, Error, Tx, commit};

/// However slow the machine is, a group ends because nobody waits, or because it is full.
pub async fn sqlite() -> (TestDb, Db) {
    let mut test = fresh(DatabaseKind::Sqlite).await;
    test.db.close().await.unwrap();
    let options = DbOptions { max_group_age: Duration::MAX, ..DbOptions::for_url(&test.url) };
    test.db = Db::connect_with(&test.url, options).await.unwrap();
    let other = Db::connect(&test.url).await.unwrap();
    (test, other)
}

/// Polls a future once, so that it waits in the queue.
macro_rules! let_wait {
    ($future:expr) => {
        tokio::select! {
            biased;
            _ = $future.as_mut() => panic!("it need not wait"),
            () = std::future::ready(()) => {}
        }
    };
}
pub(super) use let_wait;

async fn insert_and_commit(tx: Tx, number: u64) {
    insert_team(&tx, number).await.unwrap();
    commit(tx).await.unwrap();
}

/// Whether the next transaction and the one after it go well.
async fn assert_usable(db: &Db) {
    let before = count_teams(db).await;
    for number in [1_001, 1_002] {
        insert_and_commit(db.begin().await.unwrap(), number).await;
    }
    assert_eq!(count_teams(db).await, before + 2);
}

#[tokio::test]
async fn nobody_is_answered_before_the_group_is_committed() {
    let (test, other) = sqlite().await;
    let first = test.db.begin().await.unwrap();
    insert_team(&first, 1).await.unwrap();
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    let mut first = pin!(commit(first));
    // the second one gets its turn before the first one is committed
    let second = tokio::select! {
        biased;
        second = begin => second.unwrap(),
        _ = first.as_mut() => panic!("answered although the second one waited"),
    };
    insert_team(&second, 2).await.unwrap();
    let_wait!(first);
    assert_eq!(count_teams(&other).await, 0, "visible before the commit");
    let (one, two) = tokio::join!(first, commit(second));
    one.unwrap();
    two.unwrap();
    assert_eq!(count_teams(&other).await, 2);
}

/// Runs transactions that wait in one queue from the start: `true` are committed.
async fn run_together(db: &Db, keep: &[bool]) {
    let gate = db.begin().await.unwrap();
    let run = |(number, &keep): (usize, &bool)| {
        let db = db.clone();
        tokio::spawn(async move {
            let tx = db.begin().await.unwrap();
            insert_team(&tx, number as u64 + 1).await.unwrap();
            if keep {
                commit(tx).await.unwrap();
            }
        })
    };
    let running: Vec<_> = keep.iter().enumerate().map(run).collect();
    tokio::task::yield_now().await;
    drop(gate);
    for run in running {
        run.await.unwrap();
    }
}

#[tokio::test]
async fn whoever_rolls_back_does_so_alone() {
    for keep in [
        &[true, false, true][..],
        &[false, true, true],
        &[true, true, false],
        &[false, false, false],
        &[true, false, false, true, false],
    ] {
        let (test, other) = sqlite().await;
        run_together(&test.db, keep).await;
        for (number, &kept) in keep.iter().enumerate() {
            assert_eq!(has_team(&other, number as u64 + 1).await, kept, "{keep:?}: {number}");
        }
        assert_usable(&test.db).await;
    }
}

#[tokio::test]
async fn a_failed_constraint_harms_no_other_member() {
    let (test, other) = sqlite().await;
    let first = test.db.begin().await.unwrap();
    insert_team(&first, 1).await.unwrap();
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    let second = async {
        let second = begin.await.unwrap();
        assert!(matches!(insert_team(&second, 1).await, Err(Error::Exists)));
        insert_team(&second, 2).await.unwrap();
        commit(second).await.unwrap();
    };
    let (first, ()) = tokio::join!(commit(first), second);
    first.unwrap();
    assert_eq!(count_teams(&other).await, 2);
}

#[tokio::test]
async fn whoever_gives_up_waiting_leaves_the_queue() {
    let (test, other) = sqlite().await;
    let first = test.db.begin().await.unwrap();
    {
        let mut begin = pin!(test.db.begin());
        let_wait!(begin);
    }
    insert_and_commit(first, 1).await;
    assert_eq!(count_teams(&other).await, 1);
    assert_usable(&test.db).await;
}

/// Drops a future at the first, second, … time that it waits, until it comes to its end.
pub async fn drop_at_every_await<F: Future<Output = ()>>(db: &Db, make: impl Fn(Db, u64) -> F) {
    for steps in 1..100 {
        let mut future = Box::pin(make(db.clone(), steps));
        let mut polls = 0;
        let ended = std::future::poll_fn(|context| {
            polls += 1;
            match future.as_mut().poll(context) {
                std::task::Poll::Pending if polls < steps => std::task::Poll::Pending,
                poll => std::task::Poll::Ready(poll.is_ready()),
            }
        });
        let ended = tokio::time::timeout(Duration::from_mins(1), ended).await.expect("never stuck");
        drop(future);
        insert_and_commit(db.begin().await.unwrap(), 10_000 + steps).await;
        assert!(has_team(db, 10_000 + steps).await);
        if ended {
            return;
        }
    }
    panic!("it never ended");
}

#[tokio::test]
async fn a_transaction_dropped_at_any_point_is_whole_or_absent_and_blocks_nobody() {
    let (test, other) = sqlite().await;
    drop_at_every_await(&test.db, |db, number| async move {
        let tx = db.begin().await.unwrap();
        insert_team(&tx, 2 * number).await.unwrap();
        insert_team(&tx, 2 * number + 1).await.unwrap();
        commit(tx).await.unwrap();
    })
    .await;
    for number in 1..100 {
        let (one, two) = (has_team(&other, 2 * number).await, has_team(&other, 2 * number + 1).await);
        assert_eq!(one, two, "half of {number}");
    }
}

#[tokio::test]
async fn a_member_dropped_at_any_point_leaves_the_others_whole() {
    let (test, other) = sqlite().await;
    drop_at_every_await(&test.db, |db, number| async move {
        let keeps = async {
            let tx = db.begin().await.unwrap();
            insert_team(&tx, number).await.unwrap();
            commit(tx).await.unwrap();
        };
        let fails = async {
            let tx = db.begin().await.unwrap();
            insert_team(&tx, 1_000 + number).await.unwrap();
        };
        tokio::join!(keeps, fails);
    })
    .await;
    for number in 1..100 {
        assert!(!has_team(&other, 1_000 + number).await, "{number} was never committed");
    }
}

#[tokio::test]
async fn a_committer_who_goes_away_is_committed_and_blocks_nobody() {
    let (test, other) = sqlite().await;
    let first = test.db.begin().await.unwrap();
    insert_team(&first, 1).await.unwrap();
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    {
        let mut first = pin!(commit(first));
        let_wait!(first);
    }
    insert_and_commit(begin.await.unwrap(), 2).await;
    assert_eq!(count_teams(&other).await, 2);
}

#[tokio::test]
async fn a_panic_in_a_transaction_blocks_nobody() {
    let (test, other) = sqlite().await;
    let db = test.db.clone();
    let panicking = tokio::spawn(async move {
        let tx = db.begin().await.unwrap();
        insert_team(&tx, 1).await.unwrap();
        panic!("on purpose");
    });
    assert!(panicking.await.is_err());
    assert_usable(&test.db).await;
    assert!(!has_team(&other, 1).await);
}

#[tokio::test]
async fn everybody_of_a_group_that_sqlite_has_rolled_back_is_told() {
    let (test, other) = sqlite().await;
    let first = test.db.begin().await.unwrap();
    insert_team(&first, 1).await.unwrap();
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    let second = async {
        let second = begin.await.unwrap();
        // as SQLite does by itself when the disk is full
        second.execute_unprepared("ROLLBACK").await.unwrap();
        commit(second).await
    };
    let (first, second) = tokio::join!(commit(first), second);
    assert!(first.is_err() && second.is_err());
    assert_eq!(count_teams(&other).await, 0);
    assert_usable(&test.db).await;
}

#[tokio::test]
async fn a_transaction_in_which_a_statement_failed_is_not_committed() {
    let (test, other) = sqlite().await;
    let tx = test.db.begin().await.unwrap();
    insert_team(&tx, 1).await.unwrap();
    assert!(tx.execute_unprepared("INSERT INTO nowhere VALUES (1)").await.is_err());
    assert!(commit(tx).await.is_err());
    assert_eq!(count_teams(&other).await, 0);
    assert_usable(&test.db).await;
}

#[tokio::test]
async fn a_wait_for_another_process_is_bounded() {
    let (test, other) = sqlite().await;
    let options = DbOptions { max_wait: Duration::from_millis(500), ..DbOptions::for_url(&test.url) };
    let db = Db::connect_with(&test.url, options).await.unwrap();
    let theirs = other.begin().await.unwrap();
    assert!(matches!(db.begin().await, Err(Error::Busy)));
    insert_and_commit(theirs, 1).await;
    let ours = loop {
        match db.begin().await {
            Err(Error::Busy) => {}
            ours => break ours.unwrap(),
        }
    };
    insert_and_commit(ours, 2).await;
    assert_eq!(count_teams(&other).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_requests_that_go_away_at_random_every_answered_one_is_there_and_none_half() {
    let (test, other) = sqlite().await;
    let run = |number: u64| {
        let db = test.db.clone();
        let work = async move {
            let tx = db.begin().await.unwrap();
            insert_team(&tx, 2 * number).await.unwrap();
            insert_team(&tx, 2 * number + 1).await.unwrap();
            commit(tx).await.unwrap();
        };
        // some never wait for the end of it
        tokio::spawn(tokio::time::timeout(Duration::from_micros(number * 7_919 % 40_000), work))
    };
    let running: Vec<_> = (1..=300).map(run).collect();
    for (number, run) in (1..).zip(running) {
        let answered = run.await.unwrap().is_ok();
        let (one, two) = (has_team(&other, 2 * number).await, has_team(&other, 2 * number + 1).await);
        assert!((one && two) || !answered, "{number} was answered");
    }
    assert_usable(&test.db).await;
    for number in 1..=300 {
        assert_eq!(has_team(&other, 2 * number).await, has_team(&other, 2 * number + 1).await, "half of {number}");
    }
}
