//! The steps that happen at an identity provider other than Entra, in its own words: which tasks a step
//! of the set-up is, which values it takes there, and a drawing of its fields. The words are those of
//! the remediation catalogue, `provider-….ftl`.

use leptos::prelude::*;
use messages::{FluentValue, Text as _, text};
use model::{IdentityProvider, SetupStep, SetupView};

use super::email_claim::email_claim;
use super::frame::confirm_step;
use crate::components::blade::{Blade, BladePage, BladeRow};
use crate::components::copy::Copy;
use crate::components::layout::brand;
use crate::components::remediation::idp_task;
use crate::remediation::{Task, TeamValue, provider_name};

/// Whose words the set-up uses.
pub(super) fn provider_of(view: &SetupView) -> IdentityProvider {
    IdentityProvider::of_setup(view.team.identity_provider, view.connection.idp.as_ref())
}

/// What a step is at the identity provider.
fn tasks(step: SetupStep, provider: IdentityProvider) -> impl Iterator<Item = Task> {
    let tasks: &'static [Task] = match step {
        SetupStep::Create => &[Task::Create],
        SetupStep::BasicSaml => &[Task::Audience, Task::ReplyUrl, Task::SignOnUrl, Task::LogoutUrl],
        SetupStep::Attributes => &[Task::NameId, Task::Email],
        SetupStep::Certificates => &[Task::Certificate],
        SetupStep::Urls => &[Task::Issuer],
        SetupStep::Users => &[Task::Assign],
        SetupStep::Test | SetupStep::GoLive => &[],
    };
    tasks.iter().copied().filter(move |task| task.is_offered(provider))
}

/// A step that is done there and confirmed here.
pub(super) fn confirmed(view: &SetupView, step: SetupStep, provider: IdentityProvider) -> impl IntoView + use<> {
    view! {
        {idp_tasks(view, step, provider)}
        {confirm_step(view, step)}
    }
}

/// What is done there, each task with the values that it takes.
pub(super) fn idp_tasks(view: &SetupView, step: SetupStep, provider: IdentityProvider) -> impl IntoView + use<> {
    let endpoints = &view.team.endpoints;
    let tasks = tasks(step, provider).map(|task| {
        let values = task.values().iter().filter_map(|value| {
            // what comes from there is not pasted there
            let own = value.value(endpoints, None)?.to_owned();
            Some(view! { <Copy label=value.name(provider) value=own /> })
        });
        let values = values.collect_view();
        view! { <li class="stack stack--tight">{idp_task(task, provider)} {values}</li> }
    });
    let tasks = tasks.collect_view();
    let metadata = (step == SetupStep::BasicSaml).then(|| {
        let link = endpoints.metadata_url.clone();
        view! {
            <div class="card stack stack--tight">
                <h2 class="card__title">{text!("setup-guide-metadata")}</h2>
                <p>{text!("setup-guide-metadata.text")}</p>
                <Copy label=text!("setup-guide-metadata.address") value=link.clone() />
                <p>
                    <a href=link download>{text!("setup-basic-saml-download")}</a>
                </p>
            </div>
        }
    });
    view! {
        <p>{text!("setup-guide-intro", provider = provider_name(provider))}</p>
        <ol class="stack">{tasks}</ol>
        {metadata}
    }
}

/// The pages that a step is about, with their fields as the identity provider names them; nothing where it
/// names none.
pub(super) fn drawing(view: &SetupView, step: SetupStep, provider: IdentityProvider) -> impl IntoView + use<> {
    let mut pages = pages(view, step, provider).into_iter();
    let certificate = view.connection.certificates.first().filter(|_| step == SetupStep::Certificates);
    let thumbprint = certificate
        .map(|first| BladeRow::highlighted(text!("findings-expected-thumbprint"), first.thumbprint_sha1.clone()));
    let first = match (pages.next(), thumbprint) {
        (Some(page), thumbprint) => Some(BladePage { rows: page.rows.into_iter().chain(thumbprint).collect(), ..page }),
        (None, Some(thumbprint)) => {
            tasks(step, provider).next().map(|task| BladePage { path: task.place(provider), rows: vec![thumbprint] })
        }
        (None, None) => None,
    };
    let further: Vec<_> = pages.collect();
    first.map(|BladePage { path, rows }| {
        view! { <Blade path title=provider_name(provider) section=step.text() rows further provider /> }
    })
}

/// Where the tasks of a step are done, each page once, and what stands there: the team's values, each once, and
/// what else the page asks.
fn pages(view: &SetupView, step: SetupStep, provider: IdentityProvider) -> Vec<BladePage> {
    let (endpoints, idp) = (&view.team.endpoints, view.connection.idp.as_ref());
    let asked = asked_there(view);
    let (mut pages, mut drawn): (Vec<BladePage>, Vec<TeamValue>) = (Vec::new(), Vec::new());
    for task in tasks(step, provider) {
        let new: Vec<_> = task.values().iter().copied().filter(|value| !drawn.contains(value)).collect();
        drawn.extend(&new);
        let values = new.into_iter().map(|value| {
            let known = value.value(endpoints, idp).map_or_else(|| text!("setup-guide-not-entered"), str::to_owned);
            BladeRow::highlighted(value.name(provider), known)
        });
        let fields = task.fields(provider, &asked).into_iter();
        let fields = fields.map(|(field, value)| BladeRow::highlighted(field, value));
        let rows: Vec<_> = values.chain(fields).collect();
        let path = task.place(provider);
        match pages.iter_mut().find(|page| page.path == path) {
            Some(page) => page.rows.extend(rows),
            None if rows.is_empty() => {}
            None => pages.push(BladePage { path, rows }),
        }
    }
    pages
}

/// What fields there can hold of this team and service.
fn asked_there(view: &SetupView) -> Vec<(&'static str, FluentValue<'static>)> {
    let endpoints = view.team.endpoints.clone();
    let values = [
        ("product", brand().product_name),
        ("identifier", endpoints.identifier),
        ("metadata", endpoints.metadata_url),
        ("claim", email_claim(&view.connection.claims)),
    ];
    values.map(|(name, value)| (name, FluentValue::from(value))).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_provider_has_a_setting_for_is_a_task() {
        let sets_logout = |provider| tasks(SetupStep::BasicSaml, provider).any(|task| matches!(task, Task::LogoutUrl));
        assert!(sets_logout(IdentityProvider::Okta));
        assert!(!sets_logout(IdentityProvider::GoogleWorkspace), "Google's SAML apps have no single logout");
    }
}
