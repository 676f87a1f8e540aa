//! Support's list of all teams over HTTP: search, filters, sorting, pages, the file.

mod bulk;
mod changes;
mod every_page;
mod filters;
mod pages;
mod search;

use domain::team_list;
use model::ids::TeamId;
use model::support::{TeamListFilter, TeamListPage, TeamSearchResult};
use model::{SupportRole, TeamStatus, Timestamp};
use sea_orm::prelude::Uuid;
use store::teams::{self, Team};
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};

/// A portal and a reviewer at it.
struct Scene {
    portal: Portal,
    support: Browser,
}

impl Scene {
    async fn new(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
        Self { portal, support }
    }

    /// A team that nobody has set up. Its slug is `slug`.
    async fn team(&self, name: &str, slug: &str) -> Team {
        self.team_in(name, slug, TeamStatus::Draft, self.portal.now()).await
    }

    async fn team_in(&self, name: &str, slug: &str, status: TeamStatus, created_at: Timestamp) -> Team {
        let team = Team {
            id: id_of(slug),
            slug: slug.parse().unwrap(),
            name: name.to_owned(),
            status,
            status_words: None,
            submitted_at: None,
            created_at,
            second_factor_required: false,
            is_vendor: false,
            vendor_roles: None,
            identity_provider: None,
        };
        teams::insert(&self.portal.services.db.autocommit(), team.clone()).await.unwrap();
        team
    }

    /// The names on the page with this query, in their order.
    async fn names(&mut self, query: &str) -> Vec<String> {
        let page = self.support.get(&format!("/support/teams?{query}")).await.body;
        names_on(&page)
    }

    /// The names of the teams that a search finds.
    async fn found(&mut self, text: &str) -> Vec<String> {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
        self.names(&query).await
    }
}

/// One that each slug has to itself.
fn id_of(slug: &str) -> TeamId {
    let number = slug.bytes().fold(0_u128, |number, byte| number.wrapping_mul(257).wrapping_add(byte.into()));
    Uuid::from_u128(number).into()
}

fn names_on(page: &str) -> Vec<String> {
    html::texts(page, "td.long > a")
}

/// A page of the list, as its server function has it.
async fn page(portal: &Portal, filter: &TeamListFilter) -> TeamListPage {
    match team_list::find(&portal.services, &domain::Actor::operator(), filter.clone()).await.unwrap() {
        TeamSearchResult::Teams(page) => *page,
        TeamSearchResult::SignIn(reference) => panic!("{reference}"),
    }
}
