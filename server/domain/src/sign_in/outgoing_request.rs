//! The AuthnRequest on its way to the identity provider, by the binding that it takes.

use std::sync::Arc;

use model::{Endpoints, SentRequest, SsoBinding, Timestamp};
use saml::authn_request::{AuthnRequest, RequestId, RequestOptions};
use saml::bindings::SendError;
use saml::bindings::post::PostForm;
use saml::sp_key::SpKey;

use super::SignInError;
use crate::{Services, Token};

/// An AuthnRequest on its way, by the binding that the identity provider takes.
#[derive(Clone, Debug)]
pub enum IdpRequest {
    /// HTTP-Redirect: the address.
    Redirect(String),
    /// HTTP-POST: the form.
    Post(PostForm),
}

/// A request that is about to be written, with what goes along.
pub(super) struct OutgoingRequest {
    pub(super) id: RequestId,
    pub(super) endpoints: Endpoints,
    /// What it asks for, and of whom.
    pub(super) asked: SentRequest,
    pub(super) issue_instant: Timestamp,
    pub(super) relay_state: Token,
    pub(super) login_hint: Option<String>,
    /// The team's key, if it signs its requests.
    pub(super) signer: Option<Arc<SpKey>>,
}

/// A request as it is kept, and as the browser takes it along, if the Login URL is one that it can go to.
pub(super) struct WrittenRequest {
    pub(super) xml: String,
    pub(super) sent: Result<IdpRequest, SendError>,
}

impl OutgoingRequest {
    /// Writes the request; a signature, which takes a millisecond, on a blocking thread.
    pub(super) async fn write(self, services: &Services) -> Result<WrittenRequest, SignInError> {
        if self.signer.is_none() {
            return Ok(self.written());
        }
        Ok(services.spawn_blocking_limited(move || self.written()).await?)
    }

    fn written(&self) -> WrittenRequest {
        let request = AuthnRequest {
            id: &self.id,
            issuer: &self.endpoints.identifier,
            acs_url: &self.endpoints.reply_url,
            destination: &self.asked.login_url,
            issue_instant: self.issue_instant,
            options: &request_options(&self.asked),
        };
        let (state, signer) = (self.relay_state.reveal(), self.signer.as_deref());
        let sent = match self.asked.binding {
            SsoBinding::Redirect => {
                let url = request.redirect_url(state, self.login_hint.as_deref(), signer);
                url.map(|url| IdpRequest::Redirect(url.into()))
            }
            SsoBinding::Post => request.post_form(state, signer).map(IdpRequest::Post),
        };
        WrittenRequest { xml: request.to_xml(), sent }
    }
}

/// How a request says what it asks for.
fn request_options(asked: &SentRequest) -> RequestOptions {
    RequestOptions {
        force_authn: asked.force_authn.is_some(),
        is_passive: asked.is_passive,
        name_id_format: asked.name_id_format.map(|format| format.uri().to_owned()),
        authn_context: asked.authn_context.as_ref().map(|context| context.classes.clone()).unwrap_or_default(),
    }
}
