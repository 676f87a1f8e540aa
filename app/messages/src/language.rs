//! Which language a request is answered in.

use std::future::Future;
use std::sync::LazyLock;

use fluent_langneg::{NegotiationStrategy, accepted_languages, negotiate_languages};
use unic_langid::LanguageIdentifier;

use crate::files::FILES;

/// The language that has all messages.
const COMPLETE: &str = "en";

/// The languages of the catalogue, in its order.
static AVAILABLE: LazyLock<Vec<LanguageIdentifier>> =
    LazyLock::new(|| languages().map(|language| language.tag().parse().unwrap_or_default()).collect());

/// A language that the catalogue has a folder of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(usize);

impl Language {
    pub(crate) const fn index(self) -> usize {
        self.0
    }

    /// As `<html lang>` and `Content-Language` have it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        FILES.get(self.0).map_or(COMPLETE, |(tag, _)| tag)
    }
}

impl Default for Language {
    fn default() -> Self {
        Self(FILES.iter().position(|(tag, _)| *tag == COMPLETE).unwrap_or_default())
    }
}

tokio::task_local! {
    static CURRENT: Language;
}

/// Every language of the catalogue.
pub fn languages() -> impl Iterator<Item = Language> {
    (0..FILES.len()).map(Language)
}

/// The language of the request that is being answered; outside of one, the complete one.
#[must_use]
pub fn language() -> Language {
    CURRENT.try_with(|language| *language).unwrap_or_default()
}

/// Answers a request in a language.
pub async fn in_language<F: Future>(language: Language, answer: F) -> F::Output {
    CURRENT.scope(language, answer).await
}

/// The language that a list as in `Accept-Language` asks for, among those that there are.
#[must_use]
pub fn negotiate(accept_language: &str) -> Language {
    if FILES.len() < 2 {
        // every request is asked this
        return Language::default();
    }
    let wanted = accepted_languages::parse(accept_language);
    let best = negotiate_languages(&wanted, &AVAILABLE, None, NegotiationStrategy::Lookup).first().copied();
    best.and_then(|best| AVAILABLE.iter().position(|tag| tag == best)).map_or_else(Language::default, Language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_the_default_and_the_fallback() {
        for header in ["", "en", "en-GB,en;q=0.8", "tlh", "*", ",", "tlh,,en", ";;,,q=", "x-nonsense"] {
            assert_eq!(negotiate(header).tag(), "en", "{header}");
        }
    }
}
