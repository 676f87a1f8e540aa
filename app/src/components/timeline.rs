//! What happened in an attempt, in order.

use chrono::TimeDelta;
use leptos::prelude::*;
use messages::text;
use model::attempts::AttemptEvent;
use model::{FindingCode, FindingValue, IdentityProvider, Timestamp, Verdict};

use super::copy::Copy;
use super::status::verdict_badge;
use super::value_diff::{likely_reason, marked};
use crate::finding_value::value_text;
use crate::findings::expected_value;
use crate::timeline::{EventGroup, event_text};
use crate::value_diff::{ValueDiff, value_diff};

/// How much later than its group a moment must be for its own time to be told.
const WORTH_A_TIME: TimeDelta = TimeDelta::seconds(1);

/// Every event, in groups, each with its time since the attempt began. What went well is folded.
pub fn timeline(events: Vec<AttemptEvent>, started_at: Timestamp) -> impl IntoView {
    let mut groups: Vec<(EventGroup, Vec<AttemptEvent>)> = Vec::new();
    for event in events {
        let group = EventGroup::of(event.kind);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, events)) => events.push(event),
            None => groups.push((group, vec![event])),
        }
    }
    groups.into_iter().map(|(group, events)| group_of_events(group, events, started_at)).collect_view()
}

fn group_of_events(group: EventGroup, events: Vec<AttemptEvent>, started_at: Timestamp) -> impl IntoView {
    let worst = events.iter().map(|event| event.verdict).max().unwrap_or(Verdict::Passed);
    let at = events.first().map(|event| event.at);
    let time = at.map(|at| view! { <span class="timeline__time">{time_of(at, started_at)}</span> });
    let (count, is_open) = (events.len(), worst >= Verdict::Warned);
    let items = events.into_iter().map(|event| item(event, started_at, at)).collect_view();
    view! {
        <details class="timeline-group" data-verdict=worst.as_str() open=is_open>
            <summary>
                <strong>{group.name()}</strong>
                " "
                {verdict_badge(worst)}
                " "
                <span class="muted nowrap">{text!("timeline-group-count", count = count)}</span>
                " "
                {time}
            </summary>
            <ol class="timeline">{items}</ol>
        </details>
    }
}

fn item(event: AttemptEvent, started_at: Timestamp, group_at: Option<Timestamp>) -> impl IntoView {
    let is_later = group_at.is_none_or(|at| event.at - at >= WORTH_A_TIME);
    let time = is_later.then(|| view! { <span class="timeline__time">{time_of(event.at, started_at)}</span> });
    let text = event_text(event.kind);
    // the label is enough for what passed; what is compared matters where it did not
    let compared = text.compared.filter(|_| event.verdict >= Verdict::Warned);
    view! {
        <li data-verdict=event.verdict.as_str()>
            <div class="timeline__head">
                <strong>{text.label}</strong>
                {verdict_badge(event.verdict)}
                {time}
            </div>
            {compared.map(|compared| view! { <p class="field__hint">{compared}</p> })}
            {seen_and_expected(&event, None)}
        </li>
    }
}

/// What the expected value is called where it is entered, if it is one to be copied.
pub fn copy_label(event: &AttemptEvent, provider: IdentityProvider) -> Option<String> {
    let value = event.finding.filter(|_| event.expected.is_some()).and_then(expected_value);
    value.map(|value| value.label(provider))
}

/// The value that came and the one that was expected, where there are such; the latter to be
/// copied if it has a label.
pub fn seen_and_expected(event: &AttemptEvent, label: Option<String>) -> Option<impl IntoView + use<>> {
    if event.actual.is_none() && event.expected.is_none() {
        return None;
    }
    let difference = difference(event);
    let marks = difference.as_ref();
    let is_verified = event.is_verified;
    let seen = event.actual.as_ref().map(|actual| {
        let actual = marks.map_or_else(|| plain(actual), |found| marked(&found.actual));
        view! {
            <dt>{seen_label(event)}</dt>
            <dd>
                {actual}
                {(!is_verified).then(|| view! { " " <span class="unverified">{text!("attempt-as-received")}</span> })}
            </dd>
        }
    });
    let expected = event.expected.as_ref().map(|expected| {
        let fields = label.as_ref().map(|label| copy_fields(label, expected));
        let value = match marks {
            Some(found) => Some(marked(&found.expected)),
            None => fields.is_none().then(|| plain(expected)),
        };
        view! {
            <dt>{expected_label(event)}</dt>
            <dd>{value} {fields}</dd>
        }
    });
    Some(view! {
        <dl class="facts">{seen} {expected}</dl>
        {marks.map(likely_reason)}
    })
}

/// What the value that came is, where it does not say so itself.
fn seen_label(event: &AttemptEvent) -> String {
    use FindingCode as Code;
    match event.finding {
        Some(Code::Encrypted | Code::EncryptedForOther | Code::DecryptionFailed) => {
            text!("attempt-seen-encryption-certificate")
        }
        _ => text!("attempt-seen"),
    }
}

