//! What a stage's document holds: what each step found, one step a line, as JSON of a version.
//! A line is added with one statement, however many steps add theirs at once.

use chrono::DateTime;
use model::attempts::AttemptEvent;
use model::{EventKind, FindingCode, FindingValue, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::new_event::NewEvent;
use crate::Timestamp;

/// The version of a line. A change that this version cannot read gets another one.
const VERSION: u8 = 1;
const USUAL_VERDICT: &str = "passed";

/// A step. A line of another version has neither of its fields, perhaps.
#[derive(Serialize, Deserialize)]
struct Line<E> {
    v: u8,
    /// When, in microseconds since 1970.
    at: i64,
    events: Vec<E>,
}

/// What most events are is left out: passed, without values, and covered by a signature.
#[derive(Serialize)]
struct WrittenEvent<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "is_usual")]
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a FindingValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<&'a FindingValue>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unverified: bool,
}

/// As it may have been written by a newer version, too.
#[derive(Deserialize)]
struct StoredEvent {
    kind: String,
    verdict: Option<String>,
    finding: Option<String>,
    expected: Option<Value>,
    actual: Option<Value>,
    #[serde(default)]
    unverified: bool,
}

fn is_usual(verdict: &&'static str) -> bool {
    *verdict == USUAL_VERDICT
}

/// The line of a step.
pub(crate) fn line(events: &[NewEvent], at: Timestamp) -> String {
    let events = events.iter().map(WrittenEvent::of).collect();
    // enums with texts, numbers and lists of these always serialise
    let mut line = serde_json::to_string(&Line { v: VERSION, at: at.timestamp_micros(), events }).unwrap_or_default();
    line.push('\n');
    line
}

impl<'a> WrittenEvent<'a> {
    fn of(event: &'a NewEvent) -> Self {
        Self {
            kind: event.kind.into(),
            verdict: event.verdict.into(),
            finding: event.finding.map(Into::into),
            expected: event.expected.as_ref(),
            actual: event.actual.as_ref(),
            unverified: !event.is_verified,
        }
    }
}

/// The events of a document. Lines of a version and events of a kind that this version does not
/// know, as a newer one may write, are left out.
pub(crate) fn events(document: &str) -> impl Iterator<Item = AttemptEvent> {
    document.lines().filter_map(step).flatten()
}

/// The document without the values that its events quote. What cannot be read goes as a whole, since
/// nobody knows what it quotes.
pub(crate) fn without_values(document: &str) -> String {
    document.lines().filter_map(line_without_values).collect()
}

fn line_without_values(line: &str) -> Option<String> {
    let mut line: Value = serde_json::from_str(line).ok()?;
    for event in line.get_mut("events")?.as_array_mut()? {
        let event = event.as_object_mut()?;
        event.remove("expected");
        event.remove("actual");
    }
    Some(format!("{line}\n"))
}

fn step(line: &str) -> Option<Vec<AttemptEvent>> {
    let line: Line<Value> = serde_json::from_str(line).ok()?;
    let at = DateTime::from_timestamp_micros(line.at).filter(|_| line.v == VERSION)?;
    Some(line.events.into_iter().filter_map(|event| known_event(event, at)).collect())
}

fn known_event(event: Value, at: Timestamp) -> Option<AttemptEvent> {
    let event: StoredEvent = serde_json::from_value(event).ok()?;
    let kind: EventKind = event.kind.parse().ok()?;
    let verdict: Verdict = event.verdict.as_deref().unwrap_or(USUAL_VERDICT).parse().ok()?;
    let finding: Option<FindingCode> = event.finding.and_then(|code| code.parse().ok());
    let [expected, actual] = [event.expected, event.actual].map(|value| value.and_then(known_value));
    // the place in the timeline is given to it there
    Some(AttemptEvent { sequence: 0, at, kind, verdict, finding, expected, actual, is_verified: !event.unverified })
}

fn known_value(value: Value) -> Option<FindingValue> {
    serde_json::from_value(value).ok()
}

