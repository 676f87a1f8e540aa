//! The OIDC provider as pure functions: requests, keys and time in, verdicts and tokens out.
//!
//! Nothing here reads a clock, opens a connection or knows a tenant; the caller passes time and
//! random bytes in. The one exception is a new signing key, which comes from OpenSSL's own generator.
//! The caller also keeps what has to be remembered: codes, tokens, sessions, and which client
//! assertions were used.
//!
//! In the order of a sign-in:
//!
//! * [`parameters`]: what a client sent, each parameter once; [`error`]: what it is told if it is wrong.
//! * [`authorize`]: the request that a browser brings, and the answer that it takes back; [`pkce`]: how
//!   the two are tied to the client that began.
//! * [`client_authentication`]: which client asks the token endpoint, and by what proof.
//! * [`token_request`]: what it asks for.
//! * [`id_token`]: what is said of the person; [`access_token`]: the same for the vendor's services.
//! * [`logout`]: sign-out, asked for by an application or told to it.
//! * [`metadata`]: what the provider says of itself.
//! * [`polis`]: the same requests in the words of Ory Polis.
//! * [`jose`]: keys and signatures, beneath all of that.
//!
//! Core, Discovery, RP-Initiated Logout and Back-Channel Logout are the documents of those names at
//! <https://openid.net/developers/specs/>.

pub mod access_token;
pub mod authorize;
pub mod client_authentication;
mod digest;
pub mod error;
pub mod id_token;
pub mod jose;
pub mod logout;
pub mod metadata;
mod numeric_date;
pub mod parameters;
pub mod pkce;
pub mod polis;
mod query;
pub mod token_request;

pub use access_token::AccessTokenClaims;
pub use authorize::{
    AuthorizationRequest, AuthorizationResponse, ClientRegistration, Prompt, ResponseDelivery, ResponseMode,
    UntrustedRedirect,
};
pub use client_authentication::{AssertionId, AssertionPolicy, AssertionRejection, PresentedClient, SecretMethod};
pub use error::{OAuthError, OAuthErrorCode};
pub use id_token::{IdTokenClaims, PersonClaims, PersonFacts, UserinfoClaims};
pub use jose::{JoseError, Jwk, JwkSet, SigningKey};
pub use logout::{EndSessionRequest, IdTokenHint, LogoutTokenClaims};
pub use metadata::{Endpoint, ProviderMetadata};
pub use parameters::Parameters;
pub use pkce::CodeChallenge;
pub use token_request::TokenRequest;
