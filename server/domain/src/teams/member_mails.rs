//! Mail to everybody who manages a team.

use store::Tx;
use store::teams::{self, Team};

use crate::mail::{self, Message};
use crate::{Error, Services};

/// Writes to every member of a team.
pub(crate) async fn mail_members(services: &Services, tx: &Tx, team: &Team, message: &Message) -> Result<(), Error> {
    for (email, _) in teams::members(tx, team.team_id()).await? {
        mail::enqueue(services, tx, &email, message).await?;
    }
    Ok(())
}