#[cfg(test)]
mod tests {
    use model::Diagnostic;

    use super::*;

    fn at(micros: i64) -> Timestamp {
        DateTime::from_timestamp_micros(micros).unwrap()
    }

    fn events_of(document: &str) -> Vec<AttemptEvent> {
        events(document).collect()
    }

    fn failed() -> NewEvent {
        NewEvent {
            kind: EventKind::Audience,
            verdict: Verdict::Failed,
            finding: Some(FindingCode::Expired),
            expected: Some(FindingValue::text("a\nb")),
            actual: Some(FindingValue::Missing),
            is_verified: false,
        }
    }

    fn passed() -> NewEvent {
        let (verdict, kind) = (Verdict::Passed, EventKind::Started);
        NewEvent { kind, verdict, finding: None, expected: None, actual: None, is_verified: true }
    }

    #[test]
    fn steps_read_back_in_their_order() {
        let document = line(&[passed(), failed()], at(7)) + &line(&[passed()], at(9));
        assert_eq!(document.lines().count(), 2, "{document}");
        let read = events_of(&document);
        let expected = |new: NewEvent, micros| AttemptEvent {
            sequence: 0,
            at: at(micros),
            kind: new.kind,
            verdict: new.verdict,
            finding: new.finding,
            expected: new.expected,
            actual: new.actual,
            is_verified: new.is_verified,
        };
        assert_eq!(read, [expected(passed(), 7), expected(failed(), 7), expected(passed(), 9)]);
    }

    #[test]
    fn default_values_of_events_are_not_written() {
        assert_eq!(line(&[passed()], at(7)), "{\"v\":1,\"at\":7,\"events\":[{\"kind\":\"started\"}]}\n");
    }

    #[test]
    fn quoted_values_of_events_can_be_removed() {
        let document = line(&[passed(), failed()], at(7)) + "no JSON\n" + &line(&[failed()], at(9));
        let events = events_of(&without_values(&document));
        let kinds: Vec<_> = events.iter().map(|event| (event.kind, event.verdict, event.at)).collect();
        let (started, audience) = ((EventKind::Started, Verdict::Passed), (EventKind::Audience, Verdict::Failed));
        assert_eq!(
            kinds,
            [(started.0, started.1, at(7)), (audience.0, audience.1, at(7)), (audience.0, audience.1, at(9))]
        );
        assert!(events.iter().all(|event| event.expected.is_none() && event.actual.is_none()), "{events:?}");
        assert_eq!(events.last().unwrap().finding, Some(FindingCode::Expired));
    }

    #[test]
    fn what_an_earlier_version_said_of_a_message_reads_back() {
        let document = r#"{"v":1,"at":7,"events":[{"kind":"started","actual":{"diagnostic":"too many elements"}}]}"#;
        let text = Diagnostic::Text("too many elements".to_owned());
        assert_eq!(events_of(document)[0].actual, Some(FindingValue::Diagnostic(text)));
        let coded = FindingValue::Diagnostic(Diagnostic::new("construct_elements", []));
        let written = line(&[NewEvent { actual: Some(coded.clone()), ..passed() }], at(7));
        assert_eq!(events_of(&written)[0].actual, Some(coded), "{written}");
    }

    #[test]
    fn unknown_events_of_a_newer_version_are_skipped() {
        let document = [
            r#"{"v":1,"at":7,"events":[{"kind":"levitated"},{"kind":"started","verdict":"shrugged"},"x"]}"#,
            r#"{"v":2,"at":7,"events":[{"kind":"started"}]}"#,
            r#"{"version":3}"#,
            "",
            r#"{"v":1,"at":8,"events":[{"kind":"started","finding":"new","actual":{"new":1},"mood":"good"}],"by":"x"}"#,
        ];
        let read = events_of(&document.join("\n"));
        assert_eq!(read.len(), 1, "{read:?}");
        assert_eq!((read[0].kind, read[0].finding, &read[0].actual), (EventKind::Started, None, &None));
    }
}
