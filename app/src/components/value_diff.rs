//! Two values that should be the same, one above the other, with what differs marked.

use leptos::prelude::*;
use messages::text;

use crate::value_diff::{DiffPart, Difference, ValueDiff, is_unseen};

/// A value, with what only it has marked.
pub fn marked(parts: &[DiffPart]) -> AnyView {
    let parts = parts.iter().map(|part| match part {
        DiffPart::Same(text) => text.clone().into_any(),
        DiffPart::Differs(text) => view! { <mark>{characters(text)}</mark> }.into_any(),
        // as wide as what the other value has here
        DiffPart::Gap(width) => view! {
            <mark class="difference__gap" aria-hidden="true">
                {"\u{a0}".repeat(*width)}
            </mark>
        }
        .into_any(),
    });
    let parts: Vec<_> = parts.collect();
    view! { <span class="mono difference">{parts}</span> }.into_any()
}

/// Characters, with a sign for each that nobody sees.
fn characters(text: &str) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut visible = String::new();
    for char in text.chars() {
        let Some((sign, name)) = sign(char) else {
            visible.push(char);
            continue;
        };
        views.extend(visible_text(&mut visible));
        views.push(
            view! {
                <span class="difference__sign" role="img" aria-label=name.clone() title=name>
                    {sign}
                </span>
            }
            .into_any(),
        );
    }
    views.extend(visible_text(&mut visible));
    views
}

/// What was gathered so far; nothing is rendered of nothing, which would become a blank.
fn visible_text(gathered: &mut String) -> Option<AnyView> {
    (!gathered.is_empty()).then(|| std::mem::take(gathered).into_any())
}

/// What stands for a character that nobody sees, and what it is called.
fn sign(char: char) -> Option<(String, String)> {
    let code = || format!("U+{:04X}", u32::from(char));
    Some(match char {
        ' ' => ("␣".into(), text!("value-diff-char-blank")),
        '\t' => ("→".into(), text!("value-diff-char-tab")),
        '\n' | '\r' => ("↵".into(), text!("value-diff-char-line-break")),
        '\u{a0}' => ("⍽".into(), text!("value-diff-char-no-break-space")),
        _ if is_unseen(char) || char.is_whitespace() => (code(), text!("value-diff-char-invisible", code = code())),
        _ => return None,
    })
}

/// Why the values differ, as far as that can be said, and what came besides.
pub fn likely_reason(found: &ValueDiff) -> impl IntoView + use<> {
    let differences: Vec<_> = found.differences.iter().map(Difference::text).collect();
    let others = (!found.others.is_empty()).then(|| text!("value-diff-others", values = found.others.join(", ")));
    view! {
        {(!differences.is_empty())
            .then(|| {
                view! {
                    <p>
                        <b>{text!("value-diff-reason")}</b>
                        " "
                        {differences.join(" ")}
                    </p>
                }
            })}
        {others.map(|others| view! { <p>{others}</p> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_shown_with_their_names() {
        let html = |text: &str| Owner::new().with(|| marked(&[DiffPart::Differs(text.into())]).to_html());
        for (text, name) in [
            (" ", "aria-label=\"blank\""),
            ("\n", "aria-label=\"line break\""),
            ("\u{200b}", "aria-label=\"invisible character U+200B\""),
        ] {
            assert!(html(text).contains(name), "{}", html(text));
        }
        let tag = html("<b>");
        assert!(tag.contains("&lt;b&gt;") && !tag.contains("role="), "what came stays text: {tag}");
    }
}
