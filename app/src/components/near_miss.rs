//! Two values that should be the same, one above the other, with what differs marked.

use leptos::prelude::*;
use messages::text;

use crate::near_miss::{NearMiss, Part, Reason, is_unseen};

/// A value, with what only it has marked.
pub fn marked(parts: &[Part]) -> AnyView {
    let parts = parts.iter().map(|part| match part {
        Part::Same(text) => text.clone().into_any(),
        Part::Differs(text) => view! { <mark>{characters(text)}</mark> }.into_any(),
        // as wide as what the other value has here
        Part::Gap(width) => view! {
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
        ' ' => ("␣".into(), text!("near-miss-char-blank")),
        '\t' => ("→".into(), text!("near-miss-char-tab")),
        '\n' | '\r' => ("↵".into(), text!("near-miss-char-line-break")),
        '\u{a0}' => ("⍽".into(), text!("near-miss-char-no-break-space")),
        _ if is_unseen(char) || char.is_whitespace() => (code(), text!("near-miss-char-invisible", code = code())),
        _ => return None,
    })
}

/// Why the values differ, as far as that can be said, and what came besides.
pub fn likely_reason(found: &NearMiss) -> impl IntoView + use<> {
    let reasons: Vec<_> = found.reasons.iter().copied().map(Reason::text).collect();
    let others = (!found.others.is_empty()).then(|| text!("near-miss-others", values = found.others.join(", ")));
    view! {
        {(!reasons.is_empty())
            .then(|| {
                view! {
                    <p>
                        <b>{text!("near-miss-reason")}</b>
                        " "
                        {reasons.join(" ")}
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
    fn what_nobody_sees_has_a_sign_with_a_name() {
        let html = |text: &str| Owner::new().with(|| marked(&[Part::Differs(text.into())]).to_html());
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
