//! What happened in an attempt, in order.

use leptos::prelude::*;
use model::attempts::AttemptEvent;
use model::{Timestamp, Verdict};

use super::status::verdict_badge;
use crate::words::timeline::words;

/// Every event, with its time since the attempt began.
pub fn timeline(events: Vec<AttemptEvent>, started_at: Timestamp) -> impl IntoView {
    let items = events.into_iter().map(|event| item(event, started_at));
    view! { <ol class="timeline">{items.collect_view()}</ol> }
}

fn item(event: AttemptEvent, started_at: Timestamp) -> impl IntoView {
    let words = words(event.kind);
    // what passed is told by its name; what is compared matters where it did not
    let compared = words.compared.filter(|_| event.verdict >= Verdict::Warned);
    view! {
        <li data-verdict=event.verdict.as_str()>
            <div class="timeline__head">
                <strong>{words.label}</strong>
                {verdict_badge(event.verdict)}
                <span class="timeline__time">{when(event.at, started_at)}</span>
            </div>
            {compared.map(|compared| view! { <p class="field__hint">{compared}</p> })}
            {seen_and_expected(&event)}
        </li>
    }
}

/// What came and what should have come, where that can be said.
pub fn seen_and_expected(event: &AttemptEvent) -> Option<impl IntoView + use<>> {
    if event.actual.is_none() && event.expected.is_none() {
        return None;
    }
    let (actual, expected, is_verified) = (event.actual.clone(), event.expected.clone(), event.is_verified);
    let seen = actual.map(|actual| {
        view! {
            <dt>"What we saw"</dt>
            <dd>
                <span class="mono">{actual}</span>
                {(!is_verified).then(|| view! { " " <span class="unverified">"as received, not verified"</span> })}
            </dd>
        }
    });
    let expected = expected.map(|expected| {
        view! {
            <dt>"What we expect"</dt>
            <dd class="mono">{expected}</dd>
        }
    });
    Some(view! { <dl class="facts">{seen} {expected}</dl> })
}

/// The moment to the millisecond, and how long after the start it was.
fn when(at: Timestamp, started_at: Timestamp) -> String {
    format!("{}, {} after the start", at.format("%H:%M:%S%.3f UTC"), since((at - started_at).num_milliseconds()))
}

fn since(milliseconds: i64) -> String {
    match milliseconds {
        ..10_000 => format!("{milliseconds} ms"),
        // a person was at work meanwhile
        _ => format!("{} s", milliseconds / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_what_they_are_read_in() {
        assert_eq!(since(0), "0 ms");
        assert_eq!(since(9_999), "9999 ms");
        assert_eq!(since(65_400), "65 s");
    }

    #[test]
    fn what_no_signature_covers_is_marked() {
        let event = |is_verified| AttemptEvent {
            sequence: 0,
            at: Timestamp::from_timestamp_nanos(0),
            kind: model::EventKind::Audience,
            verdict: Verdict::Failed,
            finding: None,
            expected: Some("contoso-7k2m9q".into()),
            actual: Some("<b>another</b>".into()),
            is_verified,
        };
        let html = |is_verified| Owner::new().with(|| timeline(vec![event(is_verified)], event(true).at).to_html());
        assert!(html(false).contains("as received, not verified"));
        assert!(!html(true).contains("as received"));
        assert!(!html(false).contains("<b>"), "what came stays text");
    }
}
