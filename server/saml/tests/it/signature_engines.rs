//! Two engines that share no code must find the same bytes signed: ours, and samael's with
//! libxml2 and xmlsec.

use saml::response::{Check, ExpectedResponse, GatedResponse, Rejection, SignatureEngine, Trust, ValidationReport};

use crate::support::encrypt::Encryption;
use crate::support::*;

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ALL: [&str; 3] =
    [EXCLUSIVE, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"];

const WITH_COMMENTS: &str = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
const ENVELOPED: &str = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";

fn bytes(xml: &str, engine: SignatureEngine, keys: &[&Key]) -> Result<String, Rejection> {
    let certificates: Vec<_> = keys.iter().map(|key| key.certificate.clone()).collect();
    GatedResponse::decode(&encode(xml)).unwrap().signed_bytes(engine, &certificates, now())
}

/// What both find signed.
fn agreed(xml: &str, keys: &[&Key]) -> String {
    let own = bytes(xml, SignatureEngine::Primary, keys).unwrap();
    assert_eq!(Ok(&own), bytes(xml, SignatureEngine::Samael, keys).as_ref());
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
fn the_engines_agree_on_two_signatures_by_two_trusted_keys() {
    let xml = Draft::entra().signed_with_two_keys(other_rsa(), rsa());
    let canonical = agreed(&xml, &[rsa(), other_rsa()]);
    assert_eq!(canonical, agreed(&xml, &[other_rsa(), rsa()]));
    for alone in [rsa(), other_rsa()] {
        assert_eq!(bytes(&xml, SignatureEngine::Primary, &[alone]), Err(Rejection::SignatureInvalid));
        assert_eq!(bytes(&xml, SignatureEngine::Samael, &[alone]), Err(Rejection::SignatureInvalid));
    }
}

/// What comes of a response where both must agree.
fn seen_by_both(xml: &str, expected: &ExpectedResponse<'_>) -> ValidationReport {
    let certificates = [rsa().certificate.clone()];
    let keys = [sp_key().clone()];
    let trust = Trust { second_opinion: true, decryption_keys: &keys, ..Trust::new(IDP, &certificates) };
    GatedResponse::decode(&encode(xml)).unwrap().validate(&trust, expected, now())
}

fn opinions(verification: &ValidationReport) -> Vec<Option<Rejection>> {
    let asked = verification.checks.iter().filter(|result| result.check == Check::SecondOpinion);
    asked.map(|result| result.failure.clone()).collect()
}

#[test]
fn the_second_opinion_covers_everything_that_is_signed() {
    let draft = Draft::entra();
    let signature = Signature::default();
    let encrypted =
        |assertion: &str| draft.with_assertion(&Encryption::entra().of(assertion, sp_key().certificate_der()));
    let (plain, signed) = (draft.unsigned_assertion(), draft.signed_assertion(rsa(), &signature));
    for (xml, times) in [
        (draft.signed(), 1),
        (draft.response_signed(rsa(), &signature), 1),
        (draft.both_signed(rsa(), &signature), 1),
        (encrypted(&signed).unsigned(), 1),
        (encrypted(&plain).response_signed(rsa(), &signature), 1),
        (encrypted(&signed).response_signed(rsa(), &signature), 2),
    ] {
        let verification = seen_by_both(&xml, &expected());
        assert_eq!(opinions(&verification), vec![None; times]);
        assert_eq!(verification.outcome.map(|assertion| assertion.name_id().to_owned()), Ok(PERSON.to_owned()));
    }
}

#[test]
fn the_second_engine_sees_nothing_that_ours_has_not_accepted() {
    let forged = Draft::entra().assertion_signed(other_rsa(), &Signature::default());
    let altered = Draft::entra().signed().replace(PERSON, "admin@contoso.com");
    for xml in [&forged, &altered] {
        let verification = seen_by_both(xml, &expected());
        assert!(verification.outcome.is_err() && opinions(&verification).is_empty());
    }
    let elsewhere = ExpectedResponse { acs_url: "https://portal.example/elsewhere", ..expected() };
    let verification = seen_by_both(&Draft::entra().signed(), &elsewhere);
    assert!(matches!(verification.outcome, Err(Rejection::WrongDestination { .. })));
    assert!(opinions(&verification).is_empty(), "nor what is refused for another reason");
}

/// A response that ours accepts and libxml2 cannot read: around the signed assertion stands a
/// name that is longer than libxml2 takes.
fn unreadable_for_libxml2() -> Draft {
    let name = "x".repeat(60_000);
    let extensions = format!("<samlp:Extensions><{name} xmlns=\"urn:x\"/></samlp:Extensions><samlp:Status>");
    Draft::entra().response("<samlp:Status>", &extensions)
}

#[test]
fn what_the_second_engine_cannot_read_is_rejected_where_it_is_used() {
    let xml = unreadable_for_libxml2().signed();
    assert!(verify(&xml).is_ok(), "alone, ours takes it");
    let verification = seen_by_both(&xml, &expected());
    assert_eq!(verification.outcome, Err(Rejection::SecondEngineUnreadable));
    assert_eq!(opinions(&verification), [Some(Rejection::SecondEngineUnreadable)]);
    assert!(verification.signed_by.is_some(), "it was verified all the same");
    let around = unreadable_for_libxml2();
    let inside = Draft::entra().signed_assertion(rsa(), &Signature::default());
    let encrypted = around.with_assertion(&Encryption::entra().of(&inside, sp_key().certificate_der())).unsigned();
    assert_eq!(
        seen_by_both(&encrypted, &expected()).outcome,
        Err(Rejection::SecondEngineUnreadable),
        "in its own words, although the ciphertext could be altered: it was not"
    );
}
