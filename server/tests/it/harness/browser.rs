//! A browser, and what it gets.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, BodyDataStream, HttpBody as _, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use super::cookies::Cookies;
use super::{Authenticator, PASSWORD, html};

const ORIGIN: &str = "http://localhost:3000";
/// Where browsers are unless they say otherwise.
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const USER_AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// What is still to come of a stream of events.
    stream: Option<BodyDataStream>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Waits for a stream's next event; nothing when the stream has ended.
    pub async fn next_event(&mut self) -> Option<String> {
        let bytes = self.stream.as_mut().unwrap().next().await?.unwrap();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Where a page leads by itself, without a redirect.
    #[track_caller]
    pub fn refresh(&self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        let content = html::attribute(&self.body, "meta[http-equiv=refresh]", "content");
        let address = content.as_deref().and_then(|content| content.strip_prefix("0; url="));
        address.unwrap_or_else(|| panic!("{}", self.body)).to_owned()
    }

    #[track_caller]
    pub fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "{}: {}", self.status, self.body);
        self.header("location")
    }
}

/// A browser: keeps cookies, sends what browsers send, follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: Cookies,
    ip: IpAddr,
    user_agent: &'static str,
    /// The app of whoever sits at it.
    pub authenticator: Option<Authenticator>,
}

impl Browser {
    /// A new one, at these routes.
    pub(super) fn new(router: Router) -> Self {
        Self { router, cookies: Cookies::at(ORIGIN), ip: HOME, user_agent: USER_AGENT, authenticator: None }
    }

    /// The same browser at another server.
    pub(super) fn of(self, router: Router) -> Self {
        Self { router, ..self }
    }

    /// The same browser at another address.
    pub fn at(mut self, ip: &str) -> Self {
        self.ip = ip.parse().unwrap();
        self
    }

    /// Another browser, by what it says it is.
    pub fn calling_itself(mut self, user_agent: &'static str) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// Signs in with the password, and with a code if one is asked for; where that leads.
    pub async fn sign_in(&mut self, email: &str) -> String {
        let answer = self.post("/api/accounts/sign_in", &[("email", email), ("password", PASSWORD)]).await;
        let location = answer.location().to_owned();
        if !location.starts_with("/login/second-factor") {
            return location;
        }
        let code = self.authenticator.as_ref().unwrap().code();
        self.post("/api/second_factor/enter_code", &[("code", &code)]).await.location().to_owned()
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.request(Method::GET, path, &[("accept", "text/html")], "").await
    }

    /// Any request.
    pub async fn request(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send(method, path, headers, Body::from(body.to_owned())).await
    }

    /// Submits a form of one of our pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("origin", ORIGIN)];
        self.post_with(path, &headers, fields).await
    }

    /// Looks at the page that has this decision, and makes it with what the page put into the
    /// form; with nothing if the page does not offer it.
    pub async fn decide(&mut self, endpoint: &str, slug: &str, fields: &[(&str, &str)]) -> Answer {
        let digest = self.look(endpoint, slug).await;
        self.decide_on(endpoint, slug, &digest, fields).await
    }

    /// Makes a decision on what was looked at before.
    pub async fn decide_on(&mut self, endpoint: &str, slug: &str, digest: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("slug", slug), ("digest", digest)];
        all.extend(fields);
        self.post(&format!("/api/{endpoint}"), &all).await
    }

    /// The digest in the form of a decision, as its page shows it now; empty if it has no such
    /// form.
    pub async fn look(&mut self, endpoint: &str, slug: &str) -> String {
        let page = match endpoint.split('/').next() {
            Some("support" | "vendor_team") => format!("/support/teams/{slug}"),
            Some("keys") => format!("/teams/{slug}/setup/options"),
            _ => format!("/teams/{slug}/setup/go-live"),
        };
        let body = self.get(&page).await.body;
        let digest = |form: &str| html::attribute(&body, &format!("form{form} [name=digest]"), "value");
        let own = digest(&format!("[action=\"/api/{endpoint}\"]"));
        // all forms of keys decide on the same
        own.or_else(|| digest("[action^=\"/api/keys/\"]").filter(|_| endpoint.starts_with("keys/"))).unwrap_or_default()
    }

    /// Submits a form with other headers than a page of ours would.
    pub async fn post_with(&mut self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        // finished before anything is awaited: the serializer cannot go to another thread
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    /// Uploads files, each with a name and a content, to the certificate form.
    pub async fn upload(&mut self, slug: &str, files: &[(&str, &[u8])]) -> Answer {
        let parts: Vec<_> =
            files.iter().map(|(name, content)| (format!("name=\"file\"; filename=\"{name}\""), *content)).collect();
        self.fill_certificates(slug, &parts).await
    }

    /// Submits the certificate form with fields, each with a name and a value.
    pub async fn type_certificates(&mut self, slug: &str, fields: &[(&str, &str)]) -> Answer {
        let parts: Vec<_> = fields.iter().map(|(name, value)| (format!("name=\"{name}\""), value.as_bytes())).collect();
        self.fill_certificates(slug, &parts).await
    }

    /// Submits the certificate form, parts by disposition and content.
    pub async fn fill_certificates(&mut self, slug: &str, parts: &[(String, &[u8])]) -> Answer {
        self.post_multipart(&format!("/teams/{slug}/setup/certificates"), parts).await
    }

    /// Submits a form with files, parts by disposition and content.
    pub async fn post_multipart(&mut self, path: &str, parts: &[(String, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (disposition, content) in parts {
            let head = format!("--boundary\r\ncontent-disposition: form-data; {disposition}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--boundary--\r\n");
        let headers = [
            ("accept", "text/html"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "multipart/form-data; boundary=boundary"),
        ];
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    /// Follows an address of ours, whole or a path.
    pub async fn follow(&mut self, location: &str) -> Answer {
        self.get(location.strip_prefix(ORIGIN).unwrap_or(location)).await
    }

    async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookies) = self.cookies.header(path) {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(length) = body.size_hint().exact() {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        let mut request = request.header(header::USER_AGENT, self.user_agent).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.ip, 50_000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.cookies.keep(path, cookie.to_str().unwrap());
        }
        let is_stream = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let mut answer = Answer { status: parts.status, headers: parts.headers, body: String::new(), stream: None };
        if is_stream {
            // it does not end: what comes first is all that is waited for
            answer.stream = Some(body.into_data_stream());
            answer.body = answer.next_event().await.unwrap();
        } else {
            let body = String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.unwrap()).into_owned();
            // Leptos marks where dynamic parts begin; which of them it marks is nothing to a reader
            answer.body = body.replace("<!>", "");
        }
        answer
    }
}
