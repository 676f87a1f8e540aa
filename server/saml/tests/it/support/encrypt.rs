//! Encryption as an identity provider does it (XML Encryption 1.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::encrypt::Encrypter;
use openssl::hash::MessageDigest;
use openssl::pkey::{HasPublic, PKeyRef};
use openssl::rand::rand_bytes;
use openssl::rsa::Padding;
use openssl::symm::{Cipher, encrypt, encrypt_aead};
use openssl::x509::X509;

pub const AES128_CBC: &str = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
pub const AES256_CBC: &str = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
pub const AES128_GCM: &str = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
pub const AES256_GCM: &str = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
pub const TRIPLE_DES: &str = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc";
pub const RSA_OAEP_MGF1P: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
pub const RSA_OAEP: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
pub const RSA_15: &str = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";

/// Where the encrypted key stands.
#[derive(Clone, Copy)]
pub enum KeyPlace {
    /// In the `KeyInfo` of the `EncryptedData`, as Entra, Okta and Keycloak put it.
    Inside,
    /// Beside the `EncryptedData`, with a `RetrievalMethod`, as Shibboleth can.
    Beside,
}

/// How an assertion is encrypted.
#[derive(Clone)]
pub struct Encryption {
    pub content: &'static str,
    pub transport: &'static str,
    /// `DigestMethod` of the key transport.
    pub digest: Option<&'static str>,
    /// `MGF`, for [`RSA_OAEP`].
    pub mask: Option<&'static str>,
    pub place: KeyPlace,
    /// Whether the key names its recipient's certificate.
    pub names_recipient: bool,
}

impl Encryption {
    /// As Entra encrypts tokens.
    pub fn entra() -> Self {
        Self {
            content: AES256_CBC,
            transport: RSA_OAEP_MGF1P,
            digest: Some("http://www.w3.org/2000/09/xmldsig#sha1"),
            mask: None,
            place: KeyPlace::Inside,
            names_recipient: true,
        }
    }

    /// The `EncryptedAssertion` that holds an assertion for the owner of a certificate.
    pub fn of(&self, assertion: &str, recipient_der: &[u8]) -> String {
        let recipient = X509::from_der(recipient_der).unwrap();
        let (key, content) = encrypted_content(self.content, assertion.as_bytes());
        let wrapped = self.wrap(&recipient.public_key().unwrap(), &key);
        let certificate = if self.names_recipient {
            let certificate = STANDARD.encode(recipient_der);
            format!("<KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo>")
        } else {
            String::new()
        };
        let digest = self.digest.map(|uri| format!("<DigestMethod Algorithm=\"{uri}\"/>")).unwrap_or_default();
        let mask = self
            .mask
            .map(|uri| format!("<x11:MGF xmlns:x11=\"http://www.w3.org/2009/xmlenc11#\" Algorithm=\"{uri}\"/>"));
        let key = format!(
            r#"<e:EncryptedKey Id="_ek1" xmlns:e="http://www.w3.org/2001/04/xmlenc#" xmlns="http://www.w3.org/2000/09/xmldsig#"><e:EncryptionMethod Algorithm="{}">{digest}{}</e:EncryptionMethod>{certificate}<e:CipherData><e:CipherValue>{}</e:CipherValue></e:CipherData></e:EncryptedKey>"#,
            self.transport,
            mask.unwrap_or_default(),
            STANDARD.encode(wrapped),
        );
        let (inside, beside) = match self.place {
            KeyPlace::Inside => (key, String::new()),
            KeyPlace::Beside => {
                let retrieval =
                    r##"<RetrievalMethod Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="#_ek1"/>"##;
                (retrieval.to_owned(), key)
            }
        };
        format!(
            r#"<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="{}"/><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">{inside}</KeyInfo><xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{beside}</EncryptedAssertion>"#,
            self.content,
            STANDARD.encode(content),
        )
    }

    fn wrap<T: HasPublic>(&self, recipient: &PKeyRef<T>, key: &[u8]) -> Vec<u8> {
        let mut encrypter = Encrypter::new(recipient).unwrap();
        if self.transport == RSA_15 {
            encrypter.set_rsa_padding(Padding::PKCS1).unwrap();
        } else {
            encrypter.set_rsa_padding(Padding::PKCS1_OAEP).unwrap();
            encrypter.set_rsa_oaep_md(sha(self.digest)).unwrap();
            encrypter.set_rsa_mgf1_md(sha(self.mask)).unwrap();
        }
        let mut wrapped = vec![0; encrypter.encrypt_len(key).unwrap()];
        let length = encrypter.encrypt(key, &mut wrapped).unwrap();
        wrapped.truncate(length);
        wrapped
    }
}

fn sha(uri: Option<&str>) -> MessageDigest {
    if uri.is_some_and(|uri| uri.ends_with("sha256")) { MessageDigest::sha256() } else { MessageDigest::sha1() }
}

/// A fresh key, and IV, ciphertext and tag in a row.
fn encrypted_content(algorithm: &str, clear: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let cipher = match algorithm {
        AES128_CBC => Cipher::aes_128_cbc(),
        AES256_CBC => Cipher::aes_256_cbc(),
        AES128_GCM => Cipher::aes_128_gcm(),
        AES256_GCM => Cipher::aes_256_gcm(),
        _ => Cipher::des_ede3_cbc(),
    };
    let mut key = vec![0; cipher.key_len()];
    let mut iv = vec![0; cipher.iv_len().unwrap()];
    rand_bytes(&mut key).unwrap();
    rand_bytes(&mut iv).unwrap();
    let sealed = if algorithm.ends_with("gcm") {
        let mut tag = [0; 16];
        let sealed = encrypt_aead(cipher, &key, Some(&iv), &[], clear, &mut tag).unwrap();
        [sealed, tag.to_vec()].concat()
    } else {
        encrypt(cipher, &key, Some(&iv), clear).unwrap()
    };
    (key, [iv, sealed].concat())
}
