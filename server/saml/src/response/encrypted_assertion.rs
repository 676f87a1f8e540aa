//! Encrypted assertions (core §2.3.4, XML Encryption 1.1): their shape, and their decryption.
//!
//! Entra writes AES-256-CBC, which is not authenticated: whoever may post variants of a
//! message and learns which of them decrypt can read it without the key. So the caller
//! answers every failure after decryption with one [`Rejection::DecryptionFailed`], and a key
//! that does not unwrap is replaced by one that nobody can know, and not reported.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::encrypt::Decrypter;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sha::Sha256;
use openssl::symm::{Cipher, Crypter, Mode, decrypt_aead};
use roxmltree::{Node, NodeId};
use zeroize::Zeroizing;

use super::document::ParsedDocument;
use super::problems::InternalFault;
use super::rejection::{Rejection, invalid, repeated_in};
use super::shape_error::ShapeError;
use crate::base64_text::{self, without_whitespace};
use crate::display::displayable;
use crate::identifiers::{DSIG, XENC, XENC11};
use crate::sp_key::SpKey;
use crate::xml::{attribute, child, elements, is_named, text};

/// An assertion is encrypted to no more recipients than this.
const ENCRYPTED_KEYS: usize = 4;
/// The tag of AES-GCM (xmlenc11 §5.2.4).
const GCM_TAG: usize = 16;

/// An encrypted assertion of the right shape.
#[derive(Clone, Debug)]
pub(super) struct EncryptedAssertion {
    node: NodeId,
    content: Ciphertext,
    keys: Vec<EncryptedKey>,
}

/// Some ciphertext and its algorithm.
#[derive(Clone, Debug)]
struct Ciphertext {
    algorithm: String,
    value: NodeId,
}

/// The content's key, encrypted to somebody.
#[derive(Clone, Debug)]
struct EncryptedKey {
    ciphertext: Ciphertext,
    digest: Option<String>,
    mask: Option<String>,
    has_label: bool,
    /// The certificates it is encrypted to, as it says itself.
    recipients: Vec<String>,
}

/// How content is encrypted.
#[derive(Clone, Copy)]
enum ContentMode {
    Cbc,
    Gcm,
}

/// Checks an `EncryptedAssertion`: one `EncryptedData` with its value inside, and keys within
/// it or beside it. Nothing is fetched: no `CipherReference`, and a `RetrievalMethod` is not
/// followed.
pub(super) fn read(node: Node<'_, '_>) -> Result<EncryptedAssertion, Rejection> {
    let data = required_child(node, "EncryptedAssertion", "EncryptedData")?;
    let inside = child(data, DSIG, "KeyInfo").map_err(repeated_in("EncryptedData"))?;
    let is_key = |node: &Node<'_, '_>| is_named(*node, XENC, "EncryptedKey");
    if elements(node).any(|other| other != data && !is_key(&other)) {
        return Err(invalid(ShapeError::EncryptedParts));
    }
    let within = inside.into_iter().flat_map(elements).filter(is_key);
    let keys = within.chain(elements(node).filter(is_key)).map(read_encrypted_key).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() || keys.len() > ENCRYPTED_KEYS {
        return Err(invalid(ShapeError::EncryptedKeyCount));
    }
    Ok(EncryptedAssertion { node: node.id(), content: read_ciphertext(data, "EncryptedData")?, keys })
}

fn read_encrypted_key(node: Node<'_, '_>) -> Result<EncryptedKey, Rejection> {
    let method = required_child(node, "EncryptedKey", "EncryptionMethod")?;
    let parameter = |namespace, name| {
        let parameter = elements(method).find(|node| is_named(*node, namespace, name));
        parameter.and_then(|node| attribute(node, "Algorithm")).map(str::to_owned)
    };
    let recipients = node.descendants().filter(|node| is_named(*node, DSIG, "X509Certificate"));
    Ok(EncryptedKey {
        ciphertext: read_ciphertext(node, "EncryptedKey")?,
        digest: parameter(DSIG, "DigestMethod"),
        mask: parameter(XENC11, "MGF"),
        has_label: elements(method).any(|node| is_named(node, XENC, "OAEPparams") && !text(node).trim().is_empty()),
        recipients: recipients.map(|node| without_whitespace(&text(node))).collect(),
    })
}

/// Reads the ciphertext in an element of that name.
fn read_ciphertext(node: Node<'_, '_>, name: &'static str) -> Result<Ciphertext, Rejection> {
    let method = required_child(node, name, "EncryptionMethod")?;
    let data = required_child(node, name, "CipherData")?;
    let value = required_child(data, "CipherData", "CipherValue")?;
    if elements(data).count() != 1 || elements(value).next().is_some() {
        return Err(invalid(ShapeError::CipherValueElsewhere));
    }
    let algorithm = attribute(method, "Algorithm").ok_or(invalid(ShapeError::AlgorithmMissing))?.to_owned();
    Ok(Ciphertext { algorithm, value: value.id() })
}

