//! Sign-in attempts: lists, reports, XML.

use leptos::prelude::*;
use model::AttemptReport;
use model::attempts::{SignInFilter, SignInPage, XmlView};

use crate::error::ApiError;
use crate::routes;

/// Whose sign-ins a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A team's, by its slug, to its members.
    Team(String),
    /// All teams', to support.
    Vendor,
}

impl Scope {
    /// The address of the list; what belongs to it is below.
    #[must_use]
    pub fn list(&self) -> String {
        match self {
            Self::Team(slug) => routes::team_sign_ins(slug),
            Self::Vendor => routes::SUPPORT_SIGN_INS.to_owned(),
        }
    }

    /// Whether it is support that looks.
    #[must_use]
    pub const fn is_vendor(&self) -> bool {
        matches!(self, Self::Vendor)
    }
}

#[cfg(feature = "ssr")]
impl From<&Scope> for domain::sign_ins::Scope {
    fn from(scope: &Scope) -> Self {
        match scope {
            Scope::Team(slug) => Self::Team(slug.clone()),
            Scope::Vendor => Self::Vendor,
        }
    }
}

/// A page of a list.
///
/// # Errors
/// As its server function.
pub async fn load_sign_ins(scope: Scope, filter: SignInFilter) -> Result<SignInPage, ApiError> {
    match scope {
        Scope::Team(slug) => load_team_sign_ins(slug, filter).await,
        Scope::Vendor => load_vendor_sign_ins(filter).await,
    }
}

/// An attempt with its whole story.
///
/// # Errors
/// As its server function.
pub async fn load_report(scope: Scope, reference: String) -> Result<AttemptReport, ApiError> {
    match scope {
        Scope::Team(slug) => load_team_report(slug, reference).await,
        Scope::Vendor => load_vendor_report(reference).await,
    }
}

/// An attempt's XML. That somebody looked at it is written down.
///
/// # Errors
/// As its server function.
pub async fn load_xml(scope: Scope, reference: String) -> Result<XmlView, ApiError> {
    match scope {
        Scope::Team(slug) => load_team_xml(slug, reference).await,
        Scope::Vendor => load_vendor_xml(reference).await,
    }
}

/// A page of a team's sign-ins.
#[server(endpoint = "sign_ins/team")]
pub async fn load_team_sign_ins(slug: String, #[server(default)] filter: SignInFilter) -> Result<SignInPage, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::list(&request.services, &request.actor, &Scope::Team(slug), filter).await.map_err(fail)
}

/// A page of all teams' sign-ins, for support.
#[server(endpoint = "sign_ins/vendor")]
pub async fn load_vendor_sign_ins(#[server(default)] filter: SignInFilter) -> Result<SignInPage, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::list(&request.services, &request.actor, &Scope::Vendor, filter).await.map_err(fail)
}

/// An attempt of a team's.
#[server(endpoint = "sign_ins/team_report")]
pub async fn load_team_report(slug: String, #[server(default)] reference: String) -> Result<AttemptReport, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::report(&request.services, &request.actor, &Scope::Team(slug), &reference).await.map_err(fail)
}

/// An attempt of any team's, for support.
#[server(endpoint = "sign_ins/vendor_report")]
pub async fn load_vendor_report(#[server(default)] reference: String) -> Result<AttemptReport, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::report(&request.services, &request.actor, &Scope::Vendor, &reference).await.map_err(fail)
}

/// The XML of an attempt of a team's.
#[server(endpoint = "sign_ins/team_xml")]
pub async fn load_team_xml(slug: String, #[server(default)] reference: String) -> Result<XmlView, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::xml(&request.services, &request.actor, &Scope::Team(slug), &reference).await.map_err(fail)
}

/// The XML of an attempt of any team's, for support.
#[server(endpoint = "sign_ins/vendor_xml")]
pub async fn load_vendor_xml(#[server(default)] reference: String) -> Result<XmlView, ApiError> {
    use super::{answer::fail, request::request};
    use domain::sign_ins::Scope;

    let request = request()?;
    domain::sign_ins::xml(&request.services, &request.actor, &Scope::Vendor, &reference).await.map_err(fail)
}

/// Asks the identity provider's metadata whether it knows the certificate that signed.
#[server(endpoint = "sign_ins/ask_metadata")]
pub async fn ask_metadata(
    #[server(default)] slug: String,
    #[server(default)] reference: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::sign_ins::ask_metadata(&request.services, &request.actor, &slug, &reference).await;
    let page = routes::sign_in(&routes::team_sign_ins(&slug), &reference);
    let form = SubmittedForm { name: "ask_metadata", page: &page, values: &[] };
    form.answer(&request, result.map(|()| page.clone())).await
}

/// What a page that keeps itself up to date watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// The list.
    List,
    /// The team's latest test.
    LatestTest,
    /// An attempt, by its reference.
    Attempt(String),
}

impl Watched {
    /// As the stream's address says it (`server/src/http/live.rs`).
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::List => "list",
            Self::LatestTest => "test",
            Self::Attempt(reference) => reference,
        }
    }
}

/// What the stream would say now, where the page is made: asked before the page's content is
/// read, so that what changes in between is noticed.
#[cfg_attr(not(feature = "ssr"), expect(clippy::unused_async, reason = "only the server can ask"))]
pub(crate) async fn marker(scope: &Scope, watched: &Watched) -> Option<String> {
    #[cfg(feature = "ssr")]
    {
        let request = super::request::request().ok()?;
        let watched = match watched {
            Watched::List => domain::sign_ins::Watched::List,
            Watched::LatestTest => domain::sign_ins::Watched::LatestTest,
            Watched::Attempt(reference) => domain::sign_ins::Watched::Attempt(reference.clone()),
        };
        domain::sign_ins::marker(&request.services, &request.actor, &scope.into(), &watched).await.ok()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = (scope, watched);
        None
    }
}
