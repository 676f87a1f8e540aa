//! The words that a team is found by, and those that somebody looks for. A word that is looked for
//! finds whatever begins with it.

use std::collections::BTreeSet;

/// Of one word, in characters.
const MAX_LENGTH: usize = 200;
/// Of one team: what is written for it is bounded, whatever its members write.
const MAX_TERMS: usize = 250;
/// Words of one search.
const MAX_WORDS: usize = 5;
/// A path segment of an entity ID that is worth a word of its own: a tenant's or application's ID.
const MIN_SEGMENT: usize = 8;

/// What a team is found by.
#[derive(Debug, Default)]
pub(super) struct Terms(BTreeSet<String>);

impl Terms {
    /// Each word of the team's name, and its parts where it has some: "Smith-Jones" is found by both.
    pub(super) fn add_name(&mut self, name: &str) {
        for word in name.to_lowercase().split_whitespace() {
            self.add(word);
            word.split(|character: char| !character.is_alphanumeric()).for_each(|part| self.add(part));
        }
    }

    pub(super) fn add_slug(&mut self, slug: &str) {
        self.add(slug);
        slug.split('-').for_each(|part| self.add(part));
    }

    /// A member's address, and its domain.
    pub(super) fn add_email(&mut self, email: &str) {
        let email = email.to_lowercase();
        self.add(&email);
        if let Some((_, domain)) = email.rsplit_once('@') {
            self.add(domain);
        }
    }

    /// Domains with commas between them.
    pub(super) fn add_domains(&mut self, domains: &str) {
        domains.split(", ").for_each(|domain| self.add(domain));
    }

    /// An entity ID without its scheme, and the IDs in its path.
    pub(super) fn add_entity_id(&mut self, entity_id: &str) {
        let entity_id = entity_id.to_lowercase();
        let entity_id = without_scheme(&entity_id);
        self.add(entity_id);
        let segments = entity_id.split(['/', '?', '#', '=']).skip(1);
        segments.filter(|segment| segment.len() >= MIN_SEGMENT).for_each(|segment| self.add(segment));
    }

    fn add(&mut self, term: &str) {
        if !term.is_empty() && self.0.len() < MAX_TERMS {
            self.0.insert(term.chars().take(MAX_LENGTH).collect());
        }
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = String> {
        self.0.into_iter()
    }
}

/// The term that stands for the whole of an entity ID.
pub(crate) fn entity_id_term(entity_id: &str) -> Option<String> {
    let whole = entity_id.to_lowercase();
    let mut terms = Terms::default();
    terms.add(without_scheme(&whole));
    terms.0.pop_first()
}

/// The words that somebody looks for: a team must have each of them.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let words = text.to_lowercase();
    let words = words.split_whitespace().map(|word| {
        let word = without_scheme(word.strip_prefix('@').unwrap_or(word));
        word.chars().filter(|character| !character.is_control()).take(MAX_LENGTH).collect::<String>()
    });
    words.filter(|word| !word.is_empty()).take(MAX_WORDS).collect()
}

fn without_scheme(text: &str) -> &str {
    text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(add: impl FnOnce(&mut Terms)) -> Vec<String> {
        let mut terms = Terms::default();
        add(&mut terms);
        terms.into_iter().collect()
    }

    #[test]
    fn a_name_is_found_by_its_words_and_their_parts() {
        let found = terms(|terms| terms.add_name("Müller  Smith-Jones 100% (DE)"));
        assert_eq!(found, ["(de)", "100", "100%", "de", "jones", "müller", "smith", "smith-jones"]);
    }

    #[test]
    fn an_entity_id_is_found_by_its_host_and_by_the_ids_in_it() {
        let found = terms(|terms| terms.add_entity_id("https://STS.windows.net/7D1C8C3E-1f5c-4f0e-9d41-0c6f6d1f2a11/"));
        let tenant = "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11";
        assert_eq!(found, [tenant.to_owned(), format!("sts.windows.net/{tenant}/")]);
    }

    #[test]
    fn what_is_written_for_a_team_is_bounded() {
        let many = (0..1_000).map(|number| format!("d{number}.example")).collect::<Vec<_>>().join(", ");
        assert_eq!(terms(|terms| terms.add_domains(&many)).len(), MAX_TERMS);
        let long = terms(|terms| terms.add_entity_id(&format!("urn:{}", "ü".repeat(2_000))));
        assert!(long.iter().all(|term| term.chars().count() <= MAX_LENGTH), "{long:?}");
    }

    #[test]
    fn words_are_as_terms_are() {
        assert_eq!(search_words("  Contoso\u{a0}LTD "), ["contoso", "ltd"]);
        assert_eq!(search_words("@contoso.com https://STS.windows.net/A"), ["contoso.com", "sts.windows.net/a"]);
        assert_eq!(search_words("a\u{0}b \u{0} 100% c_ \\"), ["ab", "100%", "c_", "\\"]);
        assert_eq!(search_words(&"a ".repeat(9)).len(), MAX_WORDS);
    }
}
