//! The state of refused forms until their page shows them again: what was typed and what is
//! wrong with it stay on the server, are found by a cookie, and are never part of a URL.

use chrono::TimeDelta;
use model::FormState;

use crate::cookies::{self, Cookie};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Actor, Error, Services, Token, token};

const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How much of a form is kept, in bytes. What is longer was pasted and can be pasted again.
const MAX_SIZE: usize = 4 * 1024;

/// Saves a refused form. Returns the cookie that finds it again.
///
/// # Errors
/// [`Error::TooManyRequests`] if the actor has had too many saved; nothing is saved then.
pub async fn save(services: &Services, actor: &Actor, form: &str, state: FormState) -> Result<String, Error> {
    services.charge(RowKind::RefusedForm, 1, &[BudgetOwner::of_actor(actor)])?;
    let token = Token::new(&*services.random);
    let expires_at = services.now() + LIFETIME;
    store::form_states::keep(&services.db.autocommit(), &token.hash(), form, &shorten_to_max_size(state), expires_at)
        .await?;
    Ok(cookies::set(services, Cookie::FormState, &token, LIFETIME))
}

/// Drops what was typed, the longest first, until the rest fits. The problems stay as long as
/// there is anything else to drop.
fn shorten_to_max_size(mut state: FormState) -> FormState {
    while serialized_size(&state) > MAX_SIZE {
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

/// The size of its stored form.
fn serialized_size(state: &FormState) -> usize {
    serde_json::to_vec(state).map_or(usize::MAX, |json| json.len())
}

/// The refused form of the browser with this cookie, once; an empty state if there is none.
pub async fn take(services: &Services, cookie: &str, form: &str) -> Result<FormState, Error> {
    let state = store::form_states::take(&services.db.autocommit(), &token::hash(cookie), form, services.now()).await?;
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
        let kept = shorten_to_max_size(form(&[("name", 30), ("text", 60_000), ("url", 200)], 3));
        assert_eq!(kept.values.keys().collect::<Vec<_>>(), ["name", "url"]);
        assert_eq!(kept.problems.len(), 3);
        let fits = form(&[("name", 1_000), ("text", 2_000)], 1);
        assert_eq!(shorten_to_max_size(fits.clone()), fits);
    }

    #[test]
    fn no_form_is_kept_that_is_longer_than_4_kb() {
        for (values, problems) in
            [(vec![("a", 4_090), ("b", 4_090)], 1), (vec![("a", 5)], 10_000), (vec![("a", 4_097)], 0)]
        {
            assert!(serialized_size(&shorten_to_max_size(form(&values, problems))) <= MAX_SIZE, "{problems}");
        }
    }
}
