//! `/help/findings`: everything that a sign-in report can show, for anybody: what it means, an example, who
//! can fix it and how, in the words of the identity provider that one chooses.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{FindingCode, FormState, IdentityProvider};

use super::query;
use crate::components::choice::Select;
use crate::components::form::TextField;
use crate::components::layout::{Page, brand};
use crate::components::line_breaks::heading;
use crate::components::remediation::{fix_by, to_do};
use crate::findings::{FindingExample, example, finding_text, remediation_for};
use crate::remediation::provider_name;
use crate::routes;

/// The field that holds what is searched for.
const SEARCH: &str = "q";

/// All findings, or those that hold what is searched for.
#[component]
pub fn HelpFindings() -> impl IntoView {
    let search = query(SEARCH);
    let provider = IdentityProvider::parse(&query(routes::parameter::PROVIDER)).unwrap_or_default();
    let found: Vec<_> = FindingCode::ALL.iter().copied().filter(|code| is_found(*code, provider, &search)).collect();
    let list = if found.is_empty() {
        Either::Left(view! { <p class="empty">{text!("help-findings-none", search = search.as_str())}</p> })
    } else {
        Either::Right(found.into_iter().map(|code| finding(code, provider)).collect_view())
    };
    view! {
        <Page title=text!("help-findings-title")>
            <div class="page-head">
                <h1>{text!("help-findings-title")}</h1>
                <p>{text!("help-findings-intro")}</p>
            </div>
            {form(search, provider)}
            <div class="stack">{list}</div>
        </Page>
    }
}

fn form(search: String, provider: IdentityProvider) -> impl IntoView {
    let choices = IdentityProvider::ALL.iter().map(|provider| (provider.as_str(), provider_name(*provider)));
    let choices: Vec<_> = choices.collect();
    view! {
        <form method="get" action=routes::HELP_FINDINGS class="stack stack--tight" role="search">
            <TextField form=FormState::default() name=SEARCH label=text!("help-findings-search") value=search />
            <Select
                form=FormState::default()
                name=routes::parameter::PROVIDER
                label=text!("help-findings-provider")
                choices=choices
                value=provider.as_str()
            >
                <p>{text!("help-findings-provider.hint")}</p>
            </Select>
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("help-findings-show")}
                </button>
            </div>
        </form>
    }
}

/// Whether a finding is one of those that are searched for: by its code or any of its words, all of them.
fn is_found(code: FindingCode, provider: IdentityProvider, search: &str) -> bool {
    let text = finding_text(code, provider);
    let said = format!("{} {} {} {}", code.as_str(), text.title, text.meaning, text.steps.join(" ")).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| said.contains(word))
}

fn finding(code: FindingCode, provider: IdentityProvider) -> impl IntoView {
    let (text, known) = (finding_text(code, provider), remediation_for(code, provider));
    let fixer = known.fixer.name_for_others(&brand().vendor_name, provider);
    view! {
        <article class="card stack stack--tight" id=code.as_str() aria-labelledby=format!("title-{}", code.as_str())>
            <h2 class="card__title" id=format!("title-{}", code.as_str())>
                <a href=format!("#{}", code.as_str())>{heading(&text.title)}</a>
            </h2>
            <p>{text.meaning}</p>
            {example(code).map(|example| shown_example(&example))}
            {fixer.map(fix_by)}
            {to_do(&known, &text.steps, provider)}
        </article>
    }
}

fn shown_example(example: &FindingExample) -> impl IntoView + use<> {
    let expected = example.expected.map(|value| {
        view! {
            <dt>{text!("help-findings-expected")}</dt>
            <dd class="mono">{value}</dd>
        }
    });
    view! {
        <dl class="facts">
            <dt>{text!("help-findings-example")}</dt>
            <dd class="mono">{example.actual}</dd>
            {expected}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_found_by_their_words_and_their_code() {
        let found = |search: &str| {
            let found = FindingCode::ALL.iter().filter(|code| is_found(**code, IdentityProvider::Entra, search));
            found.copied().collect::<Vec<_>>()
        };
        assert_eq!(found("").len(), FindingCode::ALL.len());
        assert!(found("wrong-audience").contains(&FindingCode::WrongAudience));
        assert!(found("CERTIFICATE expired").contains(&FindingCode::CertificateExpired));
        assert!(found("zebra crossing").is_empty());
    }
}
