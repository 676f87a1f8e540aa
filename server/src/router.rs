//! Every route that is no page, and the order of the layers, on one screen. Pages are in
//! `app::routes`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath};
use axum::http::Request;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, file_and_error_handler_with_context, generate_route_list};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span, info_span};

use crate::http::{acs, audit, health, keys, live, logout, me, metadata, sign_ins, site, sso, uploads};
use crate::middleware::{error_pages, rate_limit, security_headers, session};
use crate::state::AppState;

/// Where identity providers post: `/v2/auth/sso/saml/{slug}`, and `/logout` below it.
const ACS: &str = "/v2/auth/sso/saml/";
/// What an invitation's link begins with.
const INVITE: &str = "/invite/";
/// A response of 256 KiB in Base64, and the form around it.
const RESPONSE_LIMIT: usize = 350 * 1024;
/// Several certificate files, or federation metadata of 2 MiB and the form around it.
const UPLOAD_LIMIT: usize = 2 * 1024 * 1024 + 64 * 1024;
/// Any other form.
const FORM_LIMIT: usize = 64 * 1024;

/// The whole service.
pub fn router(state: AppState) -> Router {
    let context = {
        let services = Arc::clone(&state.services);
        move || {
            provide_context(Arc::clone(&services));
            provide_context(services.settings.brand.clone());
        }
    };
    let shell = {
        let leptos = state.leptos.clone();
        move || app::shell(leptos.clone())
    };
    let pages = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(app::App), context.clone(), shell)
        // server functions read their body themselves: axum's own limit does not reach them
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
        .fallback(file_and_error_handler_with_context::<AppState, _>(context, app::shell));

    let limited = || from_fn_with_state(state.clone(), rate_limit::limit_sign_ins);
    let sign_on = Router::new()
        .route("/sso", get(sso::choose).post(sso::chosen))
        .route("/sso/{slug}", get(sso::sign_on))
        .route("/sso/{slug}/complete", get(sso::redeem))
        .route("/sso/{slug}/continue", get(sso::open_interstitial).post(sso::answer_interstitial))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route_layer(from_fn_with_state(state.clone(), session::authenticate))
        // outermost: what is refused costs nothing
        .route_layer(limited());
    let identity_providers = Router::new()
        .route(
            "/v2/auth/sso/saml/{slug}",
            get(acs::opened).post(acs::receive).layer(DefaultBodyLimit::max(RESPONSE_LIMIT)),
        )
        .route("/v2/auth/sso/saml/{slug}/metadata", get(metadata::service_provider))
        .route(
            "/v2/auth/sso/saml/{slug}/logout",
            get(logout::redirected).post(logout::posted).layer(DefaultBodyLimit::max(RESPONSE_LIMIT)),
        )
        .route_layer(limited());

    let routes = Router::new()
        .merge(pages)
        .route("/me", get(me::show))
        .route("/me/sign-out", post(me::sign_out))
        .route("/me/signed-out", get(me::signed_out))
        .route("/teams/{slug}/setup/test/start", get(sso::start_test))
        .route("/teams/{slug}/audit.jsonl", get(audit::team))
        .route("/support/audit.jsonl", get(audit::vendor))
        .route("/teams/{slug}/sign-ins.csv", get(sign_ins::team_csv))
        .route("/teams/{slug}/sign-ins.json", get(sign_ins::team_json))
        .route("/support/sign-ins.csv", get(sign_ins::vendor_csv))
        .route("/support/sign-ins.json", get(sign_ins::vendor_json))
        .route("/teams/{slug}/keys/{key}/certificate.cer", get(keys::certificate_der))
        .route("/teams/{slug}/keys/{key}/certificate.pem", get(keys::certificate_pem))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route(
            "/teams/{slug}/setup/certificates",
            post(uploads::certificates).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .layer(from_fn_with_state(state.clone(), session::authenticate))
        // find out by themselves who asks, again and again
        .route("/teams/{slug}/sign-ins/live", get(live::team))
        .route("/support/sign-ins/live", get(live::vendor))
        .merge(sign_on)
        .merge(identity_providers)
        .route("/brand.css", get(site::brand))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route_service("/favicon.svg", site::file(&state, "/favicon.svg"))
        .route_service(app::routes::PASSKEY_SCRIPT, site::file(&state, app::routes::PASSKEY_SCRIPT))
        .route_service(app::routes::LIVE_SCRIPT, site::file(&state, app::routes::LIVE_SCRIPT))
        .nest_service("/pkg", site::package(&state));

    with_layers(routes, state)
}

/// A visitor does not choose what the log and our error pages call a request by.
fn without_request_id<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove("x-request-id");
    request
}

/// What every request passes through, from the outside in.
pub fn with_layers(routes: Router<AppState>, state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .map_request(without_request_id)
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), error_pages::add_page))
        .layer(CatchPanicLayer::custom(error_pages::panic_response))
        .layer(csrf(&state))
        .layer(from_fn_with_state(state.clone(), rate_limit::limit_requests));
    routes.layer(layers).with_state(state)
}

/// Refuses what other sites make a browser post, but for the two addresses of a team that
/// identity providers post to.
fn csrf(state: &AppState) -> CsrfLayer {
    let exempt = |_: &_, uri: &axum::http::Uri| {
        let slug = uri.path().strip_prefix(ACS).map(|path| path.strip_suffix("/logout").unwrap_or(path));
        slug.is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
    };
    let layer = CsrfLayer::new();
    // behind a proxy that rewrites Host, the origin is ours all the same
    let origin = state.services.settings.urls.account_origin();
    let layer = layer.clone().add_trusted_origin(&*origin).unwrap_or(layer);
    layer.with_insecure_bypass(exempt)
}

/// The span that everything about a request is logged in, under the ID that an error page
/// shows. The path comes without its query, which may hold a one-time code, and without the
/// secret that an invitation's link ends with; the route is the pattern that it matched.
fn request_span<B>(request: &Request<B>) -> Span {
    let path = request.uri().path();
    let path = if path.starts_with(INVITE) { INVITE } else { path };
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    info_span!("request", id, method = %request.method(), route, path)
}
