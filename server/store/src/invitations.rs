//! Invitations: into a team, or into the vendor's support (then without a team). The link of
//! one is a one-time token; the invitation outlives it, so that it can be sent again.

use model::ids::{AccountId, InvitationId, TeamId};
use model::members::{InvitationKind, InvitedRole};
use model::{Role, SupportRole};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _, Select,
};

use crate::code::Code;
use crate::entities::invitations;
use crate::one_time_tokens::{self, OneTimeToken, TokenPurpose, TokenSubject};
use crate::row::{FromColumn as _, all, one};
use crate::{Error, Result, Timestamp, Tx};

/// The role of an invitation, by what it is to and by the code of the role.
fn invited_role(kind: Code<InvitationKind>, role: &str) -> Result<InvitedRole> {
    let unknown = || Error::UnknownValue { table: "invitations", column: "role" };
    Ok(match InvitationKind::from_column(kind, "invitations", "kind")? {
        InvitationKind::Member => InvitedRole::Member(Role::parse(role).ok_or_else(unknown)?),
        InvitationKind::Onboarding => InvitedRole::FirstOwner,
        InvitationKind::Support => InvitedRole::Support(SupportRole::parse(role).ok_or_else(unknown)?),
    })
}

/// An invitation that was not accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// What it gives.
    pub role: InvitedRole,
    /// The team; none for support.
    pub team_id: Option<TeamId>,
    /// The address that it was mailed to.
    pub email: String,
    /// Who sent it, as text: the account may go, the invitation stays.
    pub invited_by: String,
    /// The account that stands behind it; none once withdrawn, or if it is the operator's.
    pub granter_id: Option<AccountId>,
    /// Whether the operator stands behind it.
    pub granted_by_operator: bool,
    /// When its link was mailed.
    pub sent_at: Timestamp,
    /// Until when the link works.
    pub expires_at: Timestamp,
}

impl TryFrom<invitations::Model> for Invitation {
    type Error = Error;

    fn try_from(row: invitations::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            role: invited_role(row.kind, &row.role)?,
            team_id: row.team_id.map(Into::into),
            email: row.email,
            invited_by: row.invited_by,
            granter_id: row.granter_id.map(Into::into),
            granted_by_operator: row.granted_by_operator,
            sent_at: row.sent_at,
            expires_at: row.expires_at,
        })
    }
}

impl From<Invitation> for invitations::ActiveModel {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: Set(invitation.id.as_uuid()),
            kind: Set(invitation.role.kind().into()),
            team_id: Set(invitation.team_id.map(TeamId::as_uuid)),
            email: Set(invitation.email),
            role: Set(invitation.role.as_str().to_owned()),
            invited_by: Set(invitation.invited_by),
            granter_id: Set(invitation.granter_id.map(AccountId::as_uuid)),
            granted_by_operator: Set(invitation.granted_by_operator),
            sent_at: Set(invitation.sent_at),
            expires_at: Set(invitation.expires_at),
        }
    }
}

impl Invitation {
    fn token(&self, token_hash: Vec<u8>) -> OneTimeToken {
        OneTimeToken {
            token_hash,
            purpose: TokenPurpose::AcceptInvitation,
            subject: TokenSubject::Invitation(self.id),
            created_at: self.sent_at,
            expires_at: self.expires_at,
        }
    }
}

/// Adds an invitation with the hash of its link's token.
///
/// # Errors
/// [`crate::Error::Exists`] if the address is invited there already.
pub async fn insert(db: &impl ConnectionTrait, invitation: Invitation, token_hash: Vec<u8>) -> Result<()> {
    let token = invitation.token(token_hash);
    let row: invitations::ActiveModel = invitation.into();
    invitations::Entity::insert(row).exec_without_returning(db).await?;
    one_time_tokens::insert(db, token).await
}

