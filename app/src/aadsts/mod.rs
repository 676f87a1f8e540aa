//! The errors of Microsoft's that people meet while they set up and use single sign-on: the
//! numbers behind "AADSTS". Most of them stop on Microsoft's own page, of which we see
//! nothing, so somebody brings us the number. Microsoft changes texts and keeps numbers:
//! only the number counts.

mod access;
mod accounts;
mod application;
mod claims;
mod explanation;
mod recognise;
mod requests;
mod sign_out;
mod tenants;

pub use explanation::Explanation;
pub use recognise::{Pasted, prefixed, recognise};

const ALL: [&[Explanation]; 7] =
    [application::ALL, requests::ALL, claims::ALL, accounts::ALL, access::ALL, tenants::ALL, sign_out::ALL];

fn all() -> impl Iterator<Item = &'static Explanation> {
    ALL.into_iter().flatten()
}

/// What a number means, if it is one of those that we know.
#[must_use]
pub fn explain(number: u32) -> Option<&'static Explanation> {
    all().find(|explanation| explanation.numbers.contains(&number))
}

/// Microsoft's own page about a number.
#[must_use]
pub fn lookup_url(number: u32) -> String {
    format!("https://login.microsoftonline.com/error?code={number}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::remediation::{FixOwner, TeamValue, assert_well_written};

    /// Every number that our research found in SAML set-ups.
    const KNOWN: [u32; 70] = [
        50011, 900_971, 700_016, 70001, 700_011, 650_056, 65005, 50105, 75011, 75005, 750_054, 750_052, 75001, 75003,
        75008, 75016, 75006, 90011, 900_236, 7_500_529, 76021, 76026, 50006, 50003, 50146, 50007, 50010, 50008,
        5_000_819, 50107, 501_241, 50124, 501_621, 50020, 50034, 51004, 90072, 50014, 16000, 16003, 50059, 90002,
        90019, 90038, 50194, 7_000_112, 65001, 90094, 53000, 53001, 53003, 530_032, 50131, 50158, 50074, 50076, 50079,
        50053, 50057, 50126, 50058, 90015, 50061, 50068, 50070, 50071, 7_500_514, 500_113, 50072, 50055,
    ];

    #[test]
    fn every_number_is_recognised_and_explained_once() {
        let mut numbers: Vec<u32> = all().flat_map(|explanation| explanation.numbers).copied().collect();
        let mut known = KNOWN.to_vec();
        numbers.sort_unstable();
        known.sort_unstable();
        assert_eq!(numbers, known);
        for number in known {
            assert!(explain(number).is_some());
            for text in
                [format!("AADSTS{number}: It did not work."), format!("Error code: {number}"), number.to_string()]
            {
                assert_eq!(recognise(&text), Some(number), "{text}");
            }
        }
        assert_eq!(explain(12345), None);
    }

    #[test]
    fn every_explanation_is_well_written() {
        let titles: HashSet<_> = all().map(Explanation::title).collect();
        assert_eq!(titles.len(), all().count(), "no title stands twice");
        for explanation in all() {
            let (title, cause) = (explanation.title(), explanation.cause());
            assert!(!title.ends_with('.') && cause.ends_with('.'), "{title}");
            assert_well_written(&explanation.remediation, &explanation.key());
        }
    }

    #[test]
    fn the_catalogue_has_every_explanation_and_no_other() {
        let mut keys: Vec<_> = all().map(Explanation::key).collect();
        let mut messages = messages::keys("aadsts-");
        keys.sort_unstable();
        messages.sort_unstable();
        assert_eq!(keys, messages);
    }

    #[test]
    fn what_is_wrong_in_basic_saml_configuration_is_there_to_be_pasted() {
        for (number, value) in [
            (50011, TeamValue::ReplyUrl),
            (700_016, TeamValue::Identifier),
            (50010, TeamValue::Identifier),
            (750_054, TeamValue::SignOnUrl),
            (50068, TeamValue::Identifier),
            (50068, TeamValue::LogoutUrl),
        ] {
            assert!(explain(number).unwrap().remediation.values.contains(&value), "{number}");
        }
    }

    #[test]
    fn what_was_entered_here_is_there_to_be_compared() {
        for number in [50059, 90002, 90038, 50194, 75008, 700_016] {
            assert!(explain(number).unwrap().remediation.values.contains(&TeamValue::LoginUrl), "{number}");
        }
    }

    #[test]
    fn every_explanation_names_a_blade() {
        for Explanation { numbers, remediation } in all() {
            let is_of_support = remediation.fixer == FixOwner::Support;
            assert!(
                remediation.blade.is_some() || is_of_support,
                "{numbers:?}: say where in Entra there is something to see of it"
            );
        }
    }

    #[test]
    fn an_unknown_number_links_to_microsofts_lookup() {
        assert_eq!(lookup_url(50105), "https://login.microsoftonline.com/error?code=50105");
    }
}
