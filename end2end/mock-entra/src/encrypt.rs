//! Token encryption (XML Encryption 1.1) as Entra does it: a fresh AES-256 key for every
//! assertion, wrapped for the certificate's owner.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::encrypt::Encrypter;
use openssl::rand::rand_bytes;
use openssl::rsa::Padding;
use openssl::symm::{Cipher, encrypt, encrypt_aead};
use openssl::x509::X509;
use saml::certificate::SigningCertificate;
use serde::{Deserialize, Serialize};

/// How long GCM's tag is (xmlenc11 §5.2.4).
const TAG: usize = 16;

/// What an assertion is encrypted with; its key is wrapped with RSA-OAEP-MGF1P either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentCipher {
    /// AES-256-CBC, Entra's own choice.
    #[default]
    #[serde(rename = "aes256-cbc")]
    Aes256Cbc,
    /// AES-256-GCM.
    #[serde(rename = "aes256-gcm")]
    Aes256Gcm,
}

impl ContentCipher {
    /// The form's value and the label.
    pub const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Aes256Cbc, "aes256-cbc", "AES-256-CBC, as Entra"), (Self::Aes256Gcm, "aes256-gcm", "AES-256-GCM")];

    fn uri(self) -> &'static str {
        match self {
            Self::Aes256Cbc => "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
            Self::Aes256Gcm => "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        }
    }

    /// A fresh key, and IV, ciphertext and tag in a row.
    fn seal(self, clear: &[u8]) -> Result<([u8; 32], Vec<u8>)> {
        let mut key = [0; 32];
        rand_bytes(&mut key)?;
        let cipher = match self {
            Self::Aes256Cbc => Cipher::aes_256_cbc(),
            Self::Aes256Gcm => Cipher::aes_256_gcm(),
        };
        let mut iv = vec![0; cipher.iv_len().context("the cipher has an IV")?];
        rand_bytes(&mut iv)?;
        let sealed = match self {
            Self::Aes256Cbc => encrypt(cipher, &key, Some(&iv), clear)?,
            Self::Aes256Gcm => {
                let mut tag = [0; TAG];
                let sealed = encrypt_aead(cipher, &key, Some(&iv), &[], clear, &mut tag)?;
                [sealed, tag.to_vec()].concat()
            }
        };
        Ok((key, [iv, sealed].concat()))
    }
}

/// The `EncryptedAssertion` that holds an assertion for the owner of a certificate.
pub fn encrypted_assertion(assertion: &str, recipient: &SigningCertificate, cipher: ContentCipher) -> Result<String> {
    let (key, content) = cipher.seal(assertion.as_bytes())?;
    let (wrapped, content) = (STANDARD.encode(wrap(recipient, &key)?), STANDARD.encode(content));
    let (algorithm, certificate) = (cipher.uri(), STANDARD.encode(recipient.der()));
    Ok(format!(
        r#"<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="{algorithm}"/><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><e:EncryptedKey xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></e:EncryptionMethod><KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo><e:CipherData><e:CipherValue>{wrapped}</e:CipherValue></e:CipherData></e:EncryptedKey></KeyInfo><xenc:CipherData><xenc:CipherValue>{content}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></EncryptedAssertion>"#
    ))
}

/// RSA-OAEP with SHA-1 twice, which is what RSA-OAEP-MGF1P and its `DigestMethod` say.
fn wrap(recipient: &SigningCertificate, key: &[u8]) -> Result<Vec<u8>> {
    let public = X509::from_der(recipient.der())?.public_key()?;
    let mut encrypter = Encrypter::new(&public)?;
    encrypter.set_rsa_padding(Padding::PKCS1_OAEP)?;
    let mut wrapped = vec![0; encrypter.encrypt_len(key)?];
    let length = encrypter.encrypt(key, &mut wrapped)?;
    wrapped.truncate(length);
    Ok(wrapped)
}
