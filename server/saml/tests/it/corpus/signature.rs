//! Signing as each identity provider does it. xmlsec computes, and what it computed is put
//! into the text as the provider would have written it: xmlsec itself would rewrite the
//! whole document.

use samael::crypto::{Crypto, CryptoProvider};

use crate::support::{Key, decode, encode};

use super::edit;

pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub const ENVELOPED: &str = r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>"#;
const DIGEST: &str = "[digest]";
const VALUE: &str = "[value]";

/// How Base64 is broken into lines.
#[derive(Clone, Copy)]
pub enum LineFolding {
    Never,
    /// So many characters to a line, and what stands between the lines.
    Lines(usize, &'static str),
}

/// What stands in `KeyInfo`.
#[derive(Clone, Copy)]
pub enum KeyInfo {
    Certificate,
    /// AD FS: another default namespace and the prefix, mixed.
    Mixed,
    /// Google: the subject's name before the certificate.
    Subject,
    /// Keycloak with a key's name.
    Named,
    /// Ping: the bare key behind the certificate.
    Value,
    None,
}

/// What a signature says before it is made, and how it is written.
#[derive(Clone)]
pub struct Signature {
    /// `ds`, `dsig`, or nothing where the namespace is the default one.
    pub prefix: &'static str,
    /// Between elements.
    pub gap: &'static str,
    pub fold: LineFolding,
    pub key_info: KeyInfo,
    /// `PrefixList` of the canonicalisation.
    pub prefixes: Option<&'static str>,
    pub canonicalization: String,
    pub method: String,
    pub digest: String,
    /// Instead of the two transforms of SAML; with prefix `ds`.
    pub transforms: Option<String>,
    /// Instead of the signed element's ID.
    pub uri: Option<String>,
}

impl Default for Signature {
    fn default() -> Self {
        Self {
            prefix: "ds",
            gap: "",
            fold: LineFolding::Never,
            key_info: KeyInfo::Certificate,
            prefixes: None,
            canonicalization: EXCLUSIVE.into(),
            method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256".into(),
            digest: "http://www.w3.org/2001/04/xmlenc#sha256".into(),
            transforms: None,
            uri: None,
        }
    }
}

impl Signature {
    /// A name of the signature's namespace as this signature writes it.
    pub fn name(&self, local: &str) -> String {
        if self.prefix.is_empty() { local.to_owned() } else { format!("{}:{local}", self.prefix) }
    }

    /// Something written with prefix `ds`, with this signature's own prefix.
    pub fn own(&self, xml: &str) -> String {
        let (name, declaration) = match self.prefix {
            "" => (String::new(), "xmlns=".to_owned()),
            prefix => (format!("{prefix}:"), format!("xmlns:{prefix}=")),
        };
        xml.replace("xmlns:ds=", &declaration)
            .replace("</ds:", &format!("</{name}"))
            .replace("<ds:", &format!("<{name}"))
    }

    /// The signature of an element with that ID, not yet made.
    pub fn template(&self, id: &str, key: &Key) -> String {
        let Self { canonicalization, method, digest, .. } = self;
        let uri = self.uri.clone().unwrap_or_else(|| format!("#{id}"));
        let prefixes = self.prefixes.map_or("/>".to_owned(), |list| {
            format!("><ec:InclusiveNamespaces PrefixList=\"{list}\" xmlns:ec=\"{EXCLUSIVE}\"/></ds:Transform>")
        });
        let both = format!("{ENVELOPED}<ds:Transform Algorithm=\"{EXCLUSIVE}\"{prefixes}");
        let transforms = self.transforms.clone().unwrap_or(both);
        let key_info = self.key_info(key);
        let xml = format!(
            r#"<ds:Signature xmlns:ds="{DSIG}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{canonicalization}"/><ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue>{DIGEST}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>{VALUE}</ds:SignatureValue>{key_info}</ds:Signature>"#
        );
        self.own(&xml).replace("><", &format!(">{}<", self.gap))
    }

    /// The same with made-up values, for what must be rejected before any are used.
    pub fn pretended(&self, id: &str, key: &Key) -> String {
        self.template(id, key).replace(DIGEST, "AAAA").replace(VALUE, "AAAA")
    }

    fn key_info(&self, key: &Key) -> String {
        let der = key.certificate.der();
        let certificate = format!("<ds:X509Certificate>{}</ds:X509Certificate>", self.folded(&encode(der)));
        let data = format!("<ds:X509Data>{certificate}</ds:X509Data>");
        match self.key_info {
            KeyInfo::Certificate => format!("<ds:KeyInfo>{data}</ds:KeyInfo>"),
            KeyInfo::Mixed => format!("<KeyInfo xmlns=\"{DSIG}\">{data}</KeyInfo>"),
            KeyInfo::Subject => {
                let name = "<ds:X509SubjectName>ST=California,C=US,OU=Google For Work,CN=Google</ds:X509SubjectName>";
                format!("<ds:KeyInfo><ds:X509Data>{name}{certificate}</ds:X509Data></ds:KeyInfo>")
            }
            KeyInfo::Named => format!("<ds:KeyInfo><ds:KeyName>xJ7-2n_a</ds:KeyName>{data}</ds:KeyInfo>"),
            KeyInfo::Value => {
                let modulus = encode(key.private.rsa().unwrap().n().to_vec());
                format!(
                    "<ds:KeyInfo>{data}<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{modulus}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>"
                )
            }
            KeyInfo::None => String::new(),
        }
    }

    /// The value of the first signature in a document.
    pub fn value(&self, xml: &str) -> Vec<u8> {
        let element = edit::cut(xml, &self.name("SignatureValue"));
        let (_, text) = element.split_once('>').unwrap();
        decode(&text.split_once("</").unwrap().0.replace("&#13;", ""))
    }

    /// Base64 in lines.
    fn folded(&self, base64: &str) -> String {
        let LineFolding::Lines(length, between) = self.fold else { return base64.to_owned() };
        let lines: Vec<_> = base64.as_bytes().chunks(length).map(|line| std::str::from_utf8(line).unwrap()).collect();
        lines.join(between)
    }

    /// Makes the one signature in a document that is not made yet. Signatures are made from
    /// the inside out, so it is also the first in the document.
    pub fn make(&self, xml: &str, key: &Key) -> String {
        let signed = by_xmlsec(&xml.replace(DIGEST, "").replace(VALUE, ""), key);
        let value = |name: &str| {
            let name = self.name(name);
            let (_, rest) = signed.split_once(&format!("<{name}>")).unwrap();
            let dense: String = rest.split_once("</").unwrap().0.split_ascii_whitespace().collect();
            dense
        };
        xml.replace(DIGEST, &value("DigestValue")).replace(VALUE, &self.folded(&value("SignatureValue")))
    }
}

fn by_xmlsec(xml: &str, key: &Key) -> String {
    let private = key.private.private_key_to_der().unwrap();
    <Crypto as CryptoProvider>::sign_xml(xml, &private).unwrap_or_else(|error| panic!("{error}: {xml}"))
}
