//! The language of an answer: negotiated from what an application asks for (`ui_locales`, OpenID Connect
//! Core §3.1.2.1) and from `Accept-Language` against the languages of the message catalogue.

use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;
use url::form_urlencoded;

/// The parameter by which an application asks for a language.
const UI_LOCALES: &str = "ui_locales";

/// Answers in the language that the browser asks for, if there is one.
pub async fn choose(request: Request, next: Next) -> Response {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wanted = format!("{},{accepted}", ui_locales(request.uri().query().unwrap_or_default()));
    messages::in_language(messages::negotiate(&wanted), next.run(request)).await
}

/// The tags of `ui_locales`, best first, as `Accept-Language` separates them.
fn ui_locales(query: &str) -> String {
    if !query.contains(UI_LOCALES) {
        return String::new();
    }
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == UI_LOCALES);
    named.map(|(_, tags)| tags.split_whitespace().collect::<Vec<_>>().join(",")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_application_asks_for_comes_first() {
        assert_eq!(ui_locales("client_id=a&ui_locales=de-CH+de%20en&x=y"), "de-CH,de,en");
        assert_eq!(ui_locales("client_id=a&my_ui_locales=de"), "");
        assert_eq!(ui_locales(""), "");
    }
}
