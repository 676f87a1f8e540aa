//! What an assertion said of a person.

use leptos::prelude::*;
use model::attempts::{MappedClaim, ProfileField};
use model::sign_in::Profile;

/// The name to show: as it came, or put together.
pub fn name_of(profile: &Profile) -> String {
    let parts: Vec<_> = [&profile.first_name, &profile.last_name].into_iter().flatten().cloned().collect();
    let name = profile.display_name.clone().unwrap_or_else(|| parts.join(" "));
    if name.is_empty() { "not sent".to_owned() } else { name }
}

/// The person's fields, as the claim mapping read them.
pub fn profile_facts(name_id: String, profile: &Profile) -> impl IntoView + use<> {
    let email = profile.email.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    let groups = match profile.groups.len() {
        0 => "none".to_owned(),
        1 => "1 group".to_owned(),
        several => format!("{several} groups"),
    };
    view! {
        <dl class="facts">
            <dt>"Name ID"</dt>
            <dd class="mono">{name_id}</dd>
            <dt>"E-mail"</dt>
            <dd class="mono">{email}</dd>
            <dt>"Name"</dt>
            <dd>{name_of(profile)}</dd>
            <dt>"Groups"</dt>
            <dd>{groups}</dd>
        </dl>
    }
}

/// The verified claims, and the field of ours that each fills.
pub fn claims_table(claims: Vec<MappedClaim>) -> impl IntoView {
    let rows = claims.into_iter().map(|MappedClaim { claim, fills }| {
        view! {
            <tr>
                <td data-label="Claim" class="mono">
                    {claim.name}
                </td>
                <td data-label="Value" class="long">
                    <div>{values(claim.values)}</div>
                </td>
                <td data-label="Fills">{fills.map_or("nothing", field)}</td>
            </tr>
        }
    });
    view! {
        <table class="table table--even">
            <caption>"Claims received"</caption>
            <thead>
                <tr>
                    <th scope="col">"Claim"</th>
                    <th scope="col">"Value"</th>
                    <th scope="col">"Fills"</th>
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
                <summary>{format!("{} more", rest.len())}</summary>
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
    values.into_iter().map(|value| view! { <div>{value}</div> }).collect_view()
}

const fn field(field: ProfileField) -> &'static str {
    match field {
        ProfileField::Email => "E-mail",
        ProfileField::FirstName => "First name",
        ProfileField::LastName => "Last name",
        ProfileField::DisplayName => "Display name",
        ProfileField::Groups => "Groups",
        ProfileField::SubjectKey => "The key that the person is known by",
    }
}