/// The one child of that name in XML Encryption's namespace. `parent` is the name of the node.
fn required_child<'a, 'input>(
    node: Node<'a, 'input>,
    parent: &'static str,
    element: &'static str,
) -> Result<Node<'a, 'input>, Rejection> {
    child(node, XENC, element).ok().flatten().ok_or(invalid(ShapeError::NotOneElement { parent, element }))
}

impl EncryptedAssertion {
    /// Whether the content is only encrypted, not also authenticated.
    pub(super) fn is_malleable(&self) -> bool {
        matches!(content_cipher(&self.content.algorithm), Ok((_, ContentMode::Cbc)))
    }

    /// The certificates that it is encrypted to, as the message says in the clear.
    pub(super) fn recipients(&self) -> Vec<Vec<u8>> {
        let recipients = self.keys.iter().flat_map(|key| &key.recipients);
        recipients.filter_map(|recipient| STANDARD.decode(recipient).ok()).collect()
    }

    /// Rejects what can be rejected without touching a key: algorithms, and a message for
    /// another recipient. All of it the sender says in the clear.
    pub(super) fn check_before_decryption(&self, keys: &[SpKey]) -> Result<(), Rejection> {
        content_cipher(&self.content.algorithm)?;
        for key in &self.keys {
            key.check()?;
        }
        if keys.is_empty() {
            return Err(Rejection::Encrypted);
        }
        let ours: Vec<String> = keys.iter().map(SpKey::certificate_base64).collect();
        let is_ours = |key: &EncryptedKey| {
            key.recipients.is_empty() || key.recipients.iter().any(|recipient| ours.contains(recipient))
        };
        if self.keys.iter().any(is_ours) { Ok(()) } else { Err(Rejection::EncryptedForOther) }
    }

    /// The document with the assertion in the clear where it was encrypted (xmlenc §4.4), so
    /// that it keeps the namespaces around it.
    pub(super) fn decrypt_in_place(&self, parsed: &ParsedDocument, keys: &[SpKey]) -> Result<String, Rejection> {
        let assertion = self.decrypt(parsed, keys)?;
        let source = parsed.borrow_owner();
        let range = parsed.node(self.node)?.range();
        let lost = Rejection::Internal { what: InternalFault::LostEncryptedAssertion };
        let (Some(before), Some(after)) = (source.get(..range.start), source.get(range.end..)) else {
            return Err(lost);
        };
        Ok([before, &assertion, after].concat())
    }

    fn decrypt(&self, parsed: &ParsedDocument, keys: &[SpKey]) -> Result<String, Rejection> {
        let (cipher, mode) = content_cipher(&self.content.algorithm)?;
        let content = self.content.value(parsed)?;
        let mut decrypted = None;
        for wrapped in &self.keys {
            let bytes = wrapped.ciphertext.value(parsed)?;
            for key in keys {
                let content_key = wrapped.unwrap(key, &bytes, cipher.key_len());
                // every key is tried, so that timing does not tell which one fits
                let clear = decrypt_content(cipher, mode, &content_key, &content).and_then(to_element);
                decrypted = decrypted.or(clear);
            }
        }
        // OpenSSL leaves errors in this thread's queue, where its next caller would find them
        drop(ErrorStack::get());
        decrypted.ok_or(Rejection::DecryptionFailed)
    }
}

/// Decrypted bytes as an element, without the declaration that some senders encrypt with it.
/// A wrong key yields valid padding one time in sixteen, but no text.
fn to_element(clear: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(clear).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let body = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, body)| body);
    let body = body.trim();
    body.starts_with('<').then(|| body.to_owned())
}

impl Ciphertext {
    fn value(&self, parsed: &ParsedDocument) -> Result<Vec<u8>, Rejection> {
        base64_text::decode(&text(parsed.node(self.value)?)).map_err(|_| invalid(ShapeError::CiphertextNotBase64))
    }
}

impl EncryptedKey {
    /// RSA-OAEP only (xmlenc11 §5.5.2): RSA 1.5 tells whoever asks often enough what was
    /// encrypted.
    fn check(&self) -> Result<(), Rejection> {
        let not_allowed = |algorithm: &str| Err(Rejection::EncryptionNotAllowed { algorithm: displayable(algorithm) });
        let algorithm = self.ciphertext.algorithm.as_str();
        if !matches!(algorithm, RSA_OAEP_MGF1P | RSA_OAEP) {
            return not_allowed(algorithm);
        }
        if let Some(digest) = self.digest.as_deref().filter(|digest| oaep_digest(Some(digest)).is_none()) {
            return not_allowed(digest);
        }
        if let Some(mask) = self.mask.as_deref().filter(|mask| mask_digest(Some(mask)).is_none()) {
            return not_allowed(mask);
        }
        if self.has_label { Err(invalid(ShapeError::EncryptedKeyLabel)) } else { Ok(()) }
    }

