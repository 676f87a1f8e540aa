//! What a sign-in costs: form value in, claims out, as `portal` does it. Beside it, in the
//! same run: the parts it is made of, the other engine, and samael called alone.
//!
//! `cargo bench -p saml`; the figures are in `docs/performance.md`.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[expect(dead_code, clippy::indexing_slicing, clippy::panic, reason = "shared with the tests, which use all of it")]
#[path = "../tests/it/corpus/mod.rs"]
mod corpus;
#[expect(dead_code, unused_imports, clippy::expect_used, reason = "shared with the tests, which use all of it")]
#[path = "../tests/it/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use samael::crypto::ReduceMode;
use samael::key_info::{KeyInfo, X509Data};
use samael::metadata::{Endpoint, EntityDescriptor, HTTP_REDIRECT_BINDING, IdpSsoDescriptor, KeyDescriptor};
use samael::service_provider::ServiceProvider;
use saml::certificate::SigningCertificate;
use saml::response::{GatedResponse, SignatureEngine, Trust, VerifiedAssertion};
use support::encrypt::{AES256_GCM, Encryption};
use support::{ACS, Draft, IDP, PERSON, REQUEST, SP, Signature, encode, expected, now, other_rsa, rsa, sp_key};

/// Entra's response with its claims and its certificate: about 6 KB.
fn entra(groups: usize) -> Draft {
    let claims: String = ["tenantid", "objectidentifier", "displayname", "identityprovider"]
        .iter()
        .map(|name| {
            claim(
                &format!("http://schemas.microsoft.com/identity/claims/{name}"),
                &["8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55"],
            )
        })
        .chain(
            ["givenname", "surname", "emailaddress", "name"]
                .iter()
                .map(|name| claim(&format!("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{name}"), &[PERSON])),
        )
        .collect();
    let ids: Vec<String> = (0..groups).map(|n| format!("{n:08x}-5b1e-4a0c-9d7e-3c6b1f0a2d55")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let groups = claim("http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", &ids);
    let mut draft = Draft::entra();
    draft.assertion = draft.assertion.replace("<AttributeStatement>", &format!("<AttributeStatement>{claims}{groups}"));
    draft
}

/// The same, each group with the namespaces of its type, as `OpenSAML` and Keycloak write: five
/// times as many must take about five times as long.
fn declared(groups: usize) -> Draft {
    let mut draft = entra(groups);
    let value = "<AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">";
    draft.assertion = draft.assertion.replace("<AttributeValue>", value);
    draft
}

fn claim(name: &str, values: &[&str]) -> String {
    let values = values.join("</AttributeValue><AttributeValue>");
    format!("<Attribute Name=\"{name}\"><AttributeValue>{values}</AttributeValue></Attribute>")
}

/// A signature that carries the certificate, as Entra's does.
fn signature() -> Signature {
    let certificate = encode(rsa().certificate.der());
    let key_info = format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    );
    Signature { key_info, ..Signature::default() }
}

fn sign_in(form_value: &str, trust: &Trust<'_>) -> VerifiedAssertion {
    GatedResponse::decode(form_value).unwrap().verify(trust, &expected(), now()).unwrap()
}

fn good(c: &mut Criterion) {
    let one = [rsa().certificate.clone()];
    let second = [other_rsa().certificate.clone(), rsa().certificate.clone()];
    let keys = [sp_key().clone()];
    let trust = Trust { decryption_keys: &keys, ..Trust::new(IDP, &one) };
    let draft = entra(0);
    let signed = draft.signed_assertion(rsa(), &signature());
    let encrypted =
        |encryption: &Encryption| draft.with_assertion(&encryption.of(&signed, keys[0].certificate_der())).unsigned();
    let bare = draft.assertion_signed(rsa(), &Signature::default());
    let mut group = c.benchmark_group("sign-in");
    for (name, xml, trust) in [
        ("assertion signed", draft.assertion_signed(rsa(), &signature()), trust),
        ("response signed", draft.response_signed(rsa(), &signature()), trust),
        ("both signed", draft.both_signed(rsa(), &signature()), trust),
        ("200 groups with namespaces", declared(200).assertion_signed(rsa(), &signature()), trust),
        ("1,000 groups with namespaces", declared(1_000).assertion_signed(rsa(), &signature()), trust),
        ("150 groups", entra(150).assertion_signed(rsa(), &signature()), trust),
        ("encrypted, AES-256-CBC as Entra", encrypted(&Encryption::entra()), trust),
        ("encrypted, AES-256-GCM", encrypted(&Encryption { content: AES256_GCM, ..Encryption::entra() }), trust),
        ("second certificate, named in KeyInfo", draft.assertion_signed(rsa(), &signature()), Trust::new(IDP, &second)),
        ("second certificate, not named", bare, Trust::new(IDP, &second)),
        (
            "with the second opinion",
            draft.assertion_signed(rsa(), &signature()),
            Trust { second_opinion: true, ..trust },
        ),
    ] {
        let form_value = encode(&xml);
        let name = format!("{name}, {} bytes", xml.len());
        group.bench_function(name, |b| b.iter(|| sign_in(black_box(&form_value), &trust)));
    }
}

