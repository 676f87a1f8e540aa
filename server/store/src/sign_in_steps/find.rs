//! What a step begins with: the team at an address, which revision of it is live, and what else is
//! asked of the database first.

use std::sync::LazyLock;

use model::TeamSlug;
use model::ids::RevisionId;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, FromQueryResult as _, QueryResult, Statement, Value};

use crate::attempts::Attempt;
use crate::entities::{attempts, teams};
use crate::row::{columns, own_columns};
use crate::teams::Team;
use crate::{Result, Timestamp};

/// A team, as one statement saw it.
#[derive(Clone, Debug)]
pub struct TeamAtSlug {
    /// The team.
    pub team: Team,
    /// Its live revision.
    pub live: Option<RevisionId>,
}

static AT_SLUG: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {}, l.id AS live FROM teams t {LIVE} WHERE t.slug = $1", columns::<teams::Column>("t"))
});

/// What has neither a code nor a finding is open. Both numbers are counted in indexes alone, one of the open
/// ones and one of the tests: the rows are spread over the table, and a team may have hundreds.
static COUNT_OPEN: LazyLock<String> = LazyLock::new(|| {
    let open =
        "FROM attempts o WHERE o.team_id = t.id AND o.created_at > $2 AND o.code_hash IS NULL AND o.finding IS NULL";
    format!(
        "SELECT {}, l.id AS live, (SELECT COUNT(*) {open}) - (SELECT COUNT(*) {open} AND o.is_test) AS open \
         FROM teams t {LIVE} WHERE t.slug = $1",
        columns::<teams::Column>("t"),
    )
});

static WITH_REQUEST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, l.id AS live, {} FROM teams t {LIVE} \
         LEFT JOIN attempts a ON a.team_id = t.id AND a.request_id = $2 WHERE t.slug = $1",
        columns::<teams::Column>("t"),
        own_columns::<attempts::Column>("a"),
    )
});

const LIVE: &str = "LEFT JOIN revisions l ON l.team_id = t.id AND l.state = 'live'";

/// The team with this slug.
pub async fn at_slug(db: &impl ConnectionTrait, slug: &TeamSlug) -> Result<Option<TeamAtSlug>> {
    one(db, &AT_SLUG, [slug.as_str().into()]).await?.map(|row| team(&row)).transpose()
}

/// The team with this slug, and how many of its sign-ins are with the identity provider, of those
/// begun since a moment: as many as may be answered. Tests do not count.
pub async fn count_open_at_slug(
    db: &impl ConnectionTrait,
    slug: &TeamSlug,
    since: Timestamp,
) -> Result<Option<(TeamAtSlug, u64)>> {
    let Some(row) = one(db, &COUNT_OPEN, [slug.as_str().into(), since.into()]).await? else { return Ok(None) };
    let open: i64 = row.try_get("", "open")?;
    Ok(Some((team(&row)?, u64::try_from(open).unwrap_or_default())))
}

/// The team with this slug, and its attempt that sent this AuthnRequest, if one did.
pub async fn with_request(
    db: &impl ConnectionTrait,
    slug: &TeamSlug,
    request_id: &str,
) -> Result<Option<(TeamAtSlug, Option<Attempt>)>> {
    let Some(row) = one(db, &WITH_REQUEST, [slug.as_str().into(), request_id.into()]).await? else {
        return Ok(None);
    };
    Ok(Some((team(&row)?, attempt(&row)?)))
}

pub(super) async fn one(
    db: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    Ok(db.query_one_raw(statement).await?)
}

fn team(row: &QueryResult) -> Result<TeamAtSlug> {
    let live: Option<Uuid> = row.try_get("", "live")?;
    Ok(TeamAtSlug { team: team_row(row)?, live: live.map(RevisionId::from) })
}

/// The team of a row.
pub(super) fn team_row(row: &QueryResult) -> Result<Team> {
    teams::Model::from_query_result(row, "t_")?.try_into()
}

/// The attempt that was joined, if there was one.
pub(super) fn attempt(row: &QueryResult) -> Result<Option<Attempt>> {
    Option::<attempts::Model>::from_query_result(row, "")?.map(Attempt::try_from).transpose()
}
