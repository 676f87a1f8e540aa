//! How the words of a search narrow support's list of teams. A rare word is looked up and gives the matching
//! teams; a frequent one is checked at each team of the list in turn, whose first teams soon fill a page.

use std::collections::BTreeSet;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait as _, IntoColumnRef, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::Result;
use crate::entities::team_listings::{Column, Entity};
use crate::entities::team_search_terms::{self, Column as Term};
use crate::text_search::{begins_with, column_begins_with};

/// More terms than there are. With a limit, both databases look for a word once and remember what it
/// finds, instead of looking for it at each team of the list in turn.
const ALL_TERMS: u64 = 10_000_000;
/// What the terms of a word are called where another word is looked for beside it.
const FOUND: &str = "found";

/// How many terms of teams a word may find before it is looked for in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordLimits {
    /// No more than these say which teams can be meant at all.
    pub few: u64,
    /// No more than these are looked up once, and remembered.
    pub many: u64,
    /// How many teams of the list are scanned for a word that finds more.
    pub scan_limit: u64,
}

impl Default for WordLimits {
    /// Measured with 100,000 teams (`script/bench support`).
    fn default() -> Self {
        Self { few: 2_000, many: 10_000, scan_limit: 2_500 }
    }
}

/// Which teams the words of a search leave.
#[derive(Clone, Debug)]
pub struct SearchMatches {
    narrowing: Narrowing,
    /// Words that each team of those must have, too.
    others: Vec<String>,
    scan_limit: u64,
}

#[derive(Clone, Debug)]
enum Narrowing {
    /// To these teams.
    Teams(BTreeSet<Uuid>),
    /// To the teams that have this word, which are looked up once.
    Word(String),
    /// There is no word, or all are of so many teams that the first of the list will do.
    Nothing,
}

/// Looks for words: each is a prefix of one of a team's terms.
pub async fn find_words(db: &impl ConnectionTrait, words: &[String], limits: WordLimits) -> Result<SearchMatches> {
    let mut teams: Option<BTreeSet<Uuid>> = None;
    let mut others = Vec::new();
    for word in words {
        // none of many are read: they are counted in the database
        if count_terms(db, word, limits.few + 1).await? > limits.few {
            others.push(word.clone());
            continue;
        }
        let found = team_search_terms::Entity::find().filter(begins_with(Term::Term, word)).select_only();
        let found = found.column(Term::TeamId).limit(limits.few).into_tuple::<Uuid>().all(db).await?;
        let found: BTreeSet<Uuid> = found.into_iter().collect();
        teams = Some(match teams {
            Some(before) => before.intersection(&found).copied().collect(),
            None => found,
        });
    }
    let narrowing = match teams {
        Some(teams) => Narrowing::Teams(teams),
        None => narrow_by_word(db, &mut others, limits.many).await?,
    };
    Ok(SearchMatches { narrowing, others, scan_limit: limits.scan_limit })
}

/// Has the rarest of frequent words say which teams can be meant, unless it finds more than `many` terms. The
/// others are left, the rarest first.
async fn narrow_by_word(db: &impl ConnectionTrait, words: &mut Vec<String>, many: u64) -> Result<Narrowing> {
    let mut counted = Vec::new();
    for word in words.drain(..) {
        counted.push((count_terms(db, &word, many + 1).await?, word));
    }
    counted.sort();
    let rarest = counted.first().is_some_and(|(terms, _)| *terms <= many).then(|| counted.remove(0).1);
    words.extend(counted.into_iter().map(|(_, word)| word));
    Ok(rarest.map_or(Narrowing::Nothing, Narrowing::Word))
}

/// How many terms a word finds; counts no further than `most`.
async fn count_terms(db: &impl ConnectionTrait, word: &str, most: u64) -> Result<u64> {
    count_rows(db, terms_of(word).limit(most).to_owned()).await
}

/// How many rows a query finds.
pub(super) async fn count_rows(db: &impl ConnectionTrait, query: SelectStatement) -> Result<u64> {
    let count = Query::select().expr_as(Expr::col(Asterisk).count(), "rows").from_subquery(query, "found").to_owned();
    let row = db.query_one(&count).await?.ok_or_else(|| DbErr::RecordNotFound("a count".to_owned()))?;
    Ok(row.try_get::<i64>("", "rows")?.unsigned_abs())
}

impl SearchMatches {
    /// How many teams of the list to scan, if every word is too frequent to be looked up.
    pub(super) fn scan_limit(&self) -> Option<u64> {
        (matches!(self.narrowing, Narrowing::Nothing) && !self.others.is_empty()).then_some(self.scan_limit)
    }

    /// The same with one word looked up, for when the scan found too few teams.
    pub(super) fn with_word_looked_up(&self) -> Self {
        let mut others = self.others.clone();
        match &self.narrowing {
            Narrowing::Nothing if !others.is_empty() => {
                Self { narrowing: Narrowing::Word(others.remove(0)), others, scan_limit: self.scan_limit }
            }
            _ => self.clone(),
        }
    }

    /// The condition on a team of the list.
    pub(super) fn condition(&self) -> Condition {
        let team = (Entity, Column::TeamId);
        let narrowed = match &self.narrowing {
            Narrowing::Teams(teams) => Condition::all().add(Column::TeamId.is_in(teams.iter().copied())),
            Narrowing::Word(word) => return Condition::all().add(Column::TeamId.in_subquery(self.teams_with(word))),
            Narrowing::Nothing => Condition::all(),
        };
        self.others.iter().fold(narrowed, |condition, other| condition.add(has_word(other, team)))
    }

    /// The teams that have a word, and the other ones. These are looked for at each team that has the first
    /// one: as a condition on the list, PostgreSQL would look for them at each team of that.
    fn teams_with(&self, word: &str) -> SelectStatement {
        let mut teams = Query::select();
        teams.column((FOUND, Term::TeamId)).from_as(team_search_terms::Entity, FOUND);
        teams.and_where(column_begins_with((FOUND, Term::Term), word));
        for other in &self.others {
            teams.and_where(has_word(other, (FOUND, Term::TeamId)));
        }
        teams.limit(ALL_TERMS).to_owned()
    }
}

/// The teams that have a word.
fn terms_of(word: &str) -> SelectStatement {
    Query::select()
        .column(Term::TeamId)
        .from(team_search_terms::Entity)
        .and_where(begins_with(Term::Term, word))
        .to_owned()
}

/// Whether a team has a word. The limit keeps PostgreSQL from looking for the word at all teams at once.
fn has_word(word: &str, team: impl IntoColumnRef) -> Expr {
    let of_team = Expr::col((team_search_terms::Entity, Term::TeamId)).equals(team);
    Expr::from(terms_of(word).and_where(of_team).limit(1).to_owned()).is_not_null()
}
