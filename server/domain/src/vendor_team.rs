//! The vendor's own team: its identity provider signs the vendor's staff in, and its groups
//! say what they may do in support. At most one team is it, and only administrators say so.
//! Why it counts as a second factor: docs/decisions/0015.

use chrono::TimeDelta;
use model::ids::PersonId;
use model::members::{GroupRole, VendorTeamView};
use model::{AuditAction, FieldProblem, SupportRole, TeamStatus};
use serde_json::json;
use store::teams::Team;
use store::{ConnectionTrait, Tx, people, support_accounts};

use crate::audit::Event;
use crate::connections::{DecidesOn, Seen, require_seen};
use crate::{Action, Actor, Error, Services, audit, grants};

/// How long the identity provider's word for somebody stands: over a weekend, so that a link
/// sent on Friday works on Monday.
const VOUCHED_FOR: TimeDelta = TimeDelta::hours(72);
/// In characters.
const MAX_GROUP: usize = 256;

/// Which of a team's groups give which role; none do unless the team is the vendor's.
pub(crate) fn roles(team: &Team) -> Vec<GroupRole> {
    match &team.vendor_roles {
        Some(roles) if team.is_vendor => roles.clone(),
        _ => Vec::new(),
    }
}

/// The highest role that one of these groups gives.
pub(crate) fn role_of(groups: &[String], roles: &[GroupRole]) -> Option<SupportRole> {
    roles.iter().filter(|role| groups.contains(&role.group)).map(|role| role.role).max()
}

/// The role that the vendor's identity provider vouched for when it last signed this person
/// in; `None` if it gave none, signs nobody in now, or has not signed them in for longer than
/// [`VOUCHED_FOR`]. It tells nobody whom it has removed: only that somebody still signs in
/// shows that they are still there.
pub(crate) async fn vouched_role(
    services: &Services,
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Option<SupportRole>, Error> {
    let Some(team) = support_accounts::vendor_team(db).await? else { return Ok(None) };
    if team.status != TeamStatus::Active {
        return Ok(None);
    }
    let Some(person) = people::by_id(db, team.team_id(), person).await? else { return Ok(None) };
    if services.now() - person.last_sign_in_at > VOUCHED_FOR {
        return Ok(None);
    }
    Ok(role_of(&person.profile.groups, &roles(&team)))
}

/// Refuses whoever may not decide how support signs in: what goes live in the vendor's team,
/// its keys and the end of its sessions open support's pages or close them, so that its owners
/// alone must not.
pub(crate) fn guard(actor: &Actor, team: &Team) -> Result<(), Error> {
    if !team.is_vendor {
        return Ok(());
    }
    match actor.vendor(Action::ManageSupport) {
        Err(Error::NotFound) => Err(Error::form(FieldProblem::VendorsSignIn)),
        other => other,
    }
}

/// Whether the actor is offered this: that it must be confirmed again before anything is
/// changed does not hide it.
pub(crate) fn is_offered(actor: &Actor, action: Action) -> bool {
    matches!(actor.vendor(action), Ok(()) | Err(Error::ConfirmationNeeded))
}

/// What an administrator sees of it; `None` for everybody else.
pub(crate) fn view(actor: &Actor, team: &Team) -> Option<VendorTeamView> {
    is_offered(actor, Action::ManageSupport).then(|| VendorTeamView { is_vendor: team.is_vendor, roles: roles(team) })
}

/// Marks a team as the vendor's, or takes the mark off: then nobody has a role by its groups
/// any more, at once.
pub async fn mark(
    services: &Services,
    actor: &Actor,
    slug: &str,
    is_vendor: bool,
    seen: Seen<'_>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::ManageSupport).await?;
    if team.is_vendor == is_vendor {
        return Ok(());
    }
    if is_vendor {
        // what is live there signs support in from now on
        require_seen(&tx, team.team_id(), DecidesOn::Live, seen).await?;
    }
    if is_vendor && support_accounts::vendor_team(&tx).await?.is_some() {
        return Err(Error::form(FieldProblem::OtherVendorTeam));
    }
    match support_accounts::set_vendor_team(&tx, team.team_id(), is_vendor, None).await {
        Err(store::Error::Exists) => return Err(Error::form(FieldProblem::OtherVendorTeam)),
        other => other?,
    }
    let lowered = if is_vendor { Vec::new() } else { lower(services, &tx, &team, &[]).await? };
    // who sent a link for it may not hand over the vendor's
    grants::withdraw_lost_of_team(services, &tx, team.team_id()).await?;
    let action = if is_vendor { AuditAction::VendorTeamMarked } else { AuditAction::VendorTeamUnmarked };
    audit::record(services, &tx, actor, Event::team(team.team_id(), action)).await?;
    audit::record(services, &tx, actor, Event::vendor(action).on(team.slug.clone())).await?;
    record_lowered(services, &tx, actor, lowered).await?;
    let words = if is_vendor { "is marked as the vendor's own" } else { "is no longer the vendor's own" };
    let what = format!("The team {} ({}) {words}: its groups decide about support roles.", team.name, team.slug);
    let what = if is_vendor { what } else { what.replace("its groups decide", "its groups no longer decide") };
    crate::staff::mail_administrators(services, &tx, actor, &what, None).await?;
    Ok(store::commit(tx).await?)
}

/// Lets a group give a role in support. It does at each person's next sign-in.
pub async fn add_role(services: &Services, actor: &Actor, slug: &str, group: &str, role: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::ManageSupport).await?;
    let group = group.trim();
    let mut problems = Vec::new();
    if group.is_empty() {
        problems.push(("group".to_owned(), FieldProblem::Missing));
    } else if group.chars().count() > MAX_GROUP || group.contains(char::is_control) {
        problems.push(("group".to_owned(), FieldProblem::NotAGroup));
    }
    let role = SupportRole::parse(role).ok_or_else(|| problems.push(("role".to_owned(), FieldProblem::NotAChoice)));
    let (Ok(role), true) = (role, problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let mut after = roles(&team);
    after.retain(|entry| entry.group != group);
    after.push(GroupRole { group: group.to_owned(), role });
    save(services, &tx, actor, &team, &after).await?;
    Ok(store::commit(tx).await?)
}

/// Lets a group give nothing any more: who had their role by it alone loses it at once.
pub async fn remove_role(services: &Services, actor: &Actor, slug: &str, group: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::ManageSupport).await?;
    let mut after = roles(&team);
    after.retain(|entry| entry.group != group);
    save(services, &tx, actor, &team, &after).await?;
    Ok(store::commit(tx).await?)
}

