//! Our engine against samael's (libxml2 and xmlsec), on documents that are changed before
//! and after they are signed.
//!
//! * Changed after signing: what ours accepts, samael must accept too, with the same bytes.
//! * Changed before signing: xmlsec signs whatever the gate lets through, and both engines
//!   must then find the same bytes signed. That compares the canonical forms of everything
//!   the gate lets through, not only of what honest identity providers send.

#![no_main]

#[expect(dead_code, unused_imports, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use samael::crypto::{Crypto, CryptoProvider};
use saml::response::{GatedResponse, Rejection, SignatureEngine};
use support::{Draft, Signature, encode, now, rsa, verify};

/// What tends to matter in XML.
const PIECES: [&str; 28] = [
    " xmlns=\"urn:x\"",
    " xmlns=\"\"",
    " xmlns:a=\"urn:a\"",
    " xmlns:a=\"urn:b\"",
    " a:b=\"c\"",
    " b=\"'&lt;&#10;\"",
    " xml:lang=\"de\"",
    " xml:space=\"preserve\"",
    "<a:b/>",
    "<a xmlns=\"urn:x\">",
    "</a>",
    "<b/>",
    "&#13;",
    "&#9;",
    "&amp;",
    "\r\n",
    "\t",
    "&gt;",
    "]]>",
    "\u{e4}",
    "\u{1f600}",
    "<!---->",
    "<![CDATA[x]]>",
    "<?p?>",
    "xmlns:samlp",
    "saml:",
    "Id=\"x\"",
    " ",
];

#[derive(Arbitrary, Debug)]
struct Edit {
    at: u16,
    delete: u8,
    insert: Insert,
}

#[derive(Arbitrary, Debug)]
enum Insert {
    Nothing,
    Piece(u8),
    Character(char),
    CopyFrom(u16, u8),
}

#[derive(Arbitrary, Debug)]
struct Input {
    before_signing: bool,
    whole: bool,
    transform: u8,
    method: u8,
    edits: Vec<Edit>,
}

fn edited(xml: &str, edits: &[Edit]) -> String {
    let mut text: Vec<char> = xml.chars().collect();
    for edit in edits.iter().take(8) {
        let start = usize::from(edit.at) % text.len().max(1);
        let end = (start + usize::from(edit.delete % 24)).min(text.len());
        let insert: Vec<char> = match edit.insert {
            Insert::Nothing => Vec::new(),
            Insert::Piece(which) => PIECES[usize::from(which) % PIECES.len()].chars().collect(),
            Insert::Character(one) => vec![one],
            Insert::CopyFrom(from, length) => {
                text.iter().skip(usize::from(from) % text.len().max(1)).take(usize::from(length)).copied().collect()
            }
        };
        text.splice(start.min(text.len())..end.max(start.min(text.len())), insert);
    }
    text.into_iter().collect()
}

fn signature(input: &Input) -> Signature {
    const ALL: [&str; 6] = [
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    ];
    let mut signature =
        Signature { canonicalization: ALL[usize::from(input.method % 6)].into(), ..Signature::default() };
    signature.transforms = match input.transform % 8 {
        // the enveloped transform alone, which leaves Canonical XML 1.0 to what digests
        7 => signature.transforms.replace(&format!("<ds:Transform Algorithm=\"{}\"/>", ALL[0]), ""),
        6 => signature.transforms.replace(
            "exc-c14n#\"/>",
            "exc-c14n#\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"#default a samlp\"/></ds:Transform>",
        ),
        other => signature.transforms.replace(&format!("{}\"/>", ALL[0]), &format!("{}\"/>", ALL[usize::from(other)])),
    };
    signature
}

/// A response with a signature that nobody made, on the whole or on its assertion.
fn pretended(signature: &Signature, whole: bool) -> String {
    let Draft { assertion, response } = Draft::entra();
    let template = |id| {
        let template = signature.template(id);
        template
            .replace("<ds:DigestValue>", "<ds:DigestValue>AAAA")
            .replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA")
    };
    let (on_response, on_assertion) =
        if whole { (template("_r1"), String::new()) } else { (String::new(), template("_a1")) };
    let response = response.replace("[signature]", &on_response);
    response.replace("[assertion]", &assertion.replace("[signature]", &on_assertion))
}

/// The values that xmlsec computes for a document, put into the document as it was written.
fn signed(pretended: &str) -> Option<String> {
    const VALUES: [(&str, &str); 2] =
        [("<ds:DigestValue>", "</ds:DigestValue>"), ("<ds:SignatureValue>", "</ds:SignatureValue>")];
    let template = VALUES.iter().fold(pretended.to_owned(), |xml, (open, close)| {
        xml.replace(&format!("{open}AAAA{close}"), &format!("{open}{close}"))
    });
    let key = rsa().private.private_key_to_der().unwrap();
    let made = <Crypto as CryptoProvider>::sign_xml(template.as_str(), &key).ok()?;
    VALUES.iter().try_fold(template, |xml, (open, close)| {
        let (_, after) = made.split_once(open)?;
        let (value, _) = after.split_once(close)?;
        Some(xml.replace(&format!("{open}{close}"), &format!("{open}{value}{close}")))
    })
}

fn bytes(gated: &GatedResponse, engine: SignatureEngine) -> Result<String, Rejection> {
    gated.signed_bytes(engine, &[rsa().certificate.clone()], now())
}

/// Signed once: an RSA signature costs more than all that is fuzzed.
static SIGNED: LazyLock<[String; 2]> = LazyLock::new(|| {
    let draft = Draft::entra();
    [draft.signed(), draft.response_signed(rsa(), &Signature::default())]
});

fuzz_target!(|input: Input| {
    if !input.before_signing {
        let xml = edited(&SIGNED[usize::from(input.whole)], &input.edits);
        let Ok(gated) = GatedResponse::decode(&encode(&xml)) else { return };
        if let Ok(own) = bytes(&gated, SignatureEngine::Primary) {
            assert_eq!(bytes(&gated, SignatureEngine::Samael), Ok(own), "{xml}");
        }
        if let Ok(assertion) = verify(&xml) {
            assert_eq!(assertion.name_id(), support::PERSON);
        }
        return;
    }
    let signature = signature(&input);
    let xml = edited(&pretended(&signature, input.whole), &input.edits);
    // xmlsec works through whatever a reference says, so the gate goes first here as well
    if GatedResponse::decode(&encode(&xml)).is_err() {
        return;
    }
    let Some(xml) = signed(&xml) else { return };
    let Ok(gated) = GatedResponse::decode(&encode(&xml)) else { return };
    match (bytes(&gated, SignatureEngine::Primary), bytes(&gated, SignatureEngine::Samael)) {
        (Ok(own), Ok(samael)) => assert_eq!(own, samael, "{xml}"),
        (Ok(_), Err(refused)) => panic!("samael refuses what ours accepts: {refused:?}\n{xml}"),
        (Err(Rejection::DigestMismatch | Rejection::SignatureInvalid), Ok(_)) => {
            panic!("ours does not find the bytes that samael finds\n{xml}")
        }
        (Err(_), _) => {}
    }
});
