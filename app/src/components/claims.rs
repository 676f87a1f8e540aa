//! What an assertion said of a person.

use leptos::prelude::*;
use messages::text;
use model::attempts::{MappedClaim, ProfileField};
use model::sign_in::Profile;

use super::line_breaks::breakable;

/// The name to show: as it came, or put together.
pub fn name_of(profile: &Profile) -> String {
    profile.name().unwrap_or_else(|| text!("attempt-claims-name-missing"))
}

/// The person's fields, as the claim mapping read them.
pub fn profile_facts(name_id: String, profile: &Profile) -> impl IntoView + use<> {
    let email = profile.email.as_ref().map_or_else(|| text!("attempt-claims-email-missing"), ToString::to_string);
    let groups = text!("attempt-claims-group-count", count = profile.groups.len());
    view! {
        <dl class="facts">
            <dt>{text!("attempt-claims-name-id")}</dt>
            <dd class="mono">{name_id}</dd>
            <dt>{text!("attempt-claims-email")}</dt>
            <dd class="mono">{email}</dd>
            <dt>{text!("attempt-claims-name")}</dt>
            <dd>{name_of(profile)}</dd>
            <dt>{text!("attempt-claims-groups")}</dt>
            <dd>{groups}</dd>
        </dl>
    }
}

/// The verified claims, and the field of ours that each fills.
pub fn claims_table(claims: Vec<MappedClaim>) -> impl IntoView {
    let rows = claims.into_iter().map(|MappedClaim { claim, fills }| {
        view! {
            <tr>
                <td data-label=text!("attempt-claims-claim") class="mono">
                    <div>{breakable(&claim.name)}</div>
                </td>
                <td data-label=text!("attempt-claims-value") class="long">
                    <div>{values(claim.values)}</div>
                </td>
                <td data-label=text!("attempt-claims-fills")>{fills.map_or_else(|| text!("attempt-claims-fills-nothing"), field)}</td>
            </tr>
        }
    });
    view! {
        <table class="table table--even">
            <caption>{text!("attempt-claims-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("attempt-claims-claim")}</th>
                    <th scope="col">{text!("attempt-claims-value")}</th>
                    <th scope="col">{text!("attempt-claims-fills")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// How many values are shown at once.
const SHOWN: usize = 5;

/// The values; of many, such as groups, the first ones and the rest on demand.
fn values(values: Vec<String>) -> impl IntoView {
    let mut values = values;
    let rest = values.split_off(values.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text!("attempt-claims-more", count = rest.len())}</summary>
                {lines(rest)}
            </details>
        }
    });
    view! {
        {lines(values)}
        {more}
    }
}

fn lines(values: Vec<String>) -> impl IntoView {
    values.into_iter().map(|value| view! { <div>{value_text(value)}</div> }).collect_view()
}

/// Many values are addresses as long as the claims' names are; all others stay whole.
fn value_text(value: String) -> AnyView {
    if value.contains("://") { breakable(&value) } else { value.into_any() }
}

fn field(field: ProfileField) -> String {
    match field {
        ProfileField::Email => text!("attempt-claims-email"),
        ProfileField::FirstName => text!("attempt-claims-first-name"),
        ProfileField::LastName => text!("attempt-claims-last-name"),
        ProfileField::DisplayName => text!("attempt-claims-display-name"),
        ProfileField::Groups => text!("attempt-claims-groups"),
        ProfileField::SubjectKey => text!("attempt-claims-unique-id"),
    }
}
