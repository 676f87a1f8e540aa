//! Whatever is posted, decoding and verifying it end in a verdict, and nobody gets in: the
//! seeds are signed, but a changed one is nobody's.

#![no_main]

#[expect(dead_code, unused_imports, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;
use support::{PERSON, verify};

fuzz_target!(|document: &[u8]| {
    if let Ok(assertion) = verify(document) {
        assert_eq!(assertion.name_id(), PERSON);
    }
});
