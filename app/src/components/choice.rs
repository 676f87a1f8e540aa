//! Boxes to tick and lists to choose from, which keep what was chosen when a form is refused.

use leptos::prelude::*;
use model::FormState;

use super::form::{described_by, field_problem};

/// A box to tick.
#[component]
pub fn CheckBox(
    /// The form as it came back, if it did.
    form: FormState,
    /// The field's name and ID.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Whether it is ticked if the form was not refused.
    checked: bool,
    /// What ticking it means.
    children: Children,
) -> impl IntoView {
    // a box that was not ticked posts nothing: the other fields tell that the form came back
    let checked = if form.values.is_empty() { checked } else { form.value(name) == Some(FormState::TICKED) };
    let invalid = form.problem(name).is_some().then_some("true");
    view! {
        <div class="field">
            <label for=name>
                <input
                    id=name
                    name=name
                    type="checkbox"
                    value=FormState::TICKED
                    checked=checked
                    aria-invalid=invalid
                    aria-describedby=described_by(&form, name, true)
                />
                {label}
            </label>
            {field_problem(&form, name)}
            <div class="field__hint" id=format!("{name}-hint")>
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// A list to choose one from.
#[component]
pub fn Select<T: Into<String> + 'static>(
    /// The form as it came back, if it did.
    form: FormState,
    /// The field's name and ID.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Values with what is shown for each.
    choices: Vec<(&'static str, T)>,
    /// What is chosen if the form was not refused.
    #[prop(into)]
    value: String,
    /// What helps to choose.
    children: Children,
) -> impl IntoView {
    let chosen = form.value(name).map_or(value, str::to_owned);
    let invalid = form.problem(name).is_some().then_some("true");
    let options = choices.into_iter().map(|(value, text)| {
        view! {
            <option value=value selected={value == chosen}>
                {text.into()}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="field__hint" id=format!("{name}-hint")>
                {children()}
            </div>
            {field_problem(&form, name)}
            <select id=name name=name aria-invalid=invalid aria-describedby=described_by(&form, name, true)>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(form: FormState, checked: bool) -> String {
        let hint = || view! { <p>"hint"</p> };
        Owner::new()
            .with(|| view! { <CheckBox form=form name="a" label="A" checked=checked>{hint()}</CheckBox> }.to_html())
    }

    #[test]
    fn a_refused_form_keeps_a_box_that_was_unticked() {
        let refused = FormState { values: [("b".to_owned(), "x".to_owned())].into(), ..FormState::default() };
        let ticked = FormState { values: [("a".to_owned(), "true".to_owned())].into(), ..FormState::default() };
        assert!(!boxed(refused, true).contains(" checked"));
        assert!(boxed(ticked, false).contains(" checked"));
        assert!(boxed(FormState::default(), true).contains(" checked"));
        assert!(!boxed(FormState::default(), false).contains(" checked"));
    }
}
