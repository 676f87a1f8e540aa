//! For the operator's probes.

use app::BUSY_SECONDS;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::state::AppState;

/// The process runs.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers, so this replica can serve.
pub async fn ready(State(state): State<AppState>) -> Response {
    match state.services.db.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            let wait = [(header::RETRY_AFTER, BUSY_SECONDS)];
            (StatusCode::SERVICE_UNAVAILABLE, wait, "the database does not answer\n").into_response()
        }
    }
}
