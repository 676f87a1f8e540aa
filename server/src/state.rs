//! What handlers share.

use std::sync::Arc;

use app::plain_pages::PlainPage;
use axum::extract::FromRef;
use axum::http::HeaderName;
use domain::Services;
use leptos::config::LeptosOptions;

use crate::http::stream_permits::StreamPermits;
use crate::middleware::client_ip_header::ClientIpHeader;
use crate::middleware::request_limits::RequestLimits;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The domain.
    pub services: Arc<Services>,
    /// Leptos's own.
    pub leptos: LeptosOptions,
    /// What pages without scripts need.
    pub page: Arc<PlainPage>,
    /// Limits on requests.
    pub limits: Arc<RequestLimits>,
    /// The permits for the streams that tell pages of changes.
    pub streams: StreamPermits,
    /// A header in which a proxy names the client.
    pub client_ip_header: Option<Arc<ClientIpHeader>>,
}

impl AppState {
    /// From the services and Leptos's options.
    #[must_use]
    pub fn new(services: Arc<Services>, leptos: LeptosOptions, client_ip_header: Option<HeaderName>) -> Self {
        let page = PlainPage { brand: services.settings.brand.clone(), stylesheet: crate::assets::stylesheet(&leptos) };
        let (page, limits) = (Arc::new(page), Arc::new(RequestLimits::default()));
        let client_ip_header = client_ip_header.map(|name| Arc::new(ClientIpHeader::new(name)));
        Self { services, leptos, page, limits, streams: StreamPermits::default(), client_ip_header }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