async fn save(services: &Services, tx: &Tx, actor: &Actor, team: &Team, after: &[GroupRole]) -> Result<(), Error> {
    if !team.is_vendor {
        return Err(Error::form(FieldProblem::NotTheVendorTeam));
    }
    let before = roles(team);
    support_accounts::set_vendor_team(tx, team.team_id(), true, Some(after)).await?;
    let lowered = lower(services, tx, team, after).await?;
    let before = json!({ "roles": before });
    let after = json!({ "roles": after });
    let of_team = Event::team(team.team_id(), AuditAction::VendorRolesChanged);
    audit::record(services, tx, actor, of_team.changed(before.clone(), after.clone())).await?;
    let of_vendor = Event::vendor(AuditAction::VendorRolesChanged).on(team.slug.clone());
    audit::record(services, tx, actor, of_vendor.changed(before, after)).await?;
    record_lowered(services, tx, actor, lowered).await
}

/// Somebody whose groups give less than before.
struct Lowered {
    email: String,
    had: Option<SupportRole>,
    gives: Option<SupportRole>,
}

async fn record_lowered(services: &Services, tx: &Tx, actor: &Actor, lowered: Vec<Lowered>) -> Result<(), Error> {
    for Lowered { email, had, gives } in lowered {
        let event = Event::vendor(AuditAction::StaffRoleFromGroups).on(email);
        let event = event.changed(json!({ "role": had }), json!({ "role": gives }));
        audit::record(services, tx, actor, event).await?;
    }
    Ok(())
}

/// Takes roles, and sessions with them, from the team's people whose groups no longer give
/// them. Nobody gains one here: that happens at a sign-in. Writes nothing into a trail yet:
/// whatever locks accounts does so before it locks a trail's end.
async fn lower(services: &Services, tx: &Tx, team: &Team, roles: &[GroupRole]) -> Result<Vec<Lowered>, Error> {
    let administrators = support_accounts::lock_administrators(tx).await?;
    let mut left = administrators.clone();
    let mut lowered = Vec::new();
    for (account, person) in support_accounts::by_people(tx, team.team_id()).await? {
        let (had, gives) = (account.support_role, role_of(&person.profile.groups, roles));
        if gives >= had {
            continue;
        }
        let id = account.account_id();
        left.retain(|administrator| *administrator != id);
        support_accounts::set_role(tx, id, gives).await?;
        grants::withdraw_lost(services, tx, id).await?;
        store::account_sessions::end_all(tx, id, None).await?;
        lowered.push(Lowered { email: account.email, had, gives });
    }
    let lost_the_last = left.is_empty() && !administrators.is_empty();
    if lost_the_last { Err(Error::form(FieldProblem::LastAdministrator)) } else { Ok(lowered) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_role_counts_and_groups_match_whole() {
        let entry = |group: &str, role| GroupRole { group: group.to_owned(), role };
        let roles = [entry("a", SupportRole::Reviewer), entry("b", SupportRole::Administrator)];
        let of = |groups: &[&str]| role_of(&groups.iter().map(|group| (*group).to_owned()).collect::<Vec<_>>(), &roles);
        assert_eq!(of(&["a", "b", "c"]), Some(SupportRole::Administrator));
        assert_eq!(of(&["a"]), Some(SupportRole::Reviewer));
        assert_eq!(of(&["A", "aa", ""]), None);
        assert_eq!(of(&[]), None);
    }
}
