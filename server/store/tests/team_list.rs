//! Support's list of teams finds the same teams, in the same order, however many teams a word is of.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test, failing is the point")]

use model::support::TeamSort;
use store::team_list::{
    self, CountedTeams, FoundTeams, SearchMatches, TeamListing, TeamPageStart, TeamQuery, WordLimits,
};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, on_both_databases};

#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use support::team_called;

on_both_databases!(words_find_the_same_teams_in_each_way, what_is_counted_of_frequent_words_is_never_too_much);

/// How the words of a search may be looked for.
const WAYS: [WordLimits; 4] = [
    WordLimits { few: 1_000, many: 1_000, scan_limit: 1_000 },
    WordLimits { few: 2, many: 1_000, scan_limit: 1_000 },
    WordLimits { few: 2, many: 5, scan_limit: 10 },
    WordLimits { few: 0, many: 0, scan_limit: 3 },
];
const SEARCHES: [&[&str]; 7] =
    [&[], &["team"], &["t", "red"], &["zebra"], &["zebra", "red"], &["blue", "17"], &["none"]];
const PAGE: u64 = 7;

/// Sixty teams; those whose names begin with Zebra stand at the end of the list, and are a third of it.
async fn teams(kind: DatabaseKind) -> (TestDb, Vec<String>) {
    let db = fresh(kind).await;
    let mut names = Vec::new();
    for number in 1..=60 {
        let first = if number % 3 == 0 { "Zebra" } else { "Amber" };
        let second = if number % 4 == 0 { "Red" } else { "Blue" };
        let name = format!("{first} Team {number:02} {second}");
        team_called(&db.db, number, &name).await;
        names.push(name.to_lowercase());
    }
    names.sort();
    (db, names)
}

fn expected(names: &[String], words: &[&str]) -> Vec<String> {
    let has = |name: &&String| words.iter().all(|word| name.split(' ').any(|term| term.starts_with(word)));
    names.iter().filter(has).cloned().collect()
}

async fn search(db: &Db, words: &[&str], limits: WordLimits) -> SearchMatches {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    team_list::find_words(db.connection(), &words, limits).await.unwrap()
}

async fn page(db: &Db, words: &SearchMatches, start: TeamPageStart) -> Vec<TeamListing> {
    let query = TeamQuery { start, ..TeamQuery::default() };
    team_list::find(db.connection(), &query, words, PAGE, PAGE).await.unwrap().teams
}

fn names_of(teams: &[TeamListing]) -> Vec<String> {
    teams.iter().map(|team| team.sort_name.clone()).collect()
}

async fn words_find_the_same_teams_in_each_way(kind: DatabaseKind) {
    let (db, names) = teams(kind).await;
    for words in SEARCHES {
        let expected = expected(&names, words);
        for limits in WAYS {
            let found = search(&db.db, words, limits).await;
            let (mut forwards, mut start, mut last) = (Vec::new(), TeamPageStart::First, None);
            loop {
                let teams = page(&db.db, &found, start).await;
                forwards.extend(names_of(&teams));
                let Some(team) = teams.last() else { break };
                start = TeamPageStart::After(team.position(TeamSort::Name));
                last = Some(team.clone());
            }
            assert_eq!(forwards, expected, "{words:?} {limits:?}");
            let Some(last) = last else { continue };
            let before = page(&db.db, &found, TeamPageStart::Before(last.position(TeamSort::Name))).await;
            let end = expected.len() - 1;
            assert_eq!(names_of(&before), expected[end.saturating_sub(7)..end], "{words:?} {limits:?}, backwards");
        }
    }
}

async fn what_is_counted_of_frequent_words_is_never_too_much(kind: DatabaseKind) {
    let (db, names) = teams(kind).await;
    for words in SEARCHES {
        let expected = u64::try_from(expected(&names, words).len()).unwrap();
        for limits in WAYS {
            let found = search(&db.db, words, limits).await;
            let query = TeamQuery::default();
            let CountedTeams { teams, is_cut_short } =
                team_list::count(db.db.connection(), &query, &found, 1_000).await.unwrap();
            assert!(teams == expected || (is_cut_short && teams < expected), "{words:?} {limits:?}: {teams}");
            let FoundTeams { teams, is_cut_short } =
                team_list::find(db.db.connection(), &query, &found, PAGE, 1_000).await.unwrap();
            let shown = u64::try_from(teams.len()).unwrap();
            assert!(shown == expected || (is_cut_short && shown >= PAGE && shown < expected), "{words:?} {limits:?}");
            let (first, counted) = team_list::first_page(db.db.connection(), &query, &found, 7, 1_000).await.unwrap();
            assert_eq!(counted, CountedTeams { teams: shown, is_cut_short }, "{words:?} {limits:?}");
            assert_eq!(names_of(&first), names_of(&teams[..first.len()]), "{words:?} {limits:?}");
            assert_eq!(first.len(), teams.len().min(7), "{words:?} {limits:?}");
        }
    }
}
