//! Invitations by mail: into a team, to become its first owner, or into the vendor's support.
//!
//! All are one mechanism: a link that works once, within seven days, and is kept as a hash.
//! Opening it changes nothing. A new link replaces the one before. Who may send which is
//! decided where they are sent: `members`, `onboarding`, `staff`; and again when the link is
//! used: `grants`.

mod accept;

use chrono::TimeDelta;
use model::ids::TeamId;
use model::members::{InvitationKind, InvitationState, InvitationView};
use model::{AuditAction, EmailAddress, FieldProblem, Role, SupportRole};
use store::invitations::{self, Invitation};
use store::{ConnectionTrait, Tx};

pub(crate) use accept::is_onboarding_of;
pub use accept::{accept, accept_with_password, open};

use crate::audit::{self, Event};
use crate::grants::{self, Granter};
use crate::limits::{self, Purpose, Subject};
use crate::mail::{self, Deed, MembersMail, Message};
use crate::{Actor, Error, Services, Token};

/// How long a link works.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// What somebody is invited to.
#[derive(Clone, Debug)]
pub(crate) enum Invited {
    /// Into a team.
    Member(Role),
    /// To be a new team's first owner.
    Onboarding,
    /// Into support.
    Staff(SupportRole),
}

impl Invited {
    const fn kind(&self) -> InvitationKind {
        match self {
            Self::Member(_) => InvitationKind::Member,
            Self::Onboarding => InvitationKind::Onboarding,
            Self::Staff(_) => InvitationKind::Staff,
        }
    }

    fn role(&self) -> &'static str {
        match self {
            Self::Member(role) => role.as_str(),
            Self::Onboarding => Role::Owner.as_str(),
            Self::Staff(role) => role.as_str(),
        }
    }

    fn of(invitation: &Invitation) -> Result<Self, Error> {
        let unknown = || store::Error::UnknownValue { table: "invitations", column: "role" };
        Ok(match invitation.kind {
            InvitationKind::Member => Self::Member(Role::parse(&invitation.role).ok_or_else(unknown)?),
            InvitationKind::Onboarding => Self::Onboarding,
            InvitationKind::Staff => Self::Staff(SupportRole::parse(&invitation.role).ok_or_else(unknown)?),
        })
    }
}

/// A team that somebody is invited to, as its mails name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct To<'a> {
    /// The team; none for the vendor's support.
    pub(crate) team: Option<TeamId>,
    /// Its name.
    pub(crate) name: &'a str,
}

impl To<'_> {
    /// The vendor's support.
    pub(crate) const SUPPORT: To<'static> = To { team: None, name: "" };
}

/// An e-mail address as it was typed.
pub(crate) fn check_email(email: &str) -> Result<EmailAddress, FieldProblem> {
    let problem = if email.trim().is_empty() { FieldProblem::Missing } else { FieldProblem::NotAnEmail };
    email.parse().map_err(|_| problem)
}

/// Counts a mail that the actor causes.
pub(crate) async fn count(services: &Services, actor: &Actor) -> Result<(), Error> {
    let Some(account) = actor.signed_in() else { return Ok(()) };
    let id = account.id.to_string();
    limits::count(services, Purpose::Invitation, &[Subject::Account(&id), Subject::Address(actor.origin.ip)]).await
}

/// Invites an address and mails its link.
pub(crate) async fn send(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    to: To<'_>,
    email: &EmailAddress,
    invited: &Invited,
) -> Result<Token, Error> {
    let granter = Granter::of(actor)?;
    grants::lock(tx, to.team, Some(granter)).await?;
    if invitations::by_email(tx, to.team, email.as_str()).await?.is_some() {
        return Err(Error::field("email", FieldProblem::AlreadyInvited));
    }
    let token = Token::new(&*services.random);
    let now = services.now();
    let invitation = Invitation {
        id: services.uuid().into(),
        kind: invited.kind(),
        team_id: to.team,
        email: email.to_string(),
        role: invited.role().to_owned(),
        invited_by: actor.words(),
        granter_id: granter.account_id(),
        granted_by_operator: granter == Granter::Operator,
        sent_at: now,
        expires_at: now + LIFETIME,
    };
    grants::check(services, tx, &invitation).await?;
    match invitations::insert(tx, invitation.clone(), token.hash()).await {
        Err(store::Error::Exists) => return Err(Error::field("email", FieldProblem::AlreadyInvited)),
        other => other?,
    }
    let action = match invited {
        Invited::Member(_) => AuditAction::MemberInvited,
        Invited::Onboarding => AuditAction::OnboardingLinkSent,
        Invited::Staff(_) => AuditAction::StaffInvited,
    };
    let event = Event::of(to.team, action).on(email.as_str());
    audit::record(services, tx, actor, event.detail(Some(invited.role().to_owned()))).await?;
    mail_link(services, tx, actor, to, &invitation, &token).await?;
    Ok(token)
}