/// What the value is that the one which came is compared with.
fn expected_label(event: &AttemptEvent) -> String {
    if event.finding == Some(FindingCode::NameIdChanged) {
        text!("attempt-last-time")
    } else {
        text!("attempt-expected")
    }
}

/// Where the two values differ, if they are compared letter by letter.
fn difference(event: &AttemptEvent) -> Option<ValueDiff> {
    value_diff(event.finding?, event.expected.as_ref()?, event.actual.as_ref()?)
}

fn plain(value: &FindingValue) -> AnyView {
    view! { <span class="mono">{value_text(value)}</span> }.into_any()
}

/// The values to be copied, one by one: whoever looks for a certificate looks for one thumbprint at
/// a time.
fn copy_fields(label: &str, expected: &FindingValue) -> impl IntoView + use<> {
    let values = expected.copyable().into_iter();
    values.map(|value| view! { <Copy label=label.to_owned() value=value.to_owned() /> }).collect_view()
}

/// The moment to the millisecond, and how long after the start it was.
fn time_of(at: Timestamp, started_at: Timestamp) -> String {
    let moment = at.format("%H:%M:%S%.3f UTC").to_string();
    text!("attempt-event-time", moment = moment, elapsed = elapsed((at - started_at).num_milliseconds()))
}

fn elapsed(milliseconds: i64) -> String {
    match milliseconds {
        ..10_000 => text!("attempt-milliseconds", number = milliseconds),
        // a person was at work meanwhile
        _ => text!("attempt-seconds", number = milliseconds / 1000),
    }
}

#[cfg(test)]
mod tests {
    use model::EventKind;

    use super::*;

    #[test]
    fn times_are_told_in_what_they_are_read_in() {
        assert_eq!(elapsed(0), "0 ms");
        assert_eq!(elapsed(9_999), "9999 ms");
        assert_eq!(elapsed(65_400), "65 s");
    }

    fn event(is_verified: bool) -> AttemptEvent {
        AttemptEvent {
            sequence: 0,
            at: Timestamp::from_timestamp_nanos(0),
            kind: EventKind::Audience,
            verdict: Verdict::Failed,
            finding: None,
            expected: Some(FindingValue::text("contoso-7k2m9q")),
            actual: Some(FindingValue::text("<b>another</b>")),
            is_verified,
        }
    }

    #[test]
    fn what_is_expected_can_be_copied_where_it_is_a_value() {
        let html = |finding, expected: FindingValue| {
            let event = AttemptEvent { finding: Some(finding), expected: Some(expected), ..event(true) };
            Owner::new()
                .with(|| seen_and_expected(&event, copy_label(&event, IdentityProvider::Entra)).unwrap().to_html())
        };
        let audience = html(FindingCode::WrongAudience, FindingValue::text("contoso-7k2m9q"));
        assert!(audience.contains("copy__value") && audience.contains("Identifier (Entity ID)"), "{audience}");
        let two = html(FindingCode::CertificateUnknown, FindingValue::list(["AA11", "BB22"]));
        assert_eq!(two.matches("copy__value").count(), 2, "{two}");
        let domains = html(FindingCode::EmailDomain, FindingValue::text("contoso.com, contoso.de"));
        assert_eq!(domains.matches("copy__value").count(), 1, "one field takes them all: {domains}");
        let limit = html(FindingCode::RequestExpired, FindingValue::WithinMinutes(10));
        assert!(limit.contains("within 10 minutes") && !limit.contains("copy__value"), "{limit}");
    }

    #[test]
    fn a_thumbprint_says_what_the_certificate_is_for() {
        let html = |code| {
            let event = AttemptEvent { finding: Some(code), ..event(false) };
            Owner::new().with(|| seen_and_expected(&event, None).unwrap().to_html())
        };
        let words = "thumbprint of the certificate that it is encrypted with";
        assert!(html(FindingCode::Encrypted).contains(words));
        assert!(!html(FindingCode::CertificateUnknown).contains(words), "that one signed");
    }

    #[test]
    fn a_value_diff_is_marked_with_its_reason() {
        let html = |actual| {
            let event = AttemptEvent { finding: Some(FindingCode::WrongAudience), actual: Some(actual), ..event(true) };
            Owner::new().with(|| seen_and_expected(&event, Some("Identifier".into())).unwrap().to_html())
        };
        let slash = html(FindingValue::text("contoso-7k2m9q/"));
        assert!(slash.contains("<mark>/") && slash.contains("difference__gap"), "{slash}");
        assert!(slash.contains("ends with a slash") && slash.contains("copy__value"), "{slash}");
        let several = html(FindingValue::list(["urn:other", "contoso-7k2m9Q"]));
        assert!(several.contains("<mark>Q") && several.contains("Other values that came: urn:other"), "{several}");
        let nothing = html(FindingValue::Missing);
        assert!(!nothing.contains("<mark"), "{nothing}");
    }

    #[test]
    fn what_no_signature_covers_is_marked() {
        let html = |is_verified| Owner::new().with(|| timeline(vec![event(is_verified)], event(true).at).to_html());
        assert!(html(false).contains("as received, not verified"));
        assert!(!html(true).contains("as received"));
        assert!(!html(false).contains("<b>"), "what came stays text");
    }
}
