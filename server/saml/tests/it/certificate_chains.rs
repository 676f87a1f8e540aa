//! Certificates that stand together, of which some only vouch for others.

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::BasicConstraints;
use openssl::x509::{X509, X509Name, X509NameBuilder};
use saml::certificate::{CertificateError, SigningCertificate};
use saml::metadata::IdpMetadata;
use saml::response::{GatedResponse, Rejection};
use saml::upload::{UploadedFile, read_certificates};

use crate::support::*;

fn name(common: &str) -> X509Name {
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, common).unwrap();
    name.build()
}

/// A certificate for a key, by an issuer.
fn issued(subject: &str, key: &PKey<Private>, issuer: &str, signer: &PKey<Private>, is_authority: bool) -> Vec<u8> {
    let day = |days: i64| Asn1Time::from_unix((now() + chrono::TimeDelta::days(days)).timestamp()).unwrap();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(9).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&name(subject)).unwrap();
    builder.set_issuer_name(&name(issuer)).unwrap();
    builder.set_not_before(&day(-1)).unwrap();
    builder.set_not_after(&day(300)).unwrap();
    builder.set_pubkey(key).unwrap();
    if is_authority {
        builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    }
    builder.sign(signer, MessageDigest::sha256()).unwrap();
    builder.build().to_der().unwrap()
}

/// A leaf with the key that responses are signed with, what issued it, and what issued that.
struct Chain {
    leaf: Vec<u8>,
    intermediate: Vec<u8>,
    root: Vec<u8>,
}

impl Chain {
    /// The authority has somebody else's key; no certificate says that it is one.
    fn new() -> Self {
        let (root, intermediate) = (&p256().private, &other_rsa().private);
        Self {
            leaf: issued("idp.example", &rsa().private, "Issuing CA", intermediate, false),
            intermediate: issued("Issuing CA", intermediate, "Root CA", root, false),
            root: issued("Root CA", root, "Root CA", root, false),
        }
    }

    fn orders(&self) -> [[&[u8]; 3]; 3] {
        let Self { leaf, intermediate, root } = self;
        [[leaf, intermediate, root], [root, intermediate, leaf], [intermediate, leaf, root]]
    }

    fn trusted(&self) -> Vec<SigningCertificate> {
        vec![SigningCertificate::from_der(&self.leaf).unwrap()]
    }
}

fn pem(der: &[u8]) -> String {
    pem::encode(&pem::Pem::new("CERTIFICATE", der))
}

/// Metadata with one `KeyInfo`; all certificates in one `X509Data`, or each in its own.
fn metadata(ders: &[&[u8]], is_apart: bool) -> String {
    let between = if is_apart { "</X509Data><X509Data>" } else { "" };
    let certificates: Vec<_> =
        ders.iter().map(|der| format!("<X509Certificate>{}</X509Certificate>", encode(der))).collect();
    format!(
        "<EntityDescriptor entityID=\"{IDP}\" xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>{}</X509Data></KeyInfo></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>",
        certificates.join(between)
    )
}

#[test]
fn of_a_chain_only_the_leaf_is_trusted_in_any_order() {
    let chain = Chain::new();
    for order in chain.orders() {
        for is_apart in [false, true] {
            let read = IdpMetadata::parse(metadata(&order, is_apart).as_bytes()).unwrap();
            assert_eq!(read.certificates, chain.trusted());
            let why: Vec<_> = read.skipped.into_iter().map(|skipped| skipped.reason).collect();
            assert_eq!(why, [CertificateError::Issuer, CertificateError::Issuer]);
        }
        let bundle = order.map(pem).concat();
        assert_eq!(read_certificates(bundle.as_bytes()), Ok(chain.trusted()));
    }
}

#[test]
fn a_message_signed_with_the_authoritys_key_is_rejected() {
    let chain = Chain::new();
    let trusted = read_certificates(metadata(&chain.orders()[0], false).as_bytes()).unwrap();
    let draft = Draft::entra();
    assert!(verify_with(&draft.signed(), &trusted).is_ok());
    let by_authority = draft.assertion_signed(other_rsa(), &Signature::default());
    assert_eq!(verify_with(&by_authority, &trusted), Err(Rejection::SignatureInvalid));
}

#[test]
fn a_message_that_carries_a_chain_names_the_leaf_and_trusts_none_of_it() {
    let chain = Chain::new();
    for order in chain.orders() {
        for between in ["", "</ds:X509Data><ds:X509Data>"] {
            let certificates: Vec<_> =
                order.iter().map(|der| format!("<ds:X509Certificate>{}</ds:X509Certificate>", encode(der))).collect();
            let certificates = certificates.join(between);
            let key_info = format!("<ds:KeyInfo><ds:X509Data>{certificates}</ds:X509Data></ds:KeyInfo>");
            let signature = Signature { key_info, ..Signature::default() };
            let draft = Draft::entra();
            for key in [rsa(), other_rsa()] {
                let xml = draft.assertion_signed(key, &signature);
                let gated = GatedResponse::decode(&encode(&xml)).unwrap();
                assert_eq!(gated.named_certificates(), std::slice::from_ref(&chain.leaf));
                let is_leafs = key.certificate == rsa().certificate;
                assert_eq!(verify_with(&xml, &chain.trusted()).is_ok(), is_leafs, "the authority signs nothing");
                let nobody = [p384().certificate.clone()];
                assert_eq!(verify_with(&xml, &nobody), Err(Rejection::SignatureInvalid));
            }
        }
    }
}

#[test]
fn an_authority_is_not_trusted_because_its_leaf_cannot_be_used() {
    let Chain { intermediate, root, .. } = Chain::new();
    let weak = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
    let leaf = issued("idp.example", &weak, "Issuing CA", &other_rsa().private, false);
    let weak = Err(CertificateError::WeakKey { key: "RSA 1024".into() }.into());
    for order in [[&leaf, &intermediate, &root], [&root, &intermediate, &leaf]] {
        assert_eq!(read_certificates(order.map(|der| pem(der)).concat().as_bytes()), weak);
    }
    // nobody can say what a damaged one was issued by: whoever may issue is not trusted
    let authority = issued("Root CA", &p256().private, "Root CA", &p256().private, true);
    let damaged = pem(&leaf[..leaf.len() / 2]);
    assert!(read_certificates(format!("{damaged}{}", pem(&authority)).as_bytes()).is_err());
    let beside = format!("{damaged}{}", pem(rsa().certificate.der()));
    assert_eq!(read_certificates(beside.as_bytes()), Ok(vec![rsa().certificate.clone()]));
}

#[test]
fn certificates_of_one_name_that_issued_themselves_are_no_chain() {
    let (now, next) = (&rsa().certificate, &other_rsa().certificate);
    assert_eq!(now.subject(), next.subject());
    let both = vec![now.clone(), next.clone()];
    let read = IdpMetadata::parse(metadata(&[now.der(), next.der()], false).as_bytes()).unwrap();
    assert_eq!((read.certificates, read.skipped), (both.clone(), Vec::new()));
    let bundle = [now.to_pem(), next.to_pem()].concat();
    assert_eq!(
        UploadedFile::read(bundle.as_bytes()),
        Ok(UploadedFile::Certificates { certificates: both, skipped: Vec::new() })
    );
}
