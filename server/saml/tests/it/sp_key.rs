//! Our own key and its certificate.

use chrono::{DateTime, TimeDelta, Utc};
use openssl::pkey::PKey;
use openssl::x509::X509;
use saml::certificate::CertificateError;
use saml::sp_key::{SpKey, SpKeyError};

use crate::support::*;

fn until() -> DateTime<Utc> {
    now() + TimeDelta::days(3650)
}

#[test]
fn a_key_comes_with_a_certificate_of_its_own() {
    let key = SpKey::generate("Portal é of Contoso", [0xff; 16], now(), until()).unwrap();
    assert_eq!((key.not_before(), key.not_after()), (now(), until()));
    let certificate = X509::from_der(key.certificate_der()).unwrap();
    let public = certificate.public_key().unwrap();
    assert_eq!((public.bits(), certificate.version()), (2048, 2));
    assert!(certificate.verify(&public).unwrap());
    assert_eq!(certificate.serial_number().to_bn().unwrap().to_vec(), [vec![0x7f], vec![0xff; 15]].concat());
    assert_eq!(X509::from_pem(key.certificate_pem().as_bytes()).unwrap().to_der().unwrap(), key.certificate_der());
    assert_eq!(key.certificate_base64(), encode(key.certificate_der()));
    let digest = |method| hex::encode_upper(certificate.digest(method).unwrap());
    assert_eq!(key.thumbprint_sha1(), digest(openssl::hash::MessageDigest::sha1()));
    assert_eq!(key.thumbprint_sha256(), digest(openssl::hash::MessageDigest::sha256()));
    assert_eq!(key.certificate().subject(), "CN=Portal é of Contoso");
    let text = String::from_utf8(certificate.to_text().unwrap()).unwrap();
    for part in ["CA:FALSE", "Digital Signature, Key Encipherment", "Subject Key Identifier"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_serial_of_zeros_is_still_positive() {
    let key = SpKey::generate("a", [0; 16], now(), until()).unwrap();
    let certificate = X509::from_der(key.certificate_der()).unwrap();
    assert_eq!(certificate.serial_number().to_bn().unwrap().to_vec(), [vec![0x40], vec![0; 15]].concat());
}

#[test]
fn a_stored_key_is_taken_up_again() {
    let key = sp_key();
    let again = SpKey::from_parts(&key.private_key_der().unwrap(), key.certificate_der()).unwrap();
    assert_eq!(again.thumbprint_sha256(), key.thumbprint_sha256());
    assert_eq!(again.private_key_der().unwrap(), key.private_key_der().unwrap());
}

#[test]
fn parts_that_do_not_belong_together_are_rejected() {
    let (key, other) = (sp_key(), rsa());
    let private = key.private_key_der().unwrap();
    assert_eq!(SpKey::from_parts(&private, other.certificate.der()).unwrap_err(), SpKeyError::Mismatch);
    assert_eq!(SpKey::from_parts(&private, p256().certificate.der()).unwrap_err(), SpKeyError::Mismatch);
    let elliptic = p256().private.private_key_to_pkcs8().unwrap();
    assert_eq!(SpKey::from_parts(&elliptic, p256().certificate.der()).unwrap_err(), SpKeyError::PrivateKey);
    for bad in [&b""[..], b"\x30\x00", key.certificate_der()] {
        assert_eq!(SpKey::from_parts(bad, key.certificate_der()).unwrap_err(), SpKeyError::PrivateKey);
    }
    let damaged = SpKey::from_parts(&private, &key.certificate_der()[1..]).unwrap_err();
    assert_eq!(damaged, SpKeyError::Certificate(CertificateError::NotACertificate));
}

#[test]
fn what_no_certificate_can_say_is_rejected() {
    let generate = |name: &str, until| SpKey::generate(name, [1; 16], now(), until).unwrap_err();
    for name in ["", "a\nb", &"x".repeat(65)] {
        assert_eq!(generate(name, until()), SpKeyError::CommonName, "{name}");
    }
    assert_eq!(generate("a", now()), SpKeyError::Validity);
    assert_eq!(generate("a", now() - TimeDelta::days(1)), SpKeyError::Validity);
}

#[test]
fn the_private_key_does_not_show() {
    let key = sp_key();
    let shown = format!("{key:?}");
    assert!(shown.starts_with("SpKey { thumbprint_sha256: "), "{shown}");
    assert!(shown.len() < 120, "{shown}");
    assert!(PKey::private_key_from_pkcs8(&key.private_key_der().unwrap()).is_ok());
}
