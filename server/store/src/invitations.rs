//! Invitations: into a team, or into the vendor's support (then without a team).

use model::ids::{AccountId, InvitationId, TeamId};
use model::members::InvitationKind;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};

use crate::entities::invitations;
pub use crate::entities::invitations::Model as Invitation;
use crate::{Error, Result, Timestamp, Tx};

impl Invitation {
    /// Its identifier.
    #[must_use]
    pub fn invitation_id(&self) -> InvitationId {
        self.id.into()
    }

    /// What it invites to.
    pub fn kind(&self) -> Result<InvitationKind> {
        InvitationKind::parse(&self.kind).ok_or(Error::UnknownValue { table: "invitations", column: "kind" })
    }
}

/// Adds an invitation.
///
/// # Errors
/// [`Error::Exists`] if the address is invited there already.
pub async fn insert(db: &impl ConnectionTrait, invitation: Invitation) -> Result<()> {
    let row: invitations::ActiveModel = invitation.into();
    invitations::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The invitation whose link carries this token, unless it has expired.
pub async fn by_token(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<Option<Invitation>> {
    let found = invitations::Entity::find().filter(invitations::Column::TokenHash.eq(token_hash.to_vec()));
    Ok(found.filter(invitations::Column::ExpiresAt.gt(now)).one(db).await?)
}

fn of(team: Option<TeamId>) -> Select<invitations::Entity> {
    let all = invitations::Entity::find();
    match team {
        Some(team) => all.filter(invitations::Column::TeamId.eq(team.as_uuid())),
        None => all.filter(invitations::Column::TeamId.is_null()),
    }
}

/// What is not accepted yet of a team, or of the vendor; also what has expired. In the order
/// it was sent.
pub async fn pending(db: &impl ConnectionTrait, team: Option<TeamId>) -> Result<Vec<Invitation>> {
    let pending = of(team).order_by_asc(invitations::Column::SentAt).order_by_asc(invitations::Column::Id);
    Ok(pending.all(db).await?)
}

/// An invitation of a team, or of the vendor.
pub async fn by_id(db: &impl ConnectionTrait, team: Option<TeamId>, id: InvitationId) -> Result<Option<Invitation>> {
    Ok(of(team).filter(invitations::Column::Id.eq(id.as_uuid())).one(db).await?)
}

/// The invitation of an address into a team, or into support.
pub async fn by_email(db: &impl ConnectionTrait, team: Option<TeamId>, email: &str) -> Result<Option<Invitation>> {
    Ok(of(team).filter(invitations::Column::Email.eq(email)).one(db).await?)
}

/// Gives an invitation a new link, and whoever sends it now as its granter: the link before
/// stops working.
pub async fn renew(tx: &Tx, renewed: Invitation) -> Result<()> {
    let id = renewed.id;
    let row = invitations::ActiveModel {
        token_hash: Set(renewed.token_hash),
        invited_by: Set(renewed.invited_by),
        granter_id: Set(renewed.granter_id),
        granted_by_operator: Set(renewed.granted_by_operator),
        sent_at: Set(renewed.sent_at),
        expires_at: Set(renewed.expires_at),
        ..Default::default()
    };
    invitations::Entity::update_many().set(row).filter(invitations::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Uses an invitation up, if its link still is the one that was presented. Of two who try at
/// the same time, one gets it.
pub async fn consume(tx: &Tx, invitation: &Invitation) -> Result<bool> {
    let deleted = invitations::Entity::delete_many()
        .filter(invitations::Column::Id.eq(invitation.id))
        .filter(invitations::Column::TokenHash.eq(invitation.token_hash.clone()))
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Takes an invitation back.
pub async fn delete(tx: &Tx, id: InvitationId) -> Result<()> {
    invitations::Entity::delete_by_id(id.as_uuid()).exec(tx).await?;
    Ok(())
}

/// Every invitation that an account stands behind, whatever it invites to.
pub async fn of_granter(db: &impl ConnectionTrait, granter: AccountId) -> Result<Vec<Invitation>> {
    let theirs = invitations::Entity::find().filter(invitations::Column::GranterId.eq(granter.as_uuid()));
    Ok(theirs.order_by_asc(invitations::Column::Id).all(db).await?)
}

/// Withdraws an invitation: nobody stands behind it until somebody sends it again. Not if
/// somebody else has done so meanwhile.
pub async fn withdraw(tx: &Tx, invitation: &Invitation) -> Result<()> {
    let row = invitations::ActiveModel { granter_id: Set(None), ..Default::default() };
    invitations::Entity::update_many()
        .set(row)
        .filter(invitations::Column::Id.eq(invitation.id))
        .filter(invitations::Column::GranterId.eq(invitation.granter_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes every link back that would make somebody a team's first owner.
pub async fn delete_onboarding(tx: &Tx, team: TeamId) -> Result<()> {
    invitations::Entity::delete_many()
        .filter(invitations::Column::TeamId.eq(team.as_uuid()))
        .filter(invitations::Column::Kind.eq(InvitationKind::Onboarding.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}
