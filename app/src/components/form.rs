//! Fields that show what was typed and what is wrong with it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use messages::{Text as _, text};
use model::{FieldProblem, FormState};

use crate::api::forms::take_form;

/// The refused state of a form; an empty one if it was not refused, or cannot be had.
pub async fn form_state(name: &'static str) -> FormState {
    take_form(name.to_owned()).await.unwrap_or_default()
}

/// What a page's fields say where nothing was entered, by name: the summary above them knows their labels
/// from here.
#[derive(Clone, Default)]
struct MissingTexts(Arc<Mutex<BTreeMap<String, String>>>);

impl MissingTexts {
    /// Those of the page that is being made.
    fn of_page() -> Self {
        use_context().unwrap_or_else(|| {
            let words = Self::default();
            provide_context(words.clone());
            words
        })
    }

    fn note(&self, field: &str, words: String) {
        if let Ok(mut known) = self.0.lock() {
            known.insert(field.to_owned(), words);
        }
    }

    /// What is wrong with a field, which is named if nothing was entered in it.
    fn say(&self, field: &str, problem: &FieldProblem) -> String {
        let known = self.0.lock().ok().filter(|_| *problem == FieldProblem::Missing);
        known.and_then(|known| known.get(field).cloned()).unwrap_or_else(|| problem.text())
    }
}

/// Has a field that was left empty say so in these words, beside it and in the summary.
pub fn set_missing_text(form: &FormState, field: &str, words: impl FnOnce() -> String) {
    if form.problem(field) == Some(&FieldProblem::Missing) {
        MissingTexts::of_page().note(field, words());
    }
}

/// What is wrong with a form, on top of it, with a link to each field.
#[component]
pub fn ErrorSummary(
    /// The refused form.
    form: FormState,
) -> impl IntoView {
    let problems = form.problems;
    (!problems.is_empty()).then(|| {
        let missing = MissingTexts::of_page();
        // asked for when all is in place: the fields below come after this
        let items = move || {
            let item = |(field, problem): &(String, FieldProblem)| {
                let words = missing.say(field, problem);
                if field.is_empty() {
                    view! { <li>{words}</li> }.into_any()
                } else {
                    view! {
                        <li>
                            <a href=format!("#{field}")>{words}</a>
                        </li>
                    }
                    .into_any()
                }
            };
            problems.iter().map(item).collect_view()
        };
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2>{text!("form-problem-title")}</h2>
                <ul>{items}</ul>
            </div>
        }
    })
}

/// What is wrong with one field, below its label.
pub fn field_problem(form: &FormState, name: &str) -> impl IntoView + use<> {
    let id = format!("{name}-problem");
    form.problem(name).map(|problem| {
        let words = MissingTexts::of_page().say(name, problem);
        view! {
            <p class="field__problem" id=id>
                <span class="visually-hidden">{text!("form-problem-label")} " "</span>
                {words}
            </p>
        }
    })
}

