//! Our logout messages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use saml::authn_request::RequestId;
use saml::bindings::SendError;
use saml::bindings::redirect::{self, RedirectSignatureError};
use saml::logout::{LogoutRequest, LogoutResponse, LogoutStatus, NameId};
use saml::response::Trust;

use crate::schema::assert_valid;
use crate::support::*;

const IDP_SLO: &str = "https://login.microsoftonline.com/8f4f2a34/saml2";

fn id() -> RequestId {
    RequestId::from_random([0xab; 16])
}

fn name_id() -> NameId {
    NameId {
        value: "b.simon&<\"'@contoso.com".into(),
        format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".into()),
        name_qualifier: Some("a\"b".into()),
        sp_name_qualifier: Some(SP.into()),
    }
}

fn our_request<'a>(id: &'a RequestId, name_id: &'a NameId, session_indexes: &'a [String]) -> LogoutRequest<'a> {
    LogoutRequest {
        id,
        issuer: SP,
        destination: IDP_SLO,
        issue_instant: now(),
        not_on_or_after: Some(now() + TimeDelta::minutes(5)),
        reason: Some("urn:oasis:names:tc:SAML:2.0:logout:user"),
        name_id,
        session_indexes,
    }
}

fn our_response(id: &RequestId, status: LogoutStatus) -> LogoutResponse<'_> {
    LogoutResponse { id, issuer: SP, destination: IDP_SLO, issue_instant: now(), in_response_to: "_their1", status }
}

#[test]
fn our_request_is_in_the_order_of_the_schema_and_escaped() {
    let (id, name_id, indexes) = (id(), name_id(), ["_1&".to_owned(), "_2".to_owned()]);
    let xml = our_request(&id, &name_id, &indexes).to_xml();
    assert_valid("protocol", &xml);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    let names: Vec<_> = root.children().map(|child| child.tag_name().name()).collect();
    assert_eq!(names, ["Issuer", "NameID", "SessionIndex", "SessionIndex"]);
    let node = root.children().nth(1).unwrap();
    assert_eq!(node.text(), Some(name_id.value.as_str()));
    let attributes = ["Format", "NameQualifier", "SPNameQualifier"].map(|name| node.attribute(name));
    assert_eq!(
        attributes,
        [name_id.format.as_deref(), name_id.name_qualifier.as_deref(), name_id.sp_name_qualifier.as_deref()]
    );
    assert_eq!(root.children().nth(2).unwrap().text(), Some("_1&"));
    assert_eq!(root.attribute("NotOnOrAfter"), Some("2026-11-23T13:05:00.000Z"));
    let bare = NameId { value: "x".into(), ..NameId::default() };
    let least = LogoutRequest { not_on_or_after: None, reason: None, ..our_request(&id, &bare, &[]) }.to_xml();
    assert_valid("protocol", &least);
    assert!(least.ends_with("<saml:NameID>x</saml:NameID></samlp:LogoutRequest>"), "{least}");
}

#[test]
fn our_messages_are_signed_when_there_is_a_key() {
    let (id, name_id) = (id(), name_id());
    let request = our_request(&id, &name_id, &[]);
    let response = our_response(&id, LogoutStatus::Success);
    let certificates = [sp_key().certificate().clone()];
    let ours = Trust::new(SP, &certificates);
    for (url, xml) in [
        (request.redirect_url("state", Some(sp_key())).unwrap(), request.to_xml()),
        (response.redirect_url("state", Some(sp_key())).unwrap(), response.to_xml()),
    ] {
        let message = redirect::verify(url.query().unwrap(), &ours, now()).unwrap();
        assert_eq!((message.xml, message.relay_state.as_deref()), (xml, Some("state")));
    }
    let unsigned = request.redirect_url("", None).unwrap();
    assert_eq!(redirect::verify(unsigned.query().unwrap(), &ours, now()), Err(RedirectSignatureError::Unsigned));
    for form in [request.post_form("s", Some(sp_key())).unwrap(), response.post_form("s", Some(sp_key())).unwrap()] {
        let xml = String::from_utf8(STANDARD.decode(form.message).unwrap()).unwrap();
        assert_valid("protocol", &xml);
        assert!(xmlsec_verifies(&xml, sp_key().certificate_der()));
    }
    let elsewhere = LogoutRequest { destination: "mailto:a@b", ..request };
    assert_eq!(elsewhere.redirect_url("", None), Err(SendError::NotHttp { scheme: "mailto".into() }));
}

#[test]
fn our_response_says_how_it_went() {
    let id = id();
    let codes = |status| -> Vec<String> {
        let xml = our_response(&id, status).to_xml();
        assert_valid("protocol", &xml);
        let document = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(document.root_element().attribute("InResponseTo"), Some("_their1"));
        let codes = document.descendants().filter(|node| node.tag_name().name() == "StatusCode");
        codes.map(|code| code.attribute("Value").unwrap().rsplit(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(LogoutStatus::Success), ["Success"]);
    assert_eq!(codes(LogoutStatus::Requester), ["Requester"]);
    assert_eq!(codes(LogoutStatus::PartialLogout), ["Responder", "PartialLogout"]);
}
