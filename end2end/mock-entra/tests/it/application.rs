//! What an administrator sets on the application's page, and what it changes.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use saml::authn_request::RequestId;
use saml::certificate::SigningCertificate;
use saml::response::{ExpectedRequest, GatedResponse, SignedParts, Trust, VerifiedAssertion};
use saml::sp_key::SpKey;
use serde_json::json;

use crate::support::{
    IDENTIFIER, REPLY_URL, app, expected, field, fields, get, mock, posted_request, register, request, send, sp_key,
    submit, tenant,
};

const UPN: (&str, &str) = ("upn", "b.simon@contoso.com");

fn refused(html: &str, number: &str) {
    assert!(html.contains(&format!("AADSTS{number}:")), "{number}: {html}");
}

/// The response of a page that posts it, verified as the portal does.
fn verified(
    html: &str,
    certificate: &SigningCertificate,
    key: &SpKey,
    request: ExpectedRequest<'_>,
) -> VerifiedAssertion {
    let (entity_id, certificates) = (tenant().entity_id(), [certificate.clone()]);
    let keys = [key.clone()];
    let trust = Trust { decryption_keys: &keys, second_opinion: true, ..Trust::new(&entity_id, &certificates) };
    let now = mock_entra::server::now();
    GatedResponse::decode(&field(html, "SAMLResponse")).unwrap().verify(&trust, &expected(request), now).unwrap()
}