/// Where a link leads.
pub(crate) fn link(services: &Services, token: &Token) -> String {
    services.settings.urls.account(&format!("/invite/{}", token.reveal()))
}

async fn mail_link(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    to: To<'_>,
    invitation: &Invitation,
    token: &Token,
) -> Result<(), Error> {
    let (link, team, deed) = (link(services, token), to.name.to_owned(), Deed::of(services, actor));
    let expires_at = invitation.expires_at;
    let invited = Invited::of(invitation)?;
    let role = invited.role();
    let mail = match invited {
        Invited::Member(_) => MembersMail::Invitation { link, team, role, expires_at, deed },
        Invited::Onboarding => MembersMail::OnboardingLink { link, team, expires_at },
        Invited::Staff(_) => MembersMail::StaffInvitation { link, role, expires_at, deed },
    };
    mail::enqueue(services, tx, &invitation.email, &Message::Members(mail)).await
}

/// An invitation of a team or of the vendor, of one of these kinds.
async fn find(tx: &Tx, team: Option<TeamId>, id: &str, kinds: &[InvitationKind]) -> Result<Invitation, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let found = invitations::by_id(tx, team, id).await?.ok_or(Error::NotFound)?;
    if kinds.contains(&found.kind) { Ok(found) } else { Err(Error::NotFound) }
}

/// Mails a new link, which whoever sends it now stands behind; the one before stops working.
pub(crate) async fn resend(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    to: To<'_>,
    id: &str,
    kinds: &[InvitationKind],
) -> Result<(), Error> {
    let granter = Granter::of(actor)?;
    grants::lock(tx, to.team, Some(granter)).await?;
    let found = find(tx, to.team, id, kinds).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let renewed = Invitation {
        invited_by: actor.words(),
        granter_id: granter.account_id(),
        granted_by_operator: granter == Granter::Operator,
        sent_at: now,
        expires_at: now + LIFETIME,
        ..found
    };
    grants::check(services, tx, &renewed).await?;
    if !invitations::renew(tx, renewed.clone(), token.hash()).await? {
        return Err(Error::NotFound);
    }
    let event = Event::of(to.team, AuditAction::InvitationResent).on(renewed.email.clone());
    audit::record(services, tx, actor, event).await?;
    mail_link(services, tx, actor, to, &renewed, &token).await
}

/// Takes an invitation back: its link stops working.
pub(crate) async fn revoke(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: Option<TeamId>,
    id: &str,
    kinds: &[InvitationKind],
) -> Result<(), Error> {
    let found = find(tx, team, id, kinds).await?;
    invitations::delete(tx, found.id).await?;
    audit::record(services, tx, actor, Event::of(team, AuditAction::InvitationRevoked).on(found.email)).await
}

/// What is not accepted yet of a team, or of the vendor's support.
pub(crate) async fn pending(
    services: &Services,
    db: &impl ConnectionTrait,
    team: Option<TeamId>,
) -> Result<Vec<InvitationView>, Error> {
    let now = services.now();
    let mut list = Vec::new();
    for found in invitations::pending(db, team).await? {
        let state = if found.expires_at <= now {
            InvitationState::Expired
        } else if grants::stands(services, db, &found).await? {
            InvitationState::Open
        } else {
            InvitationState::Withdrawn
        };
        list.push(InvitationView {
            id: found.id,
            kind: found.kind,
            state,
            email: found.email,
            role: found.role,
            invited_by: found.invited_by,
            sent_at: found.sent_at,
            expires_at: found.expires_at,
        });
    }
    Ok(list)
}
