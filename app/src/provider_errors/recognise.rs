//! Finds the error in whatever somebody copied from an identity provider's page or log.

use model::IdentityProvider;

use super::ad_fs::OTHER_NUMBER;
use super::{KnownError, ProviderError, all};
use crate::aadsts;

/// The error in a text. Words of the provider that is in use count before those of others, and
/// those before words that anybody may use; of several the longest phrase is the most certain.
#[must_use]
pub fn recognise(text: &str, in_use: IdentityProvider) -> Option<KnownError> {
    if let Some(number) = aadsts::prefixed(text) {
        return Some(KnownError::Aadsts(number));
    }
    let said = words(text);
    let is_own = |error: &ProviderError| error.provider == in_use && in_use != IdentityProvider::Other;
    let is_anybodys = |error: &ProviderError| error.provider == IdentityProvider::Other;
    let own = || longest(&said, is_own, |error| error.phrases.iter().chain(error.phrases_in_use));
    let foreign = || longest(&said, |error| !is_anybodys(error), |error| error.phrases.iter().chain(&[]));
    let anybodys = || longest(&said, is_anybodys, |error| error.phrases.iter().chain(&[]));
    let numbered = || aadsts::recognise(text).map(KnownError::Aadsts);
    let by_words = own().or_else(foreign);
    let is_vague = by_words.is_none_or(|error| error.phrases_in_use.iter().any(|phrase| holds(&said, phrase)));
    let of_ad_fs = if is_vague { other_number_of_ad_fs(&said) } else { None };
    let by_words = of_ad_fs.or(by_words).map(KnownError::Provider);
    by_words.or_else(numbered).or_else(|| anybodys().map(KnownError::Provider))
}

/// Small letters, digits and underscores, with one blank between words and around them.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for sign in text.chars().flat_map(char::to_lowercase) {
        if sign.is_alphanumeric() || sign == '_' {
            words.push(sign);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

/// An error of AD FS that has a number of its own, and no phrase here: the number says more than the words of
/// any page.
fn other_number_of_ad_fs(said: &str) -> Option<&'static ProviderError> {
    let is_number = |word: &str| word.strip_prefix("msis").is_some_and(|rest| rest.parse::<u32>().is_ok());
    let is_known = |word: &str| all().any(|error| error.phrases.contains(&word));
    let is_told = said.split(' ').any(|word| is_number(word) && !is_known(word));
    let is_it = |error: &&ProviderError| error.provider == IdentityProvider::AdFs && error.code == OTHER_NUMBER;
    if is_told { all().find(is_it) } else { None }
}

/// Whether a text, in words, holds a phrase.
fn holds(said: &str, phrase: &str) -> bool {
    said.contains(&format!(" {phrase} "))
}

/// Phrases of an error.
type Phrases = std::iter::Chain<std::slice::Iter<'static, &'static str>, std::slice::Iter<'static, &'static str>>;

/// The error with the longest phrase in a text, of those that count; the first of several.
fn longest(
    said: &str,
    counts: impl Fn(&ProviderError) -> bool,
    phrases: impl Fn(&'static ProviderError) -> Phrases,
) -> Option<&'static ProviderError> {
    let mut best: Option<(usize, &'static ProviderError)> = None;
    for error in all().filter(|error| counts(error)) {
        let lengths = phrases(error).filter(|phrase| holds(said, phrase)).map(|phrase| phrase.len());
        if let Some(length) = lengths.max().filter(|length| best.is_none_or(|(longest, _)| *length > longest)) {
            best = Some((length, error));
        }
    }
    best.map(|(_, error)| error)
}