/// The value of `aria-describedby` for a field.
pub fn described_by(form: &FormState, name: &str, has_hint: bool) -> Option<String> {
    let mut ids = Vec::new();
    if has_hint {
        ids.push(format!("{name}-hint"));
    }
    if form.problem(name).is_some() {
        ids.push(format!("{name}-problem"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A line of text.
#[component]
pub fn TextField(
    /// The form as it came back, if it did.
    form: FormState,
    /// The field's name and ID.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The value if the form was not refused.
    #[prop(optional, into)]
    value: Option<String>,
    /// The kind of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is said if nothing was entered; without it, the label is.
    #[prop(optional, into)]
    missing: Option<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    set_missing_text(&form, name, || missing.unwrap_or_else(|| text!("form-missing", label = label.as_str())));
    let shown = form.value(name).map(str::to_owned).or(value).unwrap_or_default();
    let invalid = form.problem(name).is_some().then_some("true");
    let label = if optional { text!("form-optional-label", label = label) } else { label };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint.clone().map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
            {field_problem(&form, name)}
            <input
                id=name
                name=name
                type=kind
                value=shown
                autocomplete=autocomplete
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=invalid
                aria-describedby=described_by(&form, name, hint.is_some())
            />
        </div>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The form as it came back, if it did.
    form: FormState,
    /// The field's name and ID.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(into)]
    hint: String,
    /// The value if the form was not refused.
    #[prop(optional, into)]
    value: String,
    /// In lines.
    #[prop(default = 4)]
    rows: u16,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    set_missing_text(&form, name, || text!("form-missing", label = label.as_str()));
    // Leptos writes what is in a textarea as it is: unescaped, it could end the element
    let shown = form.value(name).unwrap_or(&value).replace('&', "&amp;").replace('<', "&lt;");
    let invalid = form.problem(name).is_some().then_some("true");
    let label = if optional { text!("form-optional-label", label = label) } else { label };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="field__hint" id=format!("{name}-hint")>
                {hint}
            </p>
            {field_problem(&form, name)}
            <textarea
                id=name
                name=name
                rows=rows.to_string()
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=described_by(&form, name, true)
            >
                {shown}
            </textarea>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use model::FieldProblem;

    use super::*;

    fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
        Owner::new().with(|| view().to_html())
    }

    fn refused() -> FormState {
        FormState {
            values: [("email".to_owned(), "ada(at)contoso \"<b>".to_owned())].into(),
            problems: vec![("email".to_owned(), FieldProblem::NotAnEmail)],
            ..FormState::default()
        }
    }

    #[test]
    fn a_refused_field_shows_what_was_typed_and_what_is_wrong() {
        let html = html(
            || view! { <TextField form=refused() name="email" label="E-mail address" hint="Your work address" /> },
        );
        assert!(html.contains("<label for=\"email\">E-mail address"), "{html}");
        assert!(
            html.contains("aria-invalid=\"true\"") && html.contains("aria-describedby=\"email-hint email-problem\"")
        );
        assert!(html.contains("id=\"email-problem\"") && html.contains("Enter an e-mail address"));
        assert!(html.contains("ada(at)contoso") && !html.contains("<b>"), "typed text stays text: {html}");
    }

    #[test]
    fn typed_text_cannot_leave_its_text_area() {
        let typed = "a &lt; b </textarea><script>";
        let form = FormState { values: [("words".to_owned(), typed.to_owned())].into(), ..FormState::default() };
        let html = html(|| view! { <TextArea form=form name="words" label="Words" hint="Some" /> });
        assert!(html.contains(">a &amp;lt; b &lt;/textarea>&lt;script></textarea>"), "{html}");
    }

    #[test]
    fn a_fresh_field_has_its_own_value_and_no_problem() {
        let html = html(|| view! { <TextField form=FormState::default() name="name" label="Name" value="Contoso" /> });
        assert!(html.contains("value=\"Contoso\""), "{html}");
        assert!(!html.contains("aria-invalid") && !html.contains("problem"));
    }

    #[test]
    fn a_field_that_was_left_empty_is_named_beside_it_and_in_the_summary_above() {
        let form = |field: &str| FormState {
            problems: vec![(field.to_owned(), FieldProblem::Missing)],
            ..FormState::default()
        };
        let html = |form: FormState| {
            html(|| {
                view! {
                    <ErrorSummary form=form.clone() />
                    <TextField form=form.clone() name="name" label="Name" optional=true />
                    <TextField form=form.clone() name="email" label="E-mail" missing="Enter your address" />
                    <TextArea form=form name="words" label="Words" hint="Some" />
                }
            })
        };
        for (field, words) in
            [("name", "Name: enter this value"), ("email", "Enter your address"), ("words", "Words: enter this value")]
        {
            let html = html(form(field));
            assert_eq!(html.matches(words).count(), 2, "{words}: {html}");
        }
        assert!(html(form("elsewhere")).contains("Enter this value"), "no field is known by this name");
    }

    #[test]
    fn the_summary_links_to_each_field() {
        let html = html(|| view! { <ErrorSummary form=refused() /> });
        assert!(html.contains("role=\"alert\"") && html.contains("href=\"#email\""), "{html}");
        let nothing = self::html(|| view! { <ErrorSummary form=FormState::default() /> });
        assert!(!nothing.contains("alert"));
    }
}
