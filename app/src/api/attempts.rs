//! Sign-in attempts: lists, reports, XML.

use leptos::prelude::*;
use model::attempts::{AttemptFilter, AttemptPage, LiveTopic, RecentNotes, XmlView};
use model::{AttemptReport, TeamStatistics};

use crate::error::ApiError;
use crate::routes;

/// A list of attempts: whose a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptList {
    /// A team's, by its slug, to its members.
    Team(String),
    /// All teams', to support.
    Support,
}

impl AttemptList {
    /// The address of the list; what belongs to it is below.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Team(slug) => routes::team_attempts(slug),
            Self::Support => routes::SUPPORT_ATTEMPTS.to_owned(),
        }
    }

    /// Whether it is support that looks.
    #[must_use]
    pub const fn is_support(&self) -> bool {
        matches!(self, Self::Support)
    }
}

#[cfg(feature = "ssr")]
impl From<&AttemptList> for domain::attempts::AttemptScope {
    fn from(list: &AttemptList) -> Self {
        match list {
            AttemptList::Team(slug) => Self::Team(slug.clone()),
            AttemptList::Support => Self::AllTeams,
        }
    }
}

/// A page of a list.
///
/// # Errors
/// As its server function.
pub async fn load_attempts(list: AttemptList, filter: AttemptFilter) -> Result<AttemptPage, ApiError> {
    match list {
        AttemptList::Team(slug) => load_team_attempts(slug, filter).await,
        AttemptList::Support => load_support_attempts(filter).await,
    }
}

/// The report of an attempt.
///
/// # Errors
/// As its server function.
pub async fn load_report(list: AttemptList, reference: String) -> Result<AttemptReport, ApiError> {
    match list {
        AttemptList::Team(slug) => load_team_report(slug, reference).await,
        AttemptList::Support => load_support_report(reference).await,
    }
}

/// An attempt's XML. That somebody looked at it goes into the audit trail.
///
/// # Errors
/// As its server function.
pub async fn load_xml(list: AttemptList, reference: String) -> Result<XmlView, ApiError> {
    match list {
        AttemptList::Team(slug) => load_team_xml(slug, reference).await,
        AttemptList::Support => load_support_xml(reference).await,
    }
}

/// A page of a team's sign-ins.
#[server(endpoint = "attempts/team")]
pub async fn load_team_attempts(
    slug: String,
    #[server(default)] filter: AttemptFilter,
) -> Result<AttemptPage, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::list(&request.services, &request.actor, &AttemptScope::Team(slug), filter).await.map_err(fail)
}

/// A page of all teams' sign-ins, for support.
#[server(endpoint = "attempts/vendor")]
pub async fn load_support_attempts(#[server(default)] filter: AttemptFilter) -> Result<AttemptPage, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::list(&request.services, &request.actor, &AttemptScope::AllTeams, filter).await.map_err(fail)
}

/// What a team's latest sign-ins show again and again.
#[server(endpoint = "attempts/recent_notes")]
pub async fn load_recent_notes(slug: String) -> Result<RecentNotes, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::attempts::recent_notes(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// How many signed in to a team lately, and what failed.
#[server(endpoint = "attempts/statistics")]
pub async fn load_statistics(slug: String) -> Result<TeamStatistics, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::attempts::statistics(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// An attempt of a team's.
#[server(endpoint = "attempts/team_report")]
pub async fn load_team_report(slug: String, #[server(default)] reference: String) -> Result<AttemptReport, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::report(&request.services, &request.actor, &AttemptScope::Team(slug), &reference)
        .await
        .map_err(fail)
}

/// An attempt of any team's, for support.
#[server(endpoint = "attempts/vendor_report")]
pub async fn load_support_report(#[server(default)] reference: String) -> Result<AttemptReport, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::report(&request.services, &request.actor, &AttemptScope::AllTeams, &reference).await.map_err(fail)
}

/// The XML of an attempt of a team's.
#[server(endpoint = "attempts/team_xml")]
pub async fn load_team_xml(slug: String, #[server(default)] reference: String) -> Result<XmlView, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::xml(&request.services, &request.actor, &AttemptScope::Team(slug), &reference).await.map_err(fail)
}

/// The XML of an attempt of any team's, for support.
#[server(endpoint = "attempts/vendor_xml")]
pub async fn load_support_xml(#[server(default)] reference: String) -> Result<XmlView, ApiError> {
    use super::{answer::fail, request::request};
    use domain::attempts::AttemptScope;

    let request = request()?;
    domain::attempts::xml(&request.services, &request.actor, &AttemptScope::AllTeams, &reference).await.map_err(fail)
}

/// Asks the identity provider's metadata whether it knows the certificate that signed.
#[server(endpoint = "attempts/check_metadata")]
pub async fn ask_metadata(
    #[server(default)] slug: String,
    #[server(default)] reference: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::attempts::check_metadata(&request.services, &request.actor, &slug, &reference).await;
    let page = routes::attempt(&routes::team_attempts(&slug), &reference);
    let form = SubmittedForm { name: "ask_metadata", page: &page, values: &[] };
    form.answer(&request, result.map(|()| page.clone())).await
}

/// Takes over the issuer that came with an attempt into the draft.
#[server(endpoint = "attempts/take_over_issuer")]
pub async fn take_over_issuer(
    #[server(default)] slug: String,
    #[server(default)] reference: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::attempts::take_over_issuer(&request.services, &request.actor, &slug, &reference).await;
    let page = routes::attempt(&routes::team_attempts(&slug), &reference);
    let form = SubmittedForm { name: "take_over", page: &page, values: &[] };
    form.answer_with_notice(&request, routes::setup(&slug, model::SetupStep::Test), result).await
}

/// Maps the e-mail address to a claim that came with an attempt, in the draft.
#[server(endpoint = "attempts/take_over_email_claim")]
pub async fn take_over_email_claim(
    #[server(default)] slug: String,
    #[server(default)] reference: String,
    #[server(default)] claim: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result =
        domain::attempts::take_over_email_claim(&request.services, &request.actor, &slug, &reference, &claim).await;
    let page = routes::attempt(&routes::team_attempts(&slug), &reference);
    let form = SubmittedForm { name: "take_over", page: &page, values: &[] };
    form.answer_with_notice(&request, routes::setup(&slug, model::SetupStep::Test), result).await
}

/// What the stream would say now. Asked before the page's content is read, so that what changes
/// in between is noticed.
#[cfg(feature = "ssr")]
pub(crate) async fn marker(list: &AttemptList, topic: &LiveTopic) -> Option<String> {
    let request = super::request::request().ok()?;
    domain::attempts::change_marker(&request.services, &request.actor, &list.into(), topic).await.ok()
}
