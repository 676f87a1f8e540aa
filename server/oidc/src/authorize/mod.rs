//! The authorization endpoint (Core §3.1.2, RFC 6749 §4.1): the request that a browser brings, and the
//! answer that it takes back.
//!
//! First [`redirect_uri`]: until it is known where the browser may be sent, every error is shown to the
//! person. From then on, [`parse_request`]'s errors go back to the application through [`deliver`], with
//! [`requested_response_mode`] and [`requested_state`].

mod redirect;
mod request;
mod response;
mod response_mode;

pub use redirect::{UntrustedRedirect, redirect_uri};
pub use request::{AuthorizationRequest, Prompt, parse_request, requested_state};
pub use response::{AuthorizationResponse, ResponseDelivery, deliver};
pub use response_mode::{ResponseMode, requested_response_mode};

use model::{RedirectUri, Scopes};

/// What is registered of the client that asks.
#[derive(Clone, Copy, Debug)]
pub struct ClientRegistration<'a> {
    /// Where browsers may be sent back to.
    pub redirect_uris: &'a [RedirectUri],
    /// Where a trial of the portal's own comes back to, for every client.
    pub trial_redirect_uri: &'a str,
    /// What the client may ask for.
    pub scopes: &'a Scopes,
    /// Whether a request without a code challenge is refused.
    pub is_pkce_required: bool,
}
