//! The audit trail.

use leptos::prelude::*;
use model::AuditEntry;
use model::audit::{AuditFilter, AuditPage};

use crate::error::ApiError;

/// A page of a team's trail.
#[server(endpoint = "audit/team")]
pub async fn load_team_trail(slug: String, #[server(default)] filter: AuditFilter) -> Result<AuditPage, ApiError> {
    use domain::audit::AuditTrail;

    use super::{answer::fail, request::request};

    let request = request()?;
    domain::audit::page(&request.services, &request.actor, &AuditTrail::Team(slug), filter).await.map_err(fail)
}

/// What was done to a team's connection lately.
#[server(endpoint = "audit/connection")]
pub async fn load_connection_history(slug: String) -> Result<Vec<AuditEntry>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::audit::connection_history(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// A page of the vendor's trail.
#[server(endpoint = "audit/vendor")]
pub async fn load_vendor_trail(#[server(default)] filter: AuditFilter) -> Result<AuditPage, ApiError> {
    use domain::audit::AuditTrail;

    use super::{answer::fail, request::request};

    let request = request()?;
    domain::audit::page(&request.services, &request.actor, &AuditTrail::Vendor, filter).await.map_err(fail)
}
