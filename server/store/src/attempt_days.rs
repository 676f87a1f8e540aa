//! How many sign-ins a team had a day, and what they failed for. Each count reads an index alone, so that a
//! team with many sign-ins does not wait for them.

use model::FindingCode;
use model::ids::TeamId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};

use crate::code::Code;
use crate::entities::attempts;
use crate::{Result, Timestamp};

/// The sign-ins of one day, tests left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptDay {
    /// The day in UTC, as 2026-11-23.
    pub day: String,
    /// How many came back and passed every check.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

/// What sign-ins failed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingCount {
    /// The finding that ended them.
    pub finding: FindingCode,
    /// How many.
    pub count: u64,
    /// The latest one's reference.
    pub latest: String,
}

#[derive(FromQueryResult)]
struct CountedRow {
    day: String,
    kind: String,
    number: i64,
}

/// What is counted, and which of a team's attempts that are.
const COUNTED: [(&str, &str); 6] = [
    ("all", ""),
    ("open", " AND code_hash IS NULL AND finding IS NULL"),
    ("failed", " AND finding IS NOT NULL"),
    ("test", " AND is_test"),
    ("open_test", " AND is_test AND code_hash IS NULL AND finding IS NULL"),
    ("failed_test", " AND is_test AND finding IS NOT NULL"),
];

/// The days since a moment that had sign-ins, oldest first.
pub async fn days(db: &impl ConnectionTrait, team: TeamId, since: Timestamp) -> Result<Vec<AttemptDay>> {
    let backend = db.get_database_backend();
    let day = match backend {
        DbBackend::Postgres => "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        _ => "substr(created_at, 1, 10)",
    };
    let counts = COUNTED.map(|(kind, which)| {
        format!(
            "SELECT {day} AS day, '{kind}' AS kind, COUNT(*) AS number FROM attempts \
             WHERE team_id = $1 AND created_at >= $2{which} GROUP BY 1"
        )
    });
    let text = format!("{} ORDER BY 1", counts.join(" UNION ALL "));
    let statement = Statement::from_sql_and_values(backend, text, [team.as_uuid().into(), since.into()]);
    let rows = CountedRow::find_by_statement(statement).all(db).await?;
    Ok(by_day(&rows))
}

fn by_day(rows: &[CountedRow]) -> Vec<AttemptDay> {
    let mut days: Vec<AttemptDay> = Vec::new();
    for day in rows.chunk_by(|one, next| one.day == next.day) {
        let of = |kind: &str| {
            let found = day.iter().find(|row| row.kind == kind);
            found.and_then(|row| u64::try_from(row.number).ok()).unwrap_or(0)
        };
        let failed = of("failed").saturating_sub(of("failed_test"));
        let open = of("open").saturating_sub(of("open_test"));
        let passed = of("all").saturating_sub(of("test")).saturating_sub(failed).saturating_sub(open);
        days.extend(day.first().map(|row| AttemptDay { day: row.day.clone(), passed, failed }));
    }
    days
}

/// What a team's sign-ins failed for since a moment, the most frequent first, at most so many.
pub async fn failed_for(
    db: &impl ConnectionTrait,
    team: TeamId,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<FindingCount>> {
    use attempts::Column;
    let failed = attempts::Entity::find()
        .filter(Column::TeamId.eq(team.as_uuid()))
        .filter(Column::Finding.is_not_null())
        .filter(Column::CreatedAt.gte(since))
        .filter(Column::IsTest.eq(false));
    let counts: Vec<(Code<FindingCode>, i64)> = failed
        .clone()
        .select_only()
        .column(Column::Finding)
        .column_as(Column::Id.count(), "number")
        .group_by(Column::Finding)
        .order_by_desc(Column::Id.count())
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(counts.len());
    for (code, number) in counts {
        // one of a newer version is not known here
        let Some(finding) = code.clone().known() else { continue };
        let latest = failed.clone().filter(Column::Finding.eq(finding.as_str())).order_by_desc(Column::CreatedAt);
        if let Some(latest) = latest.one(db).await? {
            let count = u64::try_from(number).unwrap_or_default();
            found.push(FindingCount { finding, count, latest: latest.reference });
        }
    }
    Ok(found)
}
