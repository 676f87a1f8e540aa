//! Twenty thousand sign-ins leave nothing behind. A binary of its own with one test, since
//! what is measured is the whole process, OpenSSL's memory included.

#[cfg(test)]
#[path = "../it/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the other binary uses all of it")]
mod support;

#[cfg(test)]
mod tests {
    use std::fs;

    use saml::response::{GatedResponse, Rejection, Trust};

    use crate::support::encrypt::Encryption;
    use crate::support::{Draft, IDP, Signature, encode, expected, now, rsa, sp_key};

    /// What a process holds of memory, in KiB.
    fn resident() -> usize {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    #[test]
    fn memory_stays_flat_over_twenty_thousand_sign_ins() {
        let draft = Draft::entra();
        let signed = draft.signed_assertion(rsa(), &Signature::default());
        let hidden = Encryption::entra().of(&signed, sp_key().certificate_der());
        let good = encode(draft.signed());
        let forged = encode(draft.signed().replace("b.simon@contoso.com", "admin@contoso.com"));
        let encrypted = encode(draft.with_assertion(&hidden).unsigned());
        let certificates = [rsa().certificate.clone()];
        let keys = [sp_key().clone()];
        let trust = Trust { decryption_keys: &keys, ..Trust::new(IDP, &certificates) };
        let verify = |form_value: &str| GatedResponse::decode(form_value).unwrap().verify(&trust, &expected(), now());
        let rounds = |number: usize| {
            for round in 0..number {
                verify(&good).unwrap();
                assert_eq!(verify(&forged), Err(Rejection::DigestMismatch));
                // a private key's operation costs as much as all the rest
                if round % 10 == 0 {
                    verify(&encrypted).unwrap();
                }
            }
        };
        rounds(1_000);
        let before = resident();
        rounds(9_000);
        let grown = resident().saturating_sub(before);
        assert!(grown < 1024, "{grown} KiB more after 18,000 more sign-ins");
    }
}
