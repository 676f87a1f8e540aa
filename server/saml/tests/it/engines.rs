//! Two engines that share no code must find the same bytes signed: ours, and samael's with
//! libxml2 and xmlsec.

use saml::response::{Engine, GatedResponse, Rejection};

use crate::support::*;

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ALL: [&str; 3] =
    [EXCLUSIVE, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"];

const WITH_COMMENTS: &str = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
const ENVELOPED: &str = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";

fn bytes(xml: &str, engine: Engine, keys: &[&Key]) -> Result<String, Rejection> {
    let certificates: Vec<_> = keys.iter().map(|key| key.certificate.clone()).collect();
    GatedResponse::decode(&encode(xml)).unwrap().signed_bytes(engine, &certificates, now())
}

/// What both find signed.
fn agreed(xml: &str, keys: &[&Key]) -> String {
    let own = bytes(xml, Engine::Own, keys).unwrap();
    assert_eq!(Ok(&own), bytes(xml, Engine::Samael, keys).as_ref());
    own
}

/// Responses that are hard to canonicalise.
fn drafts() -> Vec<Draft> {
    let entra = Draft::entra();
    let attribute = "<Attribute Name=\"groups\">";
    let hard = [
        "<x:y xmlns:x=\"urn:x\" x:b=\"2\" a=\"1\" x:a=\"3\" xmlns=\"\"><z/><q xmlns=\"urn:q\" xml:lang=\"de\"/></x:y>",
        "<a b='&#9;&#10;&#13;&lt;&quot;\"' c=\"'\"\n\td = '\r\n'>\r\n&gt; ]]&gt; &#13; \u{e4}\u{1f600}</a>",
        "<n:a xmlns:n=\"urn:1\"><n:a xmlns:n=\"urn:2\"><n:a xmlns:n=\"urn:1\" xmlns:unused=\"urn:u\"/></n:a></n:a>",
        "<a xmlns:xs=\"urn:xs\" xmlns:b=\"urn:b\"><b:c xs:d=\"e\" b:f=\"g\"/><c xmlns:b=\"urn:b\" xmlns=\"\"/></a>",
    ];
    let value = |inside: &str| {
        let open = format!("{attribute}<AttributeValue>{inside}</AttributeValue>");
        Draft { assertion: entra.assertion.replace(attribute, &open), response: entra.response.clone() }
    };
    hard.iter().map(|inside| value(inside)).chain([entra.clone()]).collect()
}

fn signatures() -> Vec<Signature> {
    let list = |prefixes: &str| {
        format!("<ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" PrefixList=\"{prefixes}\"/></ds:Transform>")
    };
    let with_list = |prefixes: &str| {
        let mut signature = Signature::default();
        let plain = format!("{EXCLUSIVE}\"/>");
        signature.transforms = signature.transforms.replace(&plain, &format!("{EXCLUSIVE}\">{}", list(prefixes)));
        signature
    };
    let mut all = vec![with_list("xs samlp"), with_list("#default xs")];
    for canonicalization in ALL {
        for transform in ALL {
            let mut signature = Signature { canonicalization: canonicalization.into(), ..Signature::default() };
            signature.transforms = signature.transforms.replace(EXCLUSIVE, transform);
            all.push(signature);
        }
        // no canonicalisation among the transforms, and one with comments
        for transforms in [ENVELOPED.to_owned(), format!("{ENVELOPED}<ds:Transform Algorithm=\"{WITH_COMMENTS}\"/>")] {
            all.push(Signature { canonicalization: canonicalization.into(), transforms, ..Signature::default() });
        }
    }
    all.push(Signature { canonicalization: WITH_COMMENTS.into(), ..Signature::default() });
    all
}

#[test]
fn the_engines_agree_on_every_canonicalisation_and_every_way_of_signing() {
    for draft in drafts() {
        for signature in signatures() {
            let in_place = draft.assertion_signed_in_place(rsa(), &signature);
            for xml in [in_place, draft.response_signed(rsa(), &signature)] {
                agreed(&xml, &[other_rsa(), p256(), rsa()]);
            }
        }
        agreed(&draft.both_signed(rsa(), &Signature::default()), &[rsa()]);
    }
}

#[test]
fn the_engines_agree_on_every_allowed_algorithm() {
    for (method, key) in [
        ("rsa-sha256", rsa()),
        ("rsa-sha384", rsa()),
        ("rsa-sha512", rsa()),
        ("ecdsa-sha256", p256()),
        ("ecdsa-sha384", p384()),
        ("ecdsa-sha512", p384()),
    ] {
        agreed(&Draft::entra().assertion_signed(key, &Signature::by(method)), &[key]);
    }
}

#[test]
fn the_second_opinion_is_asked_where_a_tenant_wants_it() {
    let certificates = [rsa().certificate.clone()];
    let trust = saml::response::Trust { second_opinion: true, ..saml::response::Trust::new(IDP, &certificates) };
    for xml in [Draft::entra().signed(), Draft::entra().both_signed(rsa(), &Signature::default())] {
        let gated = GatedResponse::decode(&encode(&xml)).unwrap();
        assert_eq!(gated.verify(&trust, &expected(), now()).map(|a| a.name_id().to_owned()), Ok(PERSON.to_owned()));
    }
}
