//! What we write against the OASIS schemas, which Debian's packages opensaml-schemas and
//! xmltooling-schemas bring (`script/bootstrap --test`).

use std::path::Path;
use std::process::Command;

const OPENSAML: &str = "/usr/share/xml/opensaml";
const XMLTOOLING: &str = "/usr/share/xml/xmltooling";

/// Where the schemas import from the web, a catalog gives the local copies.
fn catalog() -> String {
    let local = [
        ("http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd", "xmldsig-core-schema.xsd"),
        ("http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd", "xenc-schema.xsd"),
        ("http://www.w3.org/2001/xml.xsd", "xml.xsd"),
    ];
    let system = local.map(|(web, file)| format!("<system systemId=\"{web}\" uri=\"file://{XMLTOOLING}/{file}\"/>"));
    format!("<catalog xmlns=\"urn:oasis:names:tc:entity:xmlns:xml:catalog\">{}</catalog>", system.concat())
}

/// Checks a document against `saml-schema-{name}-2.0.xsd`. Where the packages are missing,
/// it says so and lets the document pass, except in CI.
pub fn assert_valid(name: &str, xml: &str) {
    if let Err(complaint) = validate(name, xml) {
        panic!("{complaint}\n{xml}");
    }
}

fn validate(name: &str, xml: &str) -> Result<(), String> {
    let schema = format!("{OPENSAML}/saml-schema-{name}-2.0.xsd");
    let installed = [schema.as_str(), XMLTOOLING, "/usr/bin/xmllint"].iter().all(|path| Path::new(path).exists());
    if !installed {
        assert!(std::env::var_os("CI").is_none(), "run script/bootstrap --test");
        eprintln!("not checked against {schema}: run script/bootstrap --test");
        return Ok(());
    }
    let folder = tempfile::tempdir().unwrap();
    let (catalog_file, document) = (folder.path().join("catalog.xml"), folder.path().join("document.xml"));
    std::fs::write(&catalog_file, catalog()).unwrap();
    std::fs::write(&document, xml).unwrap();
    let mut xmllint = Command::new("/usr/bin/xmllint");
    xmllint.args(["--noout", "--nonet", "--schema", &schema]).arg(&document).env("XML_CATALOG_FILES", &catalog_file);
    let output = xmllint.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn the_schema_would_complain() {
    if Path::new(OPENSAML).exists() {
        let wrong = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:a\"/>";
        let complaint = validate("metadata", wrong).unwrap_err();
        assert!(complaint.contains("Missing child element"), "{complaint}");
    }
}
