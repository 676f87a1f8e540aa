//! Algorithms that are broken, or made for something else. SHA-1 is rejected though the
//! signature is right, and so is an HMAC whose key is our certificate.

use std::fmt::Write as _;

use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;

use super::{AttackSample, bad};
use crate::corpus::bases::{Base, Signs};
use crate::corpus::edit;
use crate::corpus::signature::{DSIG, KeyInfo};
use crate::support::{encode, rsa};

const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const HMAC: &str = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

pub fn of(base: &Base) -> Vec<AttackSample> {
    let method = |uri: &str| base.signature(|signature| signature.method = uri.into());
    let digest = |uri: &str| base.signature(|signature| signature.digest = uri.into());
    let not_allowed = |name: String, xml: String, uri: &str| bad(name, xml, format!("AlgorithmNotAllowed: {uri}"));
    let name = |uri: &str| uri.rsplit(['#', '/']).next().unwrap_or_default().to_owned();
    let mut all = vec![
        not_allowed("method-rsa-sha1".into(), method(RSA_SHA1).signed(), RSA_SHA1),
        not_allowed("digest-sha1".into(), digest(SHA1).signed(), SHA1),
        not_allowed("method-none".into(), method("").pretended(), ""),
        not_allowed("digest-none".into(), digest("").pretended(), ""),
    ];
    for uri in ["rsa-md5", "rsa-sha224", "rsa-ripemd160", "ecdsa-sha1", "ecdsa-sha224", "hmac-sha512", "hmac-md5"] {
        let uri = format!("{MORE}{uri}");
        all.push(not_allowed(format!("method-{}", name(&uri)), method(&uri).pretended(), &uri));
    }
    for uri in [
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2009/xmldsig11#dsa-sha256",
        "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
        "http://www.w3.org/2001/04/xmldsig-more#RSA-SHA256",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 ",
    ] {
        all.push(not_allowed(format!("method-{}", name(uri).replace(' ', "-space")), method(uri).pretended(), uri));
    }
    for uri in [
        "http://www.w3.org/2001/04/xmldsig-more#md5",
        "http://www.w3.org/2001/04/xmldsig-more#sha224",
        "http://www.w3.org/2001/04/xmlenc#ripemd160",
        "http://www.w3.org/2007/05/xmldsig-more#sha3-256",
    ] {
        all.push(not_allowed(format!("digest-{}", name(uri)), digest(uri).pretended(), uri));
    }
    all.extend(hmac(base));
    all
}

/// HMACs that are right if the key is what everybody has: our certificate.
fn hmac(base: &Base) -> Vec<AttackSample> {
    let plain = base.signature.prefix == "ds" && base.signature.gap.is_empty() && base.signature.prefixes.is_none();
    if base.signs == Signs::Both || !plain {
        return Vec::new();
    }
    let public = rsa().private.public_key_to_pem().unwrap();
    let keys = [
        ("der", rsa().certificate.der().to_vec()),
        ("base64", encode(rsa().certificate.der()).into_bytes()),
        ("spki", rsa().private.public_key_to_der().unwrap()),
        ("pem", public),
        ("nothing", vec![0]),
    ];
    let unsigned = base.signature(|signature| signature.key_info = KeyInfo::None).signed();
    let method = edit::attribute(&unsigned, "ds:SignatureMethod", "Algorithm", Some(HMAC));
    let info = canonical(edit::cut(&method, "ds:SignedInfo"));
    keys.map(|(name, key)| {
        let xml = edit::fill(&method, "ds:SignatureValue", &encode(mac(&key, info.as_bytes())));
        bad(format!("hmac-by-{name}"), xml, format!("AlgorithmNotAllowed: {HMAC}"))
    })
    .into()
}

/// A `SignedInfo` in exclusive canonical form: the namespace is declared on it, and no tag is
/// empty.
fn canonical(info: &str) -> String {
    let declared = info.replacen("<ds:SignedInfo", &format!("<ds:SignedInfo xmlns:ds=\"{DSIG}\""), 1);
    let mut canonical = String::new();
    for piece in declared.split_inclusive("/>") {
        let Some(open) = piece.strip_suffix("/>") else {
            canonical.push_str(piece);
            continue;
        };
        let name = open.rsplit('<').next().unwrap_or_default().split(' ').next().unwrap_or_default();
        write!(canonical, "{open}></{name}>").unwrap();
    }
    canonical
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = PKey::hmac(key).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    signer.update(text).unwrap();
    signer.sign_to_vec().unwrap()
}
