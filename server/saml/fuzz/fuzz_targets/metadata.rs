//! Whatever an administrator uploads, reading it ends in a verdict, and what is read can be
//! used.

#![no_main]

use libfuzzer_sys::fuzz_target;
use saml::certificate::SigningCertificate;
use saml::metadata::IdpMetadata;
use saml::upload::read_certificates;

fuzz_target!(|upload: &[u8]| {
    if let Ok(metadata) = IdpMetadata::parse(upload) {
        assert!(!metadata.certificates.is_empty());
    }
    for certificate in read_certificates(upload).unwrap_or_default() {
        assert_eq!(SigningCertificate::from_der(certificate.der()).as_ref(), Ok(&certificate));
    }
});
