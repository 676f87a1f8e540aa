//! What handlers share.

use std::ops::Deref;
use std::sync::Arc;

use app::standalone_pages::StandalonePage;
use axum::extract::FromRef;
use axum::http::HeaderName;
use domain::Services;
use leptos::config::LeptosOptions;

use crate::client_ip_header::ClientIpHeader;
use crate::request_limits::RequestLimits;
use crate::stream_permits::StreamPermits;

/// What handlers share. Every layer of every request clones it, so that is one pointer.
#[derive(Clone)]
pub struct AppState(Arc<SharedState>);

/// What is behind [`AppState`].
pub struct SharedState {
    /// The domain.
    pub services: Arc<Services>,
    /// Leptos's own.
    pub leptos: LeptosOptions,
    /// What pages without scripts need.
    pub page: Arc<StandalonePage>,
    /// Limits on requests.
    pub limits: RequestLimits,
    /// The permits for the streams that tell pages of changes.
    pub streams: StreamPermits,
    /// A header in which a proxy names the client.
    pub client_ip_header: Option<ClientIpHeader>,
}

impl AppState {
    /// From the services and Leptos's options.
    #[must_use]
    pub fn new(services: Arc<Services>, leptos: LeptosOptions, client_ip_header: Option<HeaderName>) -> Self {
        let page =
            StandalonePage { brand: services.settings.brand.clone(), stylesheet: crate::assets::stylesheet(&leptos) };
        Self(Arc::new(SharedState {
            services,
            leptos,
            page: Arc::new(page),
            limits: RequestLimits::default(),
            streams: StreamPermits::default(),
            client_ip_header: client_ip_header.map(ClientIpHeader::new),
        }))
    }
}

impl Deref for AppState {
    type Target = SharedState;

    fn deref(&self) -> &SharedState {
        &self.0
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
