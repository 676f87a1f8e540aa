//! Refused forms on their way back to their page: what was typed and what is wrong with it
//! stay on the server, found by a cookie, and never stand in an address.

use chrono::TimeDelta;
use model::FormState;

use crate::cookies::{self, Cookie};
use crate::row_budget::{self, Payer, Row};
use crate::{Actor, Error, Services, Token, token};

const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// So much of a form is kept, in bytes. What is longer was pasted, and can be again.
const MOST_KEPT: usize = 4 * 1024;

/// Keeps a refused form, and answers the cookie that finds it again.
///
/// # Errors
/// [`Error::TooMany`] if whoever asks has had too many kept; none is then.
pub async fn keep(services: &Services, actor: &Actor, form: &str, state: FormState) -> Result<String, Error> {
    row_budget::pay(services, Row::RefusedForm, 1, &[Payer::of(actor)])?;
    let token = Token::new(&*services.random);
    let expires_at = services.now() + LIFETIME;
    store::form_states::keep(services.db.connection(), &token.hash(), form, &shortened(state), expires_at).await?;
    Ok(cookies::set(services, Cookie::Form, &token, LIFETIME))
}

/// Of what was typed the longest goes first: what is wrong is said all the same.
fn shortened(mut state: FormState) -> FormState {
    while size(&state) > MOST_KEPT {
        if !state.notes.is_empty() {
            state.notes.truncate(state.notes.len() / 2);
            continue;
        }
        let longest = state.values.iter().max_by_key(|(_, value)| value.len()).map(|(name, _)| name.clone());
        match longest {
            Some(name) => drop(state.values.remove(&name)),
            None if state.problems.is_empty() => break,
            None => state.problems.truncate(state.problems.len() / 2),
        }
    }
    state
}

/// As it is stored.
fn size(state: &FormState) -> usize {
    serde_json::to_vec(state).map_or(usize::MAX, |json| json.len())
}

/// The refused form of the browser with this cookie, once; an empty state if there is none.
pub async fn take(services: &Services, cookie: &str, form: &str) -> Result<FormState, Error> {
    let state = store::form_states::take(services.db.connection(), &token::hash(cookie), form, services.now()).await?;
    Ok(state.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use model::FieldProblem;

    use super::*;

    fn form(values: &[(&str, usize)], problems: usize) -> FormState {
        FormState {
            values: values.iter().map(|(name, length)| ((*name).to_owned(), "x".repeat(*length))).collect(),
            problems: (0..problems).map(|number| (format!("field{number}"), FieldProblem::Missing)).collect(),
            ..FormState::default()
        }
    }

    #[test]
    fn the_longest_goes_first_and_what_is_wrong_stays() {
        let kept = shortened(form(&[("name", 30), ("text", 60_000), ("url", 200)], 3));
        assert_eq!(kept.values.keys().collect::<Vec<_>>(), ["name", "url"]);
        assert_eq!(kept.problems.len(), 3);
        let fits = form(&[("name", 1_000), ("text", 2_000)], 1);
        assert_eq!(shortened(fits.clone()), fits);
    }

    #[test]
    fn no_form_is_kept_that_is_longer_than_4_kb() {
        for (values, problems) in
            [(vec![("a", 4_090), ("b", 4_090)], 1), (vec![("a", 5)], 10_000), (vec![("a", 4_097)], 0)]
        {
            assert!(size(&shortened(form(&values, problems))) <= MOST_KEPT, "{problems}");
        }
    }
}
