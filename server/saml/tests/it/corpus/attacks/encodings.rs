//! Bytes that are another document to a reader that guesses another encoding.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::{AttackSample, CHANGED, EVIL, bad, forbidden};
use crate::corpus::bases::Base;
use crate::corpus::edit;
use crate::support::{PERSON, encode};

const DECLARED: &str = "ProcessingInstruction";
const MARK: &[u8] = b"\xef\xbb\xbf";

pub fn of(base: &Base) -> Vec<AttackSample> {
    let xml = base.signed();
    let body = xml.split_once("?>").map_or(xml.as_str(), |(_, body)| body);
    let mut all = wide(body);
    all.extend(declared(body));
    all.extend(broken(&xml));
    all.extend(packed(&xml));
    all
}

fn wide(body: &str) -> Vec<AttackSample> {
    let little: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = body.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wider: Vec<u8> = body.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect();
    let nul = |bytes: Vec<u8>| {
        if std::str::from_utf8(&bytes).is_ok() { (bytes, forbidden("Nul")) } else { (bytes, "NotUtf8".to_owned()) }
    };
    let (little_bytes, little_verdict) = nul(little.clone());
    let (big_bytes, big_verdict) = nul(big.clone());
    let (wider_bytes, wider_verdict) = nul(wider);
    vec![
        bad("utf-16-le", little_bytes, little_verdict),
        bad("utf-16-be", big_bytes, big_verdict),
        bad("utf-16-le-marked", [&b"\xff\xfe"[..], &little].concat(), "NotUtf8"),
        bad("utf-16-be-marked", [&b"\xfe\xff"[..], &big].concat(), "NotUtf8"),
        bad("utf-32-be", wider_bytes, wider_verdict),
        bad("utf-8-marked-inside", [body.as_bytes(), MARK].concat(), "NotXml"),
        bad("utf-8-marked-twice", [MARK, MARK, body.as_bytes()].concat(), forbidden("ByteOrderMark")),
        bad("nul-behind", format!("{body}\0"), forbidden("Nul")),
        bad("nul-before", format!("\0{body}"), forbidden("Nul")),
        bad("nul-in-name", body.replace(PERSON, &format!("{PERSON}\0.evil.example")), forbidden("Nul")),
    ]
}

fn declared(body: &str) -> Vec<AttackSample> {
    let mut all = Vec::new();
    for (name, declaration) in [
        ("utf-7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>"),
        ("utf-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"),
        ("latin-2", "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>"),
        ("ebcdic", "<?xml version=\"1.0\" encoding=\"IBM037\"?>"),
        ("shift-jis", "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>"),
        ("empty", "<?xml version=\"1.0\" encoding=\"\"?>"),
        ("version-1-1", "<?xml version=\"1.1\"?>"),
        ("version-none", "<?xml encoding=\"UTF-8\"?>"),
        ("twice", "<?xml version=\"1.0\"?><?xml version=\"1.0\" encoding=\"UTF-16\"?>"),
        ("late", "\n<?xml version=\"1.0\"?>"),
        ("unfinished", "<?xml version=\"1.0\" "),
        ("upper-case", "<?XML version=\"1.0\"?>"),
        ("style-sheet", "<?xml-stylesheet href=\"http://127.0.0.1:9/\"?>"),
    ] {
        all.push(bad(format!("declared-{name}"), format!("{declaration}{body}"), forbidden(DECLARED)));
    }
    // all of these are UTF-8, which another reader would take for something else
    let beyond = body.replace(PERSON, &format!("\u{f6}{PERSON}"));
    let latin = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{beyond}");
    all.push(bad("declared-latin-1-beyond-ascii", latin, forbidden(DECLARED)));
    let utf_7 = body.replace('<', "+ADw-").replace('>', "+AD4-");
    all.push(bad("utf-7", format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?>{utf_7}"), forbidden(DECLARED)));
    all
}

/// What is not UTF-8, or no character of XML.
fn broken(xml: &str) -> Vec<AttackSample> {
    let in_name = |bytes: &[u8]| {
        let (before, after) = xml.split_once(PERSON).unwrap();
        [before.as_bytes(), PERSON.as_bytes(), bytes, after.as_bytes()].concat()
    };
    let not_xml = |name: &str, what: &str| bad(name, in_name(what.as_bytes()), "NotXml");
    vec![
        bad("overlong-tag", in_name(b"\xc0\xbcb>"), "NotUtf8"),
        bad("overlong-nul", in_name(b"\xc0\x80"), "NotUtf8"),
        bad("surrogate", in_name(b"\xed\xa0\x80"), "NotUtf8"),
        bad("too-far", in_name(b"\xf4\x90\x80\x80"), "NotUtf8"),
        bad("cut-off", in_name(b"\xe2\x82"), "NotUtf8"),
        bad("latin-1", in_name(b"\xe9"), "NotUtf8"),
        not_xml("control-1", "\u{1}"),
        not_xml("control-b", "\u{b}"),
        not_xml("escape", "\u{1b}"),
        not_xml("no-character-fffe", "\u{fffe}"),
        not_xml("no-character-ffff", "\u{ffff}"),
        not_xml("reference-nul", "&#0;"),
        not_xml("reference-1", "&#x1;"),
        not_xml("reference-surrogate", "&#xD800;"),
        not_xml("reference-too-far", "&#x110000;"),
        not_xml("reference-too-large", "&#99999999999999999999;"),
        not_xml("reference-empty", "&#;"),
        bad("invisible-in-name", in_name("\u{feff}".as_bytes()), CHANGED),
        bad("right-to-left-in-name", in_name("\u{202e}".as_bytes()), CHANGED),
        bad("look-alike-in-name", edit::text(xml, PERSON, &EVIL.replace('a', "\u{430}")), CHANGED),
    ]
}

/// What is compressed or wrapped once more: the POST binding does neither.
fn packed(xml: &str) -> Vec<AttackSample> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(xml.as_bytes()).unwrap();
    let mut zipped = GzEncoder::new(Vec::new(), Compression::default());
    zipped.write_all(xml.as_bytes()).unwrap();
    let percent = xml.replace('%', "%25").replace('<', "%3C").replace('>', "%3E");
    vec![
        bad("deflated", deflated.finish().unwrap(), "NotUtf8"),
        bad("zipped", zipped.finish().unwrap(), "NotUtf8"),
        bad("base64-twice", encode(xml), "NotXml"),
        bad("percent-encoded", percent, "NotXml"),
        bad("escaped", xml.replace('<', "&lt;"), "NotXml"),
        bad("nothing", "", "NotXml"),
        bad("white-space", " \n", "NotXml"),
    ]
}