/// The invitation whose link carries this token, unless it has expired.
pub async fn by_token(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<Option<Invitation>> {
    let token = one_time_tokens::peek(db, token_hash, TokenPurpose::AcceptInvitation, now).await?;
    match token.and_then(|token| token.subject.invitation()) {
        Some(id) => one(db, invitations::Entity::find_by_id(id.as_uuid())).await,
        None => Ok(None),
    }
}

fn select_by_team(team: Option<TeamId>) -> Select<invitations::Entity> {
    let invitations = invitations::Entity::find();
    match team {
        Some(team) => invitations.filter(invitations::Column::TeamId.eq(team.as_uuid())),
        None => invitations.filter(invitations::Column::TeamId.is_null()),
    }
}

/// What is not accepted yet of a team, or of the vendor; also what has expired. In the order
/// it was sent.
pub async fn pending(db: &impl ConnectionTrait, team: Option<TeamId>) -> Result<Vec<Invitation>> {
    let pending = select_by_team(team).order_by_asc(invitations::Column::SentAt).order_by_asc(invitations::Column::Id);
    all(db, pending).await
}

/// An invitation of a team, or of the vendor.
pub async fn by_id(db: &impl ConnectionTrait, team: Option<TeamId>, id: InvitationId) -> Result<Option<Invitation>> {
    one(db, select_by_team(team).filter(invitations::Column::Id.eq(id.as_uuid()))).await
}

/// The invitation of an address into a team, or into support.
pub async fn by_email(db: &impl ConnectionTrait, team: Option<TeamId>, email: &str) -> Result<Option<Invitation>> {
    one(db, select_by_team(team).filter(invitations::Column::Email.eq(email))).await
}

/// Gives an invitation a new link, and whoever sends it now as its granter: the link before
/// stops working. `false`: it was accepted or revoked meanwhile.
pub async fn renew(tx: &Tx, renewed: Invitation, token_hash: Vec<u8>) -> Result<bool> {
    let token = renewed.token(token_hash);
    let row = invitations::ActiveModel {
        invited_by: Set(renewed.invited_by),
        granter_id: Set(renewed.granter_id.map(AccountId::as_uuid)),
        granted_by_operator: Set(renewed.granted_by_operator),
        sent_at: Set(renewed.sent_at),
        expires_at: Set(renewed.expires_at),
        ..Default::default()
    };
    // the invitation before its token, as in `consume`: of two that lock in another order, one would fail
    let updated = invitations::Entity::update_many()
        .set(row)
        .filter(invitations::Column::Id.eq(renewed.id.as_uuid()))
        .exec(tx)
        .await?;
    if updated.rows_affected == 0 {
        return Ok(false);
    }
    one_time_tokens::withdraw(tx, token.purpose, token.subject, None).await?;
    one_time_tokens::insert(tx, token).await?;
    Ok(true)
}

/// Uses an invitation up, if its link still is the one that was presented. Of two who try at
/// the same time, one gets it.
pub async fn consume(tx: &Tx, invitation: &Invitation, token_hash: &[u8], now: Timestamp) -> Result<bool> {
    let id = invitation.id.as_uuid();
    invitations::Entity::find_by_id(id).lock(LockType::Update).one(tx).await?;
    let token = one_time_tokens::consume(tx, token_hash, TokenPurpose::AcceptInvitation, now).await?;
    if token.is_none_or(|token| token.subject != TokenSubject::Invitation(invitation.id)) {
        return Ok(false);
    }
    let deleted = invitations::Entity::delete_by_id(id).exec(tx).await?;
    Ok(deleted.rows_affected == 1)
}

/// Revokes an invitation: its link goes with it.
pub async fn delete(tx: &Tx, id: InvitationId) -> Result<()> {
    invitations::Entity::delete_by_id(id.as_uuid()).exec(tx).await?;
    Ok(())
}

/// Every invitation that an account stands behind, whatever it invites to.
pub async fn by_granter(db: &impl ConnectionTrait, granter: AccountId) -> Result<Vec<Invitation>> {
    let theirs = invitations::Entity::find().filter(invitations::Column::GranterId.eq(granter.as_uuid()));
    all(db, theirs.order_by_asc(invitations::Column::Id)).await
}

/// Withdraws an invitation: nobody stands behind it until somebody sends it again. Not if
/// somebody else has done so meanwhile.
pub async fn withdraw(tx: &Tx, invitation: &Invitation) -> Result<()> {
    let row = invitations::ActiveModel { granter_id: Set(None), ..Default::default() };
    invitations::Entity::update_many()
        .set(row)
        .filter(invitations::Column::Id.eq(invitation.id.as_uuid()))
        .filter(invitations::Column::GranterId.eq(invitation.granter_id.map(AccountId::as_uuid)))
        .exec(tx)
        .await?;
    Ok(())
}

/// Revokes every link that would make somebody a team's first owner.
pub async fn delete_onboarding(tx: &Tx, team: TeamId) -> Result<()> {
    invitations::Entity::delete_many()
        .filter(invitations::Column::TeamId.eq(team.as_uuid()))
        .filter(invitations::Column::Kind.eq(InvitationKind::Onboarding.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}
