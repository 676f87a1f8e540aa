//! The values of findings as pages show them.

use model::FindingValue;
use model::attempts::AttemptEvent;

/// The values of an event, as text.
pub trait FindingText {
    /// What we expected.
    fn expected_text(&self) -> Option<String>;
    /// What came.
    fn actual_text(&self) -> Option<String>;
}

impl FindingText for AttemptEvent {
    fn expected_text(&self) -> Option<String> {
        shown(self.expected.as_ref())
    }

    fn actual_text(&self) -> Option<String> {
        shown(self.actual.as_ref())
    }
}

fn shown(value: Option<&FindingValue>) -> Option<String> {
    value.map(app::finding_value::value_text)
}
