//! A mock, and a browser to use it with.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use mock_entra::keys::SigningKey;
use mock_entra::server::{Mock, now, router};
use mock_entra::tenant::Tenant;
use saml::authn_request::{AuthnRequest, RequestId, RequestOptions};
use saml::certificate::SigningCertificate;
use saml::response::{CLOCK_SKEW, ExpectedAuthn, ExpectedRequest, ExpectedResponse};
use saml::sp_key::SpKey;
use serde_json::{Value, json};
use tower::ServiceExt as _;

const FORM: &str = "application/x-www-form-urlencoded";
pub const IDENTIFIER: &str = "https://portal.example/saml/contoso?a=1&b=2";
pub const REPLY_URL: &str = "https://portal.example/v2/auth/sso/saml/contoso";

/// Nothing beyond the sign-in itself.
static OPTIONS: RequestOptions = RequestOptions::NONE;

pub fn tenant() -> Tenant {
    Tenant { id: "8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55".into(), base_url: "http://localhost:7100".into() }
}

pub fn mock() -> (Router, SigningCertificate) {
    let key = SigningKey::generate(now()).unwrap();
    let certificate = SigningCertificate::from_der(&key.certificate_der().unwrap()).unwrap();
    (router(Arc::new(Mock::new(tenant(), key))), certificate)
}

pub async fn send(router: &Router, request: Request<Body>) -> (StatusCode, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

pub async fn get(router: &Router, address: &str) -> (StatusCode, String) {
    send(router, Request::get(address).body(Body::empty()).unwrap()).await
}

pub async fn submit(router: &Router, address: &str, form: &str) -> (StatusCode, String) {
    let request = Request::post(address).header(header::CONTENT_TYPE, FORM);
    send(router, request.body(Body::from(form.to_owned())).unwrap()).await
}

pub async fn register(router: &Router, json: &str) -> StatusCode {
    send(router, Request::post("/api/app").body(Body::from(json.to_owned())).unwrap()).await.0
}

/// A request of the portal's, before it is sent.
pub fn authn_request<'a>(id: &'a RequestId, destination: &'a str) -> AuthnRequest<'a> {
    AuthnRequest { id, issuer: IDENTIFIER, acs_url: REPLY_URL, destination, issue_instant: now(), options: &OPTIONS }
}

/// The address that a request by HTTP-Redirect goes to.
pub fn request(id: &RequestId, hint: Option<&str>, signer: Option<&SpKey>) -> String {
    let url = authn_request(id, &tenant().sso_url()).redirect_url("state \"1\" & 2", hint, signer).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

/// The fields of a request by HTTP-POST.
pub fn posted_request(id: &RequestId, signer: Option<&SpKey>) -> String {
    let form = authn_request(id, &tenant().sso_url()).post_form("state", signer).unwrap();
    fields(&[(form.parameter, &form.message), ("RelayState", &form.relay_state)])
}

pub fn fields(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// What every response to a request must say.
pub fn expected(request: ExpectedRequest<'_>) -> ExpectedResponse<'_> {
    ExpectedResponse {
        sp_entity_id: IDENTIFIER,
        acs_url: REPLY_URL,
        request,
        authn: ExpectedAuthn::default(),
        clock_skew: CLOCK_SKEW,
    }
}

/// The portal's own key.
pub fn sp_key() -> SpKey {
    let from = now() - TimeDelta::minutes(1);
    SpKey::generate("Krisp SSO contoso", [1; 16], from, from + TimeDelta::days(30)).unwrap()
}

/// The application as an administrator registers it, with more.
pub fn app(more: &[(&str, Value)]) -> String {
    let mut app = json!({ "identifier": IDENTIFIER, "reply_url": REPLY_URL });
    for (name, value) in more {
        app[*name] = value.clone();
    }
    app.to_string()
}

/// A browser that keeps the mock's cookie.
pub struct Browser {
    router: Router,
    cookie: Option<String>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Browser {
    pub fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookie: None }
    }

    pub async fn get(&mut self, address: &str) -> Answer {
        self.send(Request::get(path(address)), "").await
    }

    pub async fn submit(&mut self, address: &str, form: &str) -> Answer {
        self.send(Request::post(path(address)).header(header::CONTENT_TYPE, FORM), form).await
    }

    /// Signs in at the application as B.Simon.
    pub async fn sign_in(&mut self) -> Answer {
        let address = request(&RequestId::from_random([7; 16]), None, None);
        self.submit(&address.replace("/saml2?", "/login?"), "upn=b.simon%40contoso.com").await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: &str) -> Answer {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let own = |name| head.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        self.cookie =
            own(header::SET_COOKIE).map(|set| set.split(';').next().unwrap().to_owned()).or(self.cookie.take());
        let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Answer { status: head.status, location: own(header::LOCATION).unwrap_or_default(), body }
    }
}

fn path(address: &str) -> &str {
    address.strip_prefix("http://localhost:7100").unwrap_or(address)
}

/// The value of a hidden field, unescaped as a browser does.
pub fn field(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let value = html.split_once(&start).expect("the field").1.split_once('"').unwrap().0;
    value
        .replace("&#34;", "\"")
        .replace("&#38;", "&")
        .replace("&#43;", "+")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