fn parts(c: &mut Criterion) {
    let xml = entra(0).assertion_signed(rsa(), &signature());
    let form_value = encode(&xml);
    let certificates = [rsa().certificate.clone()];
    let mut group = c.benchmark_group("parts");
    group.bench_function("RSA-2048 verify", |b| {
        let digest = openssl::sha::sha256(xml.as_bytes());
        let mut signer = PkeyCtx::new(&rsa().private).unwrap();
        signer.sign_init().unwrap();
        signer.set_rsa_padding(Padding::PKCS1).unwrap();
        signer.set_signature_md(openssl::md::Md::sha256()).unwrap();
        let mut value = Vec::new();
        signer.sign_to_vec(&digest, &mut value).unwrap();
        let mut verifier = PkeyCtx::new(&rsa().private).unwrap();
        verifier.verify_init().unwrap();
        verifier.set_rsa_padding(Padding::PKCS1).unwrap();
        verifier.set_signature_md(openssl::md::Md::sha256()).unwrap();
        b.iter(|| assert!(verifier.verify(black_box(&digest), &value).unwrap()));
    });
    group.bench_function("SHA-256", |b| b.iter(|| openssl::sha::sha256(black_box(xml.as_bytes()))));
    group.bench_function("XML parse", |b| b.iter(|| roxmltree::Document::parse(black_box(&xml)).unwrap().root().id()));
    group.bench_function("gate", |b| b.iter(|| GatedResponse::decode(black_box(&form_value)).unwrap()));
    let gated = GatedResponse::decode(&form_value).unwrap();
    for engine in [SignatureEngine::Primary, SignatureEngine::Samael] {
        group.bench_function(format!("signature alone, {engine:?}"), |b| {
            b.iter(|| gated.signed_bytes(engine, black_box(&certificates), now()).unwrap());
        });
    }
}

/// What attackers send, a class at a time: the mean over its documents, which are all made
/// from one response of Entra's.
fn hostile(c: &mut Criterion) {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let base = corpus::bases::all().into_iter().next().unwrap();
    let mut group = c.benchmark_group("hostile");
    for family in &corpus::attacks::FAMILIES {
        let documents: Vec<String> = (family.of)(&base).into_iter().map(|bad| encode(bad.document)).collect();
        let mut next = documents.iter().cycle();
        group.bench_function(format!("{} ({})", family.why, documents.len()), |b| {
            b.iter(|| {
                let gated = GatedResponse::decode(black_box(next.next().unwrap()));
                gated.and_then(|gated| gated.verify(&trust, &expected(), now())).unwrap_err()
            });
        });
    }
}

/// samael's own way, with and without the mode that is safe.
#[expect(clippy::disallowed_methods, reason = "what this project does not do is what is measured")]
fn samael_alone(c: &mut Criterion) {
    let xml = entra(0).assertion_signed(rsa(), &signature());
    let provider = samael_provider(&rsa().certificate);
    let mut group = c.benchmark_group("samael alone");
    for (name, mode) in [("default", ReduceMode::default()), ("PreDigest", ReduceMode::PreDigest)] {
        group.bench_function(name, |b| {
            b.iter(|| provider.parse_xml_response_with_mode(black_box(&xml), Some(&[REQUEST]), mode).unwrap());
        });
    }
}

fn samael_provider(certificate: &SigningCertificate) -> ServiceProvider {
    let key = KeyDescriptor {
        key_use: Some("signing".into()),
        encryption_methods: None,
        key_info: KeyInfo { id: None, x509_data: Some(X509Data { certificates: vec![encode(certificate.der())] }) },
    };
    let endpoint = Endpoint {
        binding: HTTP_REDIRECT_BINDING.into(),
        location: "https://idp.example/".into(),
        response_location: None,
    };
    let descriptor = IdpSsoDescriptor {
        id: None,
        valid_until: None,
        cache_duration: None,
        protocol_support_enumeration: Some("urn:oasis:names:tc:SAML:2.0:protocol".into()),
        error_url: None,
        signature: None,
        key_descriptors: vec![key],
        organization: None,
        contact_people: Vec::new(),
        artifact_resolution_service: Vec::new(),
        single_logout_services: Vec::new(),
        manage_name_id_services: Vec::new(),
        name_id_formats: Vec::new(),
        want_authn_requests_signed: Some(false),
        single_sign_on_services: vec![endpoint],
        name_id_mapping_services: Vec::new(),
        assertion_id_request_services: Vec::new(),
        attribute_profiles: Vec::new(),
        attributes: Vec::new(),
    };
    let idp_metadata = EntityDescriptor {
        entity_id: Some(IDP.into()),
        idp_sso_descriptors: Some(vec![descriptor]),
        ..EntityDescriptor::default()
    };
    ServiceProvider {
        entity_id: Some(SP.into()),
        acs_url: Some(ACS.into()),
        idp_metadata,
        // its clock cannot be set: responses of the tests are dated, so they never grow old
        max_issue_delay: chrono::Duration::days(36_500),
        max_clock_skew: chrono::Duration::days(36_500),
        ..ServiceProvider::default()
    }
}

/// Sign-ins by two threads at once: the time is that of one sign-in of each, so perfect
/// scaling takes as long as one thread alone.
fn two_threads(c: &mut Criterion) {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let form_value = encode(entra(0).assertion_signed(rsa(), &signature()));
    let many = |rounds: u64| (0..rounds).for_each(|_| drop(black_box(sign_in(black_box(&form_value), &trust))));
    let mut group = c.benchmark_group("threads");
    for threads in [1, 2] {
        group.bench_function(format!("{threads}"), |b| {
            b.iter_custom(|rounds| {
                let started = Instant::now();
                std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(|| many(rounds)))));
                started.elapsed()
            });
        });
    }
}

criterion_group!(benches, good, hostile, parts, two_threads, samael_alone);
criterion_main!(benches);
