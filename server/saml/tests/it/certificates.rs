//! What administrators upload.

use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use saml::certificate::{CertificateError, SigningCertificate};
use saml::metadata::MetadataError;
use saml::upload::{UPLOAD_LIMIT, UploadError, read_certificates};

use crate::support::*;

fn pem(der: &[u8]) -> String {
    pem::encode(&pem::Pem::new("CERTIFICATE", der))
}

fn weak(key: &str) -> CertificateError {
    CertificateError::WeakKey { key: key.into() }
}

fn of_rsa(bits: u32) -> Result<SigningCertificate, CertificateError> {
    let private = PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap();
    SigningCertificate::from_der(&certificate(&private, Validity(-1, 1)))
}

#[test]
fn a_certificate_says_what_entra_shows() {
    let certificate = &rsa().certificate;
    assert_eq!(certificate.subject(), "CN=Microsoft Azure Federated SSO Certificate");
    assert_eq!(certificate.key_description(), "RSA 2048");
    assert_eq!(certificate.not_before().to_rfc3339(), "2026-11-22T13:00:00+00:00");
    assert_eq!(certificate.not_after().to_rfc3339(), "2036-11-20T13:00:00+00:00");
    let sha1 = hex::encode_upper(openssl::sha::sha1(certificate.der()));
    assert_eq!(certificate.thumbprint_sha1(), sha1);
    assert_eq!(certificate.thumbprint_sha256(), hex::encode_upper(openssl::sha::sha256(certificate.der())));
    assert_eq!(p256().certificate.key_description(), "EC P-256");
    assert_eq!(p384().certificate.key_description(), "EC P-384");
}

#[test]
fn raw_base64_and_pem_are_told_apart_by_content() {
    let certificate = &rsa().certificate;
    let base64 = encode(certificate.der());
    let folded = base64.as_bytes().chunks(64).map(|line| format!("{}\r\n", std::str::from_utf8(line).unwrap()));
    let folded: String = folded.collect();
    let pem = pem(certificate.der());
    let uploads: [&[u8]; 5] = [
        certificate.der(),
        pem.as_bytes(),
        base64.as_bytes(),
        folded.as_bytes(),
        &format!("\u{feff}\n{pem}").into_bytes(),
    ];
    for upload in uploads {
        assert_eq!(read_certificates(upload).unwrap(), std::slice::from_ref(certificate));
    }
}

#[test]
fn text_is_read_however_it_was_saved_and_handed_on() {
    let certificate = &rsa().certificate;
    let pem = pem(certificate.der());
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let uploads = [
        utf16(&pem),
        utf16(&format!("\u{feff}{pem}")),
        utf16(&encode(certificate.der())),
        pem.replace('\n', "\r\n    ").into_bytes(),
        pem.replace('\n', "\\n").into_bytes(),
        pem.replace("CERTIFICATE", "X509 CERTIFICATE").into_bytes(),
        encode(certificate.der()).trim_end_matches('=').replace('+', "\u{200b}+").into_bytes(),
        [b"subject=M\xfcller\n", pem.as_bytes()].concat(),
    ];
    for upload in uploads {
        assert_eq!(read_certificates(&upload).as_deref(), Ok(std::slice::from_ref(certificate)), "{upload:?}");
    }
}

#[test]
fn a_certificate_of_version_1_is_one() {
    let private = &rsa().private;
    let mut builder = openssl::x509::X509::builder().unwrap();
    builder.set_pubkey(private).unwrap();
    builder.set_not_before(&openssl::asn1::Asn1Time::from_unix(0).unwrap()).unwrap();
    builder.set_not_after(&openssl::asn1::Asn1Time::from_unix(4_000_000_000).unwrap()).unwrap();
    builder.sign(private, openssl::hash::MessageDigest::sha256()).unwrap();
    let der = builder.build().to_der().unwrap();
    assert_eq!(read_certificates(&der).unwrap().len(), 1);
}

#[test]
fn a_bundle_gives_each_certificate_once_in_order() {
    let (first, second) = (&rsa().certificate, &p256().certificate);
    let bundle = format!("subject=x\n{}{}{}", pem(first.der()), pem(second.der()), pem(first.der()));
    assert_eq!(read_certificates(bundle.as_bytes()).unwrap(), [first.clone(), second.clone()]);
    let many = pem(first.der()).repeat(21);
    assert_eq!(read_certificates(many.as_bytes()), Err(CertificateError::TooMany { limit: 20 }.into()));
}

#[test]
fn what_is_no_certificate_is_rejected() {
    for garbage in [&b""[..], b"hello", b"0", b"\x30\x03\x02\x01\x01", &[0xff; 64], b"AAAA"] {
        assert_eq!(read_certificates(garbage), Err(CertificateError::NotACertificate.into()), "{garbage:?}");
    }
    let page = UploadError::Metadata(MetadataError::NotMetadata);
    assert_eq!(read_certificates(b"<html></html>"), Err(page));
    let request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
    assert_eq!(read_certificates(request.as_bytes()), Err(CertificateError::NotACertificate.into()));
}

#[test]
fn a_damaged_certificate_is_called_damaged() {
    let der = rsa().certificate.der();
    let trailing = [der, b"\n"].concat();
    assert_eq!(SigningCertificate::from_der(&trailing), Err(CertificateError::Damaged));
    assert_eq!(read_certificates(&trailing), Err(CertificateError::Damaged.into()));
    assert_eq!(read_certificates(&der[..der.len() / 2]), Err(CertificateError::Damaged.into()));
    let cut = pem(der).replace("-----END CERTIFICATE-----", "");
    assert_eq!(read_certificates(cut.as_bytes()), Err(CertificateError::Damaged.into()));
    for (line, copied) in [("-----BEGIN CERTIFICATE-----", ""), ("-----BEGIN", "----BEGIN"), ("-----", "\u{2014}")] {
        let copied = pem(der).replace(line, copied);
        assert_eq!(read_certificates(copied.as_bytes()), Err(CertificateError::Damaged.into()), "{copied}");
    }
}

#[test]
fn a_private_key_is_called_one() {
    let key = rsa().private.private_key_to_pem_pkcs8().unwrap();
    let both = [pem(rsa().certificate.der()).into_bytes(), key].concat();
    assert_eq!(read_certificates(&both), Err(UploadError::PrivateKey));
}

#[test]
fn keys_that_no_allowed_algorithm_uses_are_rejected() {
    assert_eq!(of_rsa(1024), Err(weak("RSA 1024")));
    let edwards = PKey::generate_ed25519().unwrap();
    assert_eq!(SigningCertificate::from_der(&certificate(&edwards, Validity(-1, 1))), Err(weak("Ed25519")));
    let curve = ec_key(Nid::SECP256K1);
    assert_eq!(SigningCertificate::from_der(&certificate(&curve, Validity(-1, 1))), Err(weak("EC secp256k1")));
    let curve = ec_key(Nid::SECP521R1);
    assert_eq!(SigningCertificate::from_der(&certificate(&curve, Validity(-1, 1))), Err(weak("EC secp521r1")));
}

#[test]
fn what_is_too_large_is_rejected() {
    assert_eq!(read_certificates(&vec![b'A'; UPLOAD_LIMIT + 1]), Err(UploadError::TooLarge));
}
