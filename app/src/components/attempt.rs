//! A sign-in attempt in words.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use model::sign_on::{AttemptOutcome, Profile};
use model::{AttemptView, Claim};

use super::status::badge;
use super::time::moment;
use crate::words::findings::words;

/// How an attempt stands, as a badge.
pub fn outcome_badge(outcome: &AttemptOutcome) -> impl IntoView + use<> {
    match outcome {
        AttemptOutcome::Open => badge("open", "has not returned"),
        AttemptOutcome::Succeeded => badge("succeeded", "passed"),
        AttemptOutcome::Failed { .. } => badge("failed", "failed"),
    }
}

/// The whole report: what happened, what was expected, what came, and the claims.
pub fn report(attempt: AttemptView) -> impl IntoView {
    let outcome = match attempt.outcome {
        AttemptOutcome::Open => EitherOf3::A(view! {
            <div class="notice notice--info">
                <strong>"The sign-in went to your identity provider and has not returned."</strong>
                <p>
                    "Finish it in its tab. If Microsoft shows an error there, the AADSTS number on that page says why."
                </p>
            </div>
        }),
        AttemptOutcome::Succeeded => EitherOf3::B(view! {
            <div class="notice notice--success">
                <strong>"The sign-in works."</strong>
                <p>"Every check passed. Below is what came back."</p>
            </div>
        }),
        AttemptOutcome::Failed { code, expected, actual } => {
            let words = words(code);
            EitherOf3::C(view! {
                <div class="notice notice--danger">
                    <strong>{words.title}</strong>
                    <p>{words.meaning}</p>
                    <p>
                        <b>"What to do: "</b>
                        {words.remedy}
                    </p>
                    <dl class="facts">
                        {expected.map(|value| fact("Expected", value))} {actual.map(|value| fact("Received", value))}
                    </dl>
                </div>
            })
        }
    };
    view! {
        <div class="stack">
            {outcome} {attempt.name_id.map(|name_id| received(name_id, attempt.profile.unwrap_or_default(), attempt.claims))}
            <p class="field__hint">
                "Reference " <code>{attempt.reference.to_string()}</code> ", revision " {attempt.revision} ", started "
                {moment(attempt.started_at)}
            </p>
        </div>
    }
}

fn fact(label: &'static str, value: String) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd class="mono">{value}</dd>
    }
}

/// Who it was, and the claims with the field of ours that each fills.
fn received(name_id: String, profile: Profile, claims: Vec<Claim>) -> impl IntoView {
    let rows = claims.into_iter().map(|claim| claim_row(claim, &profile)).collect_view();
    view! {
        <dl class="facts">
            {fact("Name ID", name_id)}
            {fact("E-mail", profile.email.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string))}
            {fact("Name", name_of(&profile))}
        </dl>
        <table class="table">
            <caption>"Claims received"</caption>
            <thead>
                <tr>
                    <th scope="col">"Claim"</th>
                    <th scope="col">"Value"</th>
                    <th scope="col">"Fills"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The name to show: as it came, or put together.
pub fn name_of(profile: &Profile) -> String {
    let parts: Vec<_> = [&profile.first_name, &profile.last_name].into_iter().flatten().cloned().collect();
    let name = profile.display_name.clone().unwrap_or_else(|| parts.join(" "));
    if name.is_empty() { "not sent".to_owned() } else { name }
}

fn claim_row(claim: Claim, profile: &Profile) -> impl IntoView + use<> {
    let fills = fills(&claim, profile);
    view! {
        <tr>
            <td data-label="Claim" class="mono">
                {claim.name}
            </td>
            <td data-label="Value">{claim.values.join(", ")}</td>
            <td data-label="Fills">{fills.map_or(Either::Right("—"), Either::Left)}</td>
        </tr>
    }
}

/// Which field of ours a claim filled, told by its value.
fn fills(claim: &Claim, profile: &Profile) -> Option<&'static str> {
    let value = claim.values.first()?;
    let name = claim.name.rsplit('/').next()?.to_ascii_lowercase();
    if profile.email.as_ref().is_some_and(|email| email.as_str() == value.to_lowercase()) && name.contains("mail") {
        Some("E-mail")
    } else if profile.display_name.as_ref() == Some(value) && name.contains("display") {
        Some("Name to show")
    } else if profile.first_name.as_ref() == Some(value) {
        Some("First name")
    } else if profile.last_name.as_ref() == Some(value) {
        Some("Last name")
    } else if !profile.groups.is_empty() && profile.groups == claim.values {
        Some("Groups")
    } else {
        None
    }
}
