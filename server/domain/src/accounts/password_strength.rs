//! How easily a new password is guessed, by zxcvbn's dictionaries and patterns.

use model::FieldProblem;

use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services};

/// In characters.
const MIN_LENGTH: usize = 12;
/// In characters; longer ones are no safer and cost time.
const MAX_LENGTH: usize = 128;
/// How much of a password is estimated, in characters: the time it takes grows faster than the
/// length.
const ESTIMATED_LENGTH: usize = 64;
/// The lowest of zxcvbn's scores (0 to 4) that is accepted: "moderate protection" should the
/// hashes be stolen.
const MIN_SCORE: u8 = 3;

/// How hard a password that is being chosen is to guess, from 0 to 4; 3 is enough. While nobody
/// is signed in, `email` is the address typed beside it.
#[tracing::instrument(name = "accounts.password_strength", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn password_strength(services: &Services, actor: &Actor, password: &str, email: &str) -> Result<u8, Error> {
    throttling::count_attempt(services, ThrottledAction::Estimate, &[ThrottleKey::Address(actor.client.ip)]).await?;
    let own = actor.signed_in_account().map(|account| account.email.to_string());
    estimate(services, password, own.as_deref().unwrap_or(email)).await
}

/// Checks a new password of the account with this address: 12 to 128 characters, any
/// characters, and not one that guessing programs try early.
pub(super) async fn check_new_password(
    services: &Services,
    password: &str,
    email: &str,
) -> Result<Result<(), FieldProblem>, Error> {
    if let Err(problem) = check_length(password) {
        return Ok(Err(problem));
    }
    let enough = estimate(services, password, email).await? >= MIN_SCORE;
    Ok(if enough { Ok(()) } else { Err(FieldProblem::PasswordGuessable) })
}

fn check_length(password: &str) -> Result<(), FieldProblem> {
    match password.chars().count() {
        0 => Err(FieldProblem::Missing),
        length if length < MIN_LENGTH => Err(FieldProblem::PasswordTooShort { min: MIN_LENGTH }),
        length if length > MAX_LENGTH => Err(FieldProblem::TooLong { max: MAX_LENGTH }),
        _ => Ok(()),
    }
}

async fn estimate(services: &Services, password: &str, email: &str) -> Result<u8, Error> {
    let password: String = password.chars().take(ESTIMATED_LENGTH).collect();
    let brand = &services.settings.brand;
    let known = context_words(&[email, &brand.product_name, &brand.vendor_name]);
    services.passwords.spawn_blocking_limited(move || score(&password, &known)).await
}

fn score(password: &str, known: &[String]) -> u8 {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(password, &known).score().into()
}

/// What a guesser would try first for this account: the texts as a whole, and each word in them.
fn context_words(texts: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in texts {
        let text: String = text.chars().take(MAX_LENGTH).collect();
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned));
        words.push(text);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_12_to_128_characters() {
        assert_eq!(check_length(""), Err(FieldProblem::Missing));
        assert_eq!(check_length("elevenchars"), Err(FieldProblem::PasswordTooShort { min: 12 }));
        assert_eq!(check_length("twelve chars"), Ok(()));
        assert_eq!(check_length(&"ü".repeat(128)), Ok(()));
        assert_eq!(check_length(&"x".repeat(129)), Err(FieldProblem::TooLong { max: 128 }));
    }

    #[test]
    fn guessable_passwords_are_rejected() {
        let known = context_words(&["ada.lovelace@contoso.com", "Krisp", "Krisp Technologies"]);
        for guessable in [
            "password1234",
            "Password2026!",
            "qwertyuiop12",
            "aaaaaaaaaaaa",
            "letmeinletmein",
            "ada.lovelace@contoso.com",
            "Lovelace2026",
            "contosocontoso",
            "1q2w3e4r5t6y",
        ] {
            assert!(score(guessable, &known) < MIN_SCORE, "{guessable}");
        }
        for good in ["violet tractor lunch", "correct horse battery staple", "kR7$vmQz0!pw", "ünter dem brückenbogen"]
        {
            assert!(score(good, &known) >= MIN_SCORE, "{good}");
        }
    }
}
