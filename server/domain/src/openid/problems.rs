//! What applications' requests are refused for, kept for their developers and for support.

use model::ApplicationProblem;
use store::applications::{self, Application, RefusedRequest};

use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Error, Services};

/// The longest value that is kept, in characters.
const MAX_VALUE: usize = 300;

/// Keeps what a request was refused for, unless there are more than are kept: what anybody can cause by
/// sending an application's client ID is bounded.
pub(super) async fn note(
    services: &Services,
    application: &Application,
    problem: ApplicationProblem,
    expected: Option<&str>,
    actual: Option<&str>,
) -> Result<(), Error> {
    tracing::info!(client_id = application.client_id, problem = problem.as_str(), "request of an application refused");
    if services.charge(RowKind::RefusedRequest, 1, &[BudgetOwner::of_request()]).is_err() {
        return Ok(());
    }
    let shortened = |text: Option<&str>| text.map(|text| text.chars().take(MAX_VALUE).collect());
    let request = RefusedRequest {
        id: services.uuid(),
        application_id: application.id,
        at: services.now(),
        code: problem.into(),
        expected: shortened(expected),
        actual: shortened(actual),
    };
    Ok(applications::insert_refused_request(&services.db.autocommit(), request).await?)
}
