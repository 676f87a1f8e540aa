//! The vendor's own team: its identity provider signs support in, and its groups give roles in
//! support. Only administrators mark it, and at most one team is marked.
//! Why it counts as a second factor: docs/decisions/0015.

use model::members::{GroupRole, VendorTeamView};
use model::{AuditAction, FieldProblem, SupportRole};
use serde_json::json;
use store::teams::Team;
use store::{Tx, support_accounts};

use crate::audit::NewAuditEvent;
use crate::decision_digest::{DecisionSubject, ExpectedDigest, require_unchanged};
use crate::support_notices::notify_administrators;
use crate::vendor_roles::{group_roles, highest_role};
use crate::{Action, Actor, Error, Services, audit, grants};

/// The longest ID of a group, in characters.
const MAX_GROUP: usize = 256;

/// What an administrator sees of it; `None` for everybody else.
pub(crate) fn view(actor: &Actor, team: &Team) -> Option<VendorTeamView> {
    let view = || VendorTeamView { is_vendor: team.is_vendor, roles: group_roles(team) };
    actor.is_offered(Action::ManageSupport).then(view)
}

/// Marks a team as the vendor's, or unmarks it: then its groups give no roles any more, at once.
#[tracing::instrument(name = "vendor_team.set_vendor_team", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn set_vendor_team(
    services: &Services,
    actor: &Actor,
    slug: &str,
    is_vendor: bool,
    expected: ExpectedDigest<'_>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::ManageSupport).await?;
    if team.is_vendor == is_vendor {
        return Ok(());
    }
    if is_vendor {
        // what is live there signs support in from now on
        require_unchanged(&tx, team.team_id(), DecisionSubject::Live, expected).await?;
    }
    if is_vendor && support_accounts::vendor_team(&tx).await?.is_some() {
        return Err(Error::form(FieldProblem::OtherVendorTeam));
    }
    match support_accounts::set_vendor_team(&tx, team.team_id(), is_vendor, None).await {
        Err(store::Error::Exists) => return Err(Error::form(FieldProblem::OtherVendorTeam)),
        other => other?,
    }
    let lowered = if is_vendor { Vec::new() } else { lower_roles(services, &tx, &team, &[]).await? };
    // a reviewer who sent a link for it may not hand over the vendor's team
    grants::withdraw_invalid_of_team(services, &tx, team.team_id()).await?;
    let action = if is_vendor { AuditAction::VendorTeamMarked } else { AuditAction::VendorTeamUnmarked };
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), action)).await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(action).target(team.slug.clone())).await?;
    record_lowered(services, &tx, actor, lowered).await?;
    let change =
        crate::mail::SupportAccountChange::VendorTeam { team: &team.name, slug: team.slug.as_str(), is_vendor };
    notify_administrators(services, &tx, actor, change, None).await?;
    Ok(store::commit(tx).await?)
}

/// Lets a group give a role in support, from each person's next sign-in.
#[tracing::instrument(name = "vendor_team.assign_group_role", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn assign_group_role(
    services: &Services,
    actor: &Actor,
    slug: &str,
    group: &str,
    role: &str,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::ManageSupport).await?;
    let group = group.trim();
    let mut problems = Vec::new();
    if group.is_empty() {
        problems.push(("group".to_owned(), FieldProblem::Missing));
    } else if group.chars().count() > MAX_GROUP || group.contains(char::is_control) {
        problems.push(("group".to_owned(), FieldProblem::NotAGroup));
    }
    let role = SupportRole::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(role), true) = (role, problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let mut after = group_roles(&team);
    after.retain(|entry| entry.group != group);
    after.push(GroupRole { group: group.to_owned(), role });
    save_group_roles(services, &tx, actor, &team, &after).await?;
    Ok(store::commit(tx).await?)
}

/// Lets a group give no role any more: people who had theirs by it alone lose it at once.
#[tracing::instrument(name = "vendor_team.unassign_group_role", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn unassign_group_role(services: &Services, actor: &Actor, slug: &str, group: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::ManageSupport).await?;
    let mut after = group_roles(&team);
    after.retain(|entry| entry.group != group);
    save_group_roles(services, &tx, actor, &team, &after).await?;
    Ok(store::commit(tx).await?)
}

async fn save_group_roles(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    after: &[GroupRole],
) -> Result<(), Error> {
    if !team.is_vendor {
        return Err(Error::form(FieldProblem::NotTheVendorTeam));
    }
    let before = group_roles(team);
    support_accounts::set_vendor_team(tx, team.team_id(), true, Some(after)).await?;
    let lowered = lower_roles(services, tx, team, after).await?;
    let before = json!({ "roles": before });
    let after = json!({ "roles": after });
    let of_team = NewAuditEvent::team(team.team_id(), AuditAction::VendorRolesChanged);
    audit::record(services, tx, actor, of_team.changed(before.clone(), after.clone())).await?;
    let of_vendor = NewAuditEvent::vendor(AuditAction::VendorRolesChanged).target(team.slug.clone());
    audit::record(services, tx, actor, of_vendor.changed(before, after)).await?;
    record_lowered(services, tx, actor, lowered).await
}

/// An account whose groups give a lower role than before, or none.
struct DowngradedRole {
    email: String,
    before: Option<SupportRole>,
    after: Option<SupportRole>,
}

async fn record_lowered(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    lowered: Vec<DowngradedRole>,
) -> Result<(), Error> {
    for DowngradedRole { email, before, after } in lowered {
        let event = NewAuditEvent::vendor(AuditAction::SupportRoleFromGroups).target(email);
        let event = event.changed(json!({ "role": before }), json!({ "role": after }));
        audit::record(services, tx, actor, event).await?;
    }
    Ok(())
}

/// Lowers the roles of the team's people to what their groups give now, and ends their sessions.
/// No role rises here: that happens at a sign-in. The caller records it afterwards: accounts are
/// locked before the end of an audit trail.
async fn lower_roles(
    services: &Services,
    tx: &Tx,
    team: &Team,
    roles: &[GroupRole],
) -> Result<Vec<DowngradedRole>, Error> {
    let administrators = support_accounts::lock_administrators(tx).await?;
    let mut left = administrators.clone();
    let mut lowered = Vec::new();
    for (account, person) in support_accounts::by_people(tx, team.team_id()).await? {
        let (before, after) = (account.support_role, highest_role(&person.profile.groups, roles));
        if after >= before {
            continue;
        }
        let id = account.account_id();
        left.retain(|administrator| *administrator != id);
        support_accounts::set_role(tx, id, after).await?;
        grants::withdraw_invalid(services, tx, id).await?;
        store::account_sessions::end_all(tx, id, None).await?;
        lowered.push(DowngradedRole { email: account.email, before, after });
    }
    let lost_the_last = left.is_empty() && !administrators.is_empty();
    if lost_the_last { Err(Error::form(FieldProblem::LastAdministrator)) } else { Ok(lowered) }
}