async fn register_with(router: &Router, more: &[(&str, serde_json::Value)]) {
    assert_eq!(register(router, &app(more)).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn every_signing_option_and_encryption_passes_our_own_verification() {
    let (router, certificate) = mock();
    let key = sp_key();
    let id = RequestId::from_random([7; 16]);
    let login = request(&id, None, None).replace("/saml2?", "/login?");
    let signed =
        [("assertion", SignedParts::Assertion), ("response", SignedParts::Response), ("both", SignedParts::Both)];
    for (signing, parts) in signed {
        for encryption in [None, Some("aes256-cbc"), Some("aes256-gcm")] {
            let mut more = vec![("signing", json!(signing))];
            if let Some(encryption) = encryption {
                more.push(("encryption", json!(encryption)));
                more.push(("encryption_certificate", json!(key.certificate_pem())));
            }
            register_with(&router, &more).await;
            let (_, html) = submit(&router, &login, &fields(&[UPN])).await;
            let assertion = verified(&html, &certificate, &key, ExpectedRequest::Id(id.as_str()));
            assert_eq!(assertion.name_id(), UPN.1);
            assert_eq!(assertion.signed_parts(), parts, "{signing} {encryption:?}");
            assert_eq!(assertion.was_encrypted(), encryption.is_some(), "{signing} {encryption:?}");
        }
    }
}

#[tokio::test]
async fn a_request_may_come_by_post() {
    let (router, certificate) = mock();
    let id = RequestId::from_random([7; 16]);
    let sso = format!("/{}/saml2", tenant().id);
    let (status, html) = submit(&router, &sso, &posted_request(&id, None)).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    let (message, relay_state) = (field(&html, "SAMLRequest"), field(&html, "RelayState"));
    let picked = fields(&[UPN, ("SAMLRequest", &message), ("RelayState", &relay_state)]);
    let (_, html) = submit(&router, &format!("/{}/login", tenant().id), &picked).await;
    assert_eq!(field(&html, "RelayState"), "state");
    verified(&html, &certificate, &sp_key(), ExpectedRequest::Id(id.as_str()));
    refused(&submit(&router, &sso, "RelayState=x").await.1, "750052");
    refused(&submit(&router, &sso, "SAMLRequest=bm9wZQ").await.1, "75005");
}

#[tokio::test]
async fn requests_must_be_signed_where_certificates_are_required() {
    let (router, _) = mock();
    let (key, other) = (sp_key(), sp_key());
    let required = ("require_signed_requests", json!(true));
    assert_eq!(register(&router, &app(std::slice::from_ref(&required))).await, StatusCode::UNPROCESSABLE_ENTITY);
    register_with(&router, &[required, ("verification_certificates", json!([key.certificate_pem()]))]).await;
    let id = RequestId::from_random([7; 16]);
    let sso = format!("/{}/saml2", tenant().id);

    let good = request(&id, Some("b.simon@contoso.com"), Some(&key));
    assert_eq!(get(&router, &good).await.0, StatusCode::OK);
    refused(&get(&router, &request(&id, None, None)).await.1, "76021");
    refused(&get(&router, &request(&id, None, Some(&other))).await.1, "50006");
    refused(&get(&router, &good.replace("RelayState=state", "RelayState=other")).await.1, "50006");
    refused(&get(&router, &good.replace("rsa-sha256", "rsa-sha512")).await.1, "50006");

    let (status, html) = submit(&router, &sso, &posted_request(&id, Some(&key))).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    refused(&submit(&router, &sso, &posted_request(&id, None)).await.1, "76021");
    refused(&submit(&router, &sso, &posted_request(&id, Some(&other))).await.1, "50006");
    // and nothing can begin here any more
    refused(&get(&router, &format!("/{}/tile", tenant().id)).await.1, "76021");
}

#[tokio::test]
async fn a_tile_without_sign_on_url_posts_an_unsolicited_response() {
    let (router, certificate) = mock();
    register_with(&router, &[]).await;
    let tile = format!("/{}/tile", tenant().id);
    assert!(get(&router, "/myapps").await.1.contains(&format!("href=\"{tile}\"")));
    assert!(get(&router, &tile).await.1.contains("B.Simon"));
    let (_, html) = submit(&router, &tile, &fields(&[UPN])).await;
    assert!(!html.contains("RelayState"), "{html}");
    assert_eq!(GatedResponse::decode(&field(&html, "SAMLResponse")).unwrap().in_response_to(), None);
    verified(&html, &certificate, &sp_key(), ExpectedRequest::Unsolicited);
}

/// The application's form, with files.
async fn save(router: &Router, parts: &[(&str, &[u8])]) -> (StatusCode, String) {
    let mut body = Vec::new();
    for (name, content) in parts {
        let file = if name.ends_with("_file") { "; filename=\"a.cer\"" } else { "" };
        let head = format!("--boundary\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(&[head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend_from_slice(b"--boundary--\r\n");
    let request = Request::post("/app").header(header::CONTENT_TYPE, "multipart/form-data; boundary=boundary");
    send(router, request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn the_page_takes_certificates_as_entra_does() {
    let (router, _) = mock();
    let (key, next) = (sp_key(), sp_key());
    let basic: [(&str, &[u8]); 2] = [("identifier", IDENTIFIER.as_bytes()), ("reply_url", REPLY_URL.as_bytes())];
    let with = |more: &[(&'static str, &'static [u8])], files: &[(&'static str, Vec<u8>)]| {
        let mut parts: Vec<(&str, Vec<u8>)> = basic.iter().map(|(name, value)| (*name, value.to_vec())).collect();
        parts.extend(more.iter().map(|(name, value)| (*name, value.to_vec())));
        parts.extend(files.iter().cloned());
        parts
    };
    let send = async |parts: Vec<(&str, Vec<u8>)>| {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        save(&router, &parts).await
    };
    let der = |key: &SpKey| key.certificate_der().to_vec();
    let files = [("verification_file", der(&key)), ("encryption_file", der(&key))];
    let more: [(&str, &[u8]); 3] =
        [("signing", b"both"), ("encryption", b"aes256-gcm"), ("require_signed_requests", b"true")];
    assert_eq!(send(with(&more, &files)).await.0, StatusCode::SEE_OTHER);
    let page = get(&router, "/app").await.1;
    assert_eq!(page.matches(&key.thumbprint_sha1()).count(), 2, "{page}");
    for chosen in ["value=\"both\" selected", "value=\"aes256-gcm\" selected", "value=\"true\" checked> Require"] {
        assert!(page.contains(chosen), "{chosen}: {page}");
    }

    // a second verification certificate stands beside the first, the other one is replaced
    let files = [("verification_file", der(&next)), ("encryption_file", der(&next))];
    send(with(&[], &files)).await;
    let page = get(&router, "/app").await.1;
    assert_eq!(page.matches(&key.thumbprint_sha1()).count(), 1, "{page}");
    assert_eq!(page.matches(&next.thumbprint_sha1()).count(), 2, "{page}");
    send(with(&[("remove_verification", b"true"), ("remove_encryption", b"true")], &[])).await;
    assert!(!get(&router, "/app").await.1.contains(&next.thumbprint_sha1()));

    let (status, page) = send(with(&[], &[("encryption_file", b"nonsense".to_vec())])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("this is not a certificate") && page.contains(REPLY_URL), "{page}");
}