    /// The content's key; where it does not unwrap, one that depends on our key and the
    /// ciphertext and that nobody else can compute, so that a bad wrapping and a bad content
    /// look alike.
    fn unwrap(&self, key: &SpKey, bytes: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
        let unwrapped = self.unwrap_oaep(key, bytes).ok().filter(|unwrapped| unwrapped.len() == length);
        let mut instead = Zeroizing::new(substitute_key(key, bytes).to_vec());
        instead.truncate(length);
        unwrapped.unwrap_or(instead)
    }

    fn unwrap_oaep(&self, key: &SpKey, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
        let mut decrypter = Decrypter::new(key.private_key())?;
        decrypter.set_rsa_padding(Padding::PKCS1_OAEP)?;
        decrypter.set_rsa_oaep_md(oaep_digest(self.digest.as_deref()).unwrap_or_else(MessageDigest::sha1))?;
        // rsa-oaep-mgf1p has no mask parameter: it is always SHA-1
        let mask = self.mask.as_deref().filter(|_| self.ciphertext.algorithm == RSA_OAEP);
        decrypter.set_rsa_mgf1_md(mask_digest(mask).unwrap_or_else(MessageDigest::sha1))?;
        let mut unwrapped = Zeroizing::new(vec![0; decrypter.decrypt_len(bytes)?]);
        let length = decrypter.decrypt(bytes, &mut unwrapped)?;
        unwrapped.truncate(length);
        Ok(unwrapped)
    }
}

const RSA_OAEP_MGF1P: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const RSA_OAEP: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";

fn content_cipher(algorithm: &str) -> Result<(Cipher, ContentMode), Rejection> {
    match algorithm {
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => Ok((Cipher::aes_128_cbc(), ContentMode::Cbc)),
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => Ok((Cipher::aes_256_cbc(), ContentMode::Cbc)),
        "http://www.w3.org/2009/xmlenc11#aes128-gcm" => Ok((Cipher::aes_128_gcm(), ContentMode::Gcm)),
        "http://www.w3.org/2009/xmlenc11#aes256-gcm" => Ok((Cipher::aes_256_gcm(), ContentMode::Gcm)),
        other => Err(Rejection::EncryptionNotAllowed { algorithm: displayable(other) }),
    }
}

/// The digest of RSA-OAEP; SHA-1 if none is named. What it is used for here does not rest on
/// collisions, so SHA-1 is no weakness (RFC 8017 §7.1).
fn oaep_digest(uri: Option<&str>) -> Option<MessageDigest> {
    match uri {
        None | Some("http://www.w3.org/2000/09/xmldsig#sha1") => Some(MessageDigest::sha1()),
        Some("http://www.w3.org/2001/04/xmlenc#sha256") => Some(MessageDigest::sha256()),
        _ => None,
    }
}

fn mask_digest(uri: Option<&str>) -> Option<MessageDigest> {
    match uri {
        None | Some("http://www.w3.org/2009/xmlenc11#mgf1sha1") => Some(MessageDigest::sha1()),
        Some("http://www.w3.org/2009/xmlenc11#mgf1sha256") => Some(MessageDigest::sha256()),
        _ => None,
    }
}

/// What stands in for a content key that does not unwrap: nobody without our key can compute it.
fn substitute_key(key: &SpKey, bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    if let Ok(private) = key.private_key_der() {
        hash.update(&private);
    }
    hash.update(bytes);
    hash.finish()
}

/// Decrypts content: `None` whatever is wrong.
fn decrypt_content(cipher: Cipher, mode: ContentMode, key: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let (iv, rest) = content.split_at_checked(cipher.iv_len()?)?;
    match mode {
        ContentMode::Gcm => {
            let (sealed, tag) = rest.split_at_checked(rest.len().checked_sub(GCM_TAG)?)?;
            decrypt_aead(cipher, key, Some(iv), &[], sealed, tag).ok()
        }
        ContentMode::Cbc => decrypt_cbc(cipher, key, iv, rest),
    }
}

/// AES-CBC with the padding of XML Encryption (§5.2): only the last byte counts, which says
/// how many there are.
fn decrypt_cbc(cipher: Cipher, key: &[u8], iv: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let mut crypter = Crypter::new(cipher, Mode::Decrypt, key, Some(iv)).ok()?;
    crypter.pad(false);
    let mut clear = vec![0; content.len().checked_add(cipher.block_size())?];
    let written = crypter.update(content, &mut clear).ok()?;
    let rest = crypter.finalize(clear.get_mut(written..)?).ok()?;
    clear.truncate(written.checked_add(rest)?);
    let padding = usize::from(*clear.last()?);
    if !(1..=cipher.block_size()).contains(&padding) {
        return None;
    }
    clear.truncate(clear.len().checked_sub(padding)?);
    Some(clear)
}
