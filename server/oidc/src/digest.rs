//! HMAC-SHA256 (RFC 2104). OpenSSL's own goes through a key that may fail to be made; this cannot fail.

use openssl::sha::{Sha256, sha256};
use zeroize::Zeroizing;

/// The block size of SHA-256, in bytes.
const BLOCK: usize = 64;

/// HMAC-SHA256 over parts, each with its length before it: no two lists of parts have the same bytes.
pub(crate) fn hmac_of_parts(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut message = Vec::new();
    for part in parts {
        message.extend_from_slice(&part.len().to_be_bytes());
        message.extend_from_slice(part);
    }
    hmac_sha256(key, &message)
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let key = key_block(key);
    let mut inner = Sha256::new();
    inner.update(&*Zeroizing::new(key.map(|byte| byte ^ 0x36)));
    inner.update(message);
    let mut outer = Sha256::new();
    outer.update(&*Zeroizing::new(key.map(|byte| byte ^ 0x5c)));
    outer.update(&inner.finish());
    outer.finish()
}

/// The key, as long as a block.
fn key_block(key: &[u8]) -> Zeroizing<[u8; BLOCK]> {
    let digest = Zeroizing::new(sha256(key));
    let key = if key.len() > BLOCK { digest.as_slice() } else { key };
    let mut block = Zeroizing::new([0; BLOCK]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    block
}

#[cfg(test)]
mod tests {
    use openssl::bn::BigNum;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        BigNum::from_hex_str(hex).unwrap().to_vec()
    }

    #[test]
    fn the_examples_of_rfc_4231_fit() {
        let short = hmac_sha256(&[0x0b; 20], b"Hi There");
        assert_eq!(short.to_vec(), bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        let long = hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(long.to_vec(), bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hmac_of_parts(b"k", &[b"ab", b"c"]), hmac_of_parts(b"k", &[b"a", b"bc"]));
        assert_ne!(hmac_of_parts(b"k", &[b"ab"]), hmac_of_parts(b"k", &[b"ab", b""]));
    }
}
