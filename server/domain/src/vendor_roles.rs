//! Roles in support that the groups of the vendor's own team give, and who may change how
//! support signs in. What changes that team is in [`crate::vendor_team`].

use chrono::TimeDelta;
use model::ids::PersonId;
use model::members::GroupRole;
use model::{FieldProblem, SupportRole, TeamStatus};
use store::teams::Team;
use store::{ConnectionTrait, people, support_accounts};

use crate::{Action, Actor, Error, Services};

/// How long the role of a sign-in at the vendor's identity provider counts: over a weekend, so
/// that a link sent on Friday works on Monday.
const SIGN_IN_COUNTS_FOR: TimeDelta = TimeDelta::hours(72);

/// Which of a team's groups give which role; none do unless the team is the vendor's.
pub(crate) fn group_roles(team: &Team) -> Vec<GroupRole> {
    match &team.vendor_roles {
        Some(roles) if team.is_vendor => roles.clone(),
        _ => Vec::new(),
    }
}

/// The highest role that one of these groups gives.
pub(crate) fn highest_role(groups: &[String], roles: &[GroupRole]) -> Option<SupportRole> {
    roles.iter().filter(|role| groups.contains(&role.group)).map(|role| role.role).max()
}

/// The role that this person's groups gave at their last sign-in at the vendor's identity
/// provider; `None` if they gave none, the team signs nobody in now, or that sign-in is longer
/// ago than [`SIGN_IN_COUNTS_FOR`]. The identity provider does not report whom it has removed:
/// only a sign-in shows that somebody is still there.
pub(crate) async fn role_at_last_sign_in(
    services: &Services,
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Option<SupportRole>, Error> {
    let Some(team) = support_accounts::vendor_team(db).await? else { return Ok(None) };
    if team.status != TeamStatus::Active {
        return Ok(None);
    }
    let Some(person) = people::by_id(db, team.team_id(), person).await? else { return Ok(None) };
    if services.now() - person.last_sign_in_at > SIGN_IN_COUNTS_FOR {
        return Ok(None);
    }
    Ok(highest_role(&person.profile.groups, &group_roles(&team)))
}

/// Refuses an actor that may not change how support signs in. What goes live in the vendor's
/// team, its keys and the end of its sessions open support's pages or close them, so its owners
/// may not decide that alone.
pub(crate) fn require_right_to_change_support_sign_in(actor: &Actor, team: &Team) -> Result<(), Error> {
    if !team.is_vendor {
        return Ok(());
    }
    match actor.authorize_support(Action::ManageSupport) {
        Err(Error::NotFound) => Err(Error::form(FieldProblem::VendorTeamNeedsAdministrator)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_role_counts_and_groups_match_whole() {
        let entry = |group: &str, role| GroupRole { group: group.to_owned(), role };
        let roles = [entry("a", SupportRole::Reviewer), entry("b", SupportRole::Administrator)];
        let of =
            |groups: &[&str]| highest_role(&groups.iter().map(|group| (*group).to_owned()).collect::<Vec<_>>(), &roles);
        assert_eq!(of(&["a", "b", "c"]), Some(SupportRole::Administrator));
        assert_eq!(of(&["a"]), Some(SupportRole::Reviewer));
        assert_eq!(of(&["A", "aa", ""]), None);
        assert_eq!(of(&[]), None);
    }
}
