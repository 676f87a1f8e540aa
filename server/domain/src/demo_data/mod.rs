//! Made-up teams, people and sign-ins, for trying the portal out and for measuring it.

mod names;
mod rows;

use store::demo_data;

use crate::team_list::list_missing;
use crate::{Error, Services, sign_in_days};
use rows::SharedValues;

/// Teams, people or sign-ins that one transaction adds.
const BATCH: u32 = 4_000;

/// How much to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// Teams.
    pub teams: u32,
    /// People, of all teams together.
    pub people: u32,
    /// Sign-ins, of all teams together.
    pub attempts: u32,
}

/// What is being made, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many teams are there.
    Teams(u32),
    /// So many people.
    People(u32),
    /// So many sign-ins.
    Attempts(u32),
    /// So many teams are in support's list.
    Listed(u32),
}

/// How many teams the database has: made-up ones do not belong among real ones.
pub async fn existing_teams(services: &Services) -> Result<u64, Error> {
    Ok(demo_data::count_teams(services.db.connection()).await?)
}

/// Makes teams, their people and their sign-ins of the last ninety days.
#[tracing::instrument(name = "demo_data.fill", skip_all, fields(actor.kind = "operator"))]
pub async fn fill(services: &Services, amounts: Amounts, mut report: impl FnMut(Progress)) -> Result<(), Error> {
    let shared = SharedValues::generate(services).await?;
    // numbers make names and addresses: those that an earlier run took stay its own
    let first = u32::try_from(existing_teams(services).await?).unwrap_or(u32::MAX);
    let mut teams = Vec::new();
    for batch in batches(amounts.teams) {
        let numbers = batch.clone().map(|number| first.saturating_add(number));
        let (added, rows) = rows::teams(services, &shared, numbers);
        teams.extend(added);
        let tx = services.db.begin().await?;
        demo_data::insert_teams(&tx, rows).await?;
        store::commit(tx).await?;
        report(Progress::Teams(batch.end));
    }
    // nobody belongs to no team
    let (people, attempts) = if teams.is_empty() { (0, 0) } else { (amounts.people, amounts.attempts) };
    for batch in batches(people) {
        let tx = services.db.begin().await?;
        demo_data::insert_people(&tx, rows::people(services, &teams, batch.clone())).await?;
        store::commit(tx).await?;
        report(Progress::People(batch.end));
    }
    let first_reference = services.random_bytes();
    for batch in batches(attempts) {
        let tx = services.db.begin().await?;
        let rows = rows::attempts(services, &teams, first_reference, amounts.attempts, batch.clone());
        demo_data::insert_attempts(&tx, rows).await?;
        store::commit(tx).await?;
        report(Progress::Attempts(batch.end));
    }
    let listed = |count: usize| report(Progress::Listed(u32::try_from(count).unwrap_or(u32::MAX)));
    list_missing(services, listed).await?;
    sign_in_days::count(services).await?;
    let tx = services.db.begin().await?;
    demo_data::analyze(&tx).await?;
    Ok(store::commit(tx).await?)
}

/// From nothing to `end`, in pieces.
fn batches(end: u32) -> impl Iterator<Item = std::ops::Range<u32>> {
    let count = end.div_ceil(BATCH);
    (0..count).map(move |batch| batch * BATCH..end.min((batch + 1).saturating_mul(BATCH)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_cover_everything_once() {
        for end in [0, 1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH] {
            assert_eq!(batches(end).flatten().collect::<Vec<_>>(), (0..end).collect::<Vec<_>>());
        }
    }
}
