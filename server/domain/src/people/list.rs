//! The list, the latest sign-in first, page by page.

use chrono::TimeDelta;
use model::ids::{PersonId, TeamId};
use model::people::{PeopleFilter, PeoplePage, PersonSummary};
use model::{Role, Timestamp};
use store::ListPosition;
use store::people::Person;
use store::people_list::{self, PeopleQuery};

use crate::list_filters::{cursor, cut_to_page, parse_cursor, search_parts};
use crate::policy::{ActorRole, is_allowed};
use crate::{Action, Actor, Error, Services};

/// People on a page.
const PAGE_SIZE: u64 = 50;

/// A page of the list.
///
/// # Errors
/// As [`Actor::authorize_team`].
#[tracing::instrument(name = "people.list", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn list(services: &Services, actor: &Actor, slug: &str, filter: PeopleFilter) -> Result<PeoplePage, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    let query = query(team.team_id(), &filter, services.now());
    let mut found = people_list::find(db, &query, PAGE_SIZE + 1).await?;
    let older = cut_to_page(&mut found, PAGE_SIZE).map(|last| cursor(position_of(last)));
    let people = found.iter().map(summary_of).collect();
    Ok(PeoplePage { people, older, filter, may_configure: is_member_allowed(role, Action::Configure) })
}

/// Whether a member of this role may do something.
pub(super) fn is_member_allowed(role: Role, action: Action) -> bool {
    is_allowed(ActorRole::Member(role), action)
}

/// What a filter asks the store for.
pub(super) fn query(team: TeamId, filter: &PeopleFilter, now: Timestamp) -> PeopleQuery {
    PeopleQuery {
        team,
        parts: search_parts(&filter.search),
        state: filter.state,
        not_since: filter.inactive.map(|inactive| now - TimeDelta::days(inactive.days())),
        older_than: parse_cursor(&filter.older),
    }
}

/// What the list says of a person.
pub(super) fn summary_of(person: &Person) -> PersonSummary {
    PersonSummary {
        id: person.id,
        name: person.profile.name(),
        email: person.profile.email.as_ref().map(ToString::to_string),
        name_id: person.name_id.clone(),
        deactivated_at: person.deactivated_at,
        first_seen_at: person.created_at,
        last_sign_in_at: person.last_sign_in_at,
    }
}

/// Where a page ends whose last person this is.
pub(super) fn position_of(person: &Person) -> ListPosition<PersonId> {
    ListPosition { at: person.last_sign_in_at, id: person.id }
}

#[cfg(test)]
mod tests {
    use model::people::PersonState;

    use super::*;
    use crate::list_filters::from_micros;

    fn of(filter: &PeopleFilter) -> PeopleQuery {
        query(uuid::Uuid::from_u128(1).into(), filter, from_micros("1795000000123456").unwrap())
    }

    #[test]
    fn each_word_is_looked_for_and_not_without_end() {
        let searched = |search: &str| of(&PeopleFilter { search: search.to_owned(), ..PeopleFilter::default() }).parts;
        assert_eq!(searched(" Ada  LOVELACE "), ["ada", "lovelace"]);
        assert_eq!(searched("a b c d e f g").len(), 5);
        assert_eq!(searched("ada\0lovelace"), ["ada", "lovelace"]);
        assert_eq!(searched(&"é".repeat(60_000))[0].chars().count(), 100);
        assert!(searched("").is_empty());
    }

    #[test]
    fn what_the_page_does_not_offer_filters_nothing() {
        let query = |address: &[(&str, &str)]| {
            let text = |name: &str| {
                let set = address.iter().find(|(set, _)| *set == name);
                set.map_or_else(String::new, |(_, text)| (*text).to_owned())
            };
            of(&PeopleFilter::of_address(text))
        };
        let nothing = query(&[("state", "gone"), ("inactive", "99999999999"), ("older", "1_2")]);
        assert_eq!((nothing.state, nothing.not_since, nothing.older_than), (None, None, None));
        let query = query(&[("state", "deactivated"), ("inactive", "90")]);
        assert_eq!(query.state, Some(PersonState::Deactivated));
        assert_eq!(query.not_since.map(|at| at.timestamp()), Some(1_795_000_000 - 90 * 86_400));
    }
}
