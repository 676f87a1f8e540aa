//! What goes with an event, as the trail keeps it: somebody's words as they are, everything else as JSON.

use messages::Text as _;
use model::audit::AuditDetail;
use serde_json::Value;

/// How the trail keeps it.
pub(super) fn stored(detail: &AuditDetail) -> String {
    // types of ours always serialise
    serde_json::to_string(detail).unwrap_or_default()
}

/// How the trail keeps words. Nobody can write them so that they are taken for something else, in this
/// version or a later one that knows more: what might be JSON is wrapped.
pub(super) fn stored_text(text: String) -> String {
    if text.trim_start().starts_with(['{', '"']) { stored(&AuditDetail::Text(text)) } else { text }
}

/// What pages say of it.
pub(super) fn shown(stored: String) -> String {
    parse(&stored).map_or(stored, |detail| detail.text())
}

/// What an export has of it: counts as numbers.
pub(super) fn exported(stored: &str) -> Value {
    match parse(stored) {
        Some(AuditDetail::Text(text)) => Value::from(text),
        Some(detail) => serde_json::to_value(detail).unwrap_or_default(),
        None => Value::from(stored),
    }
}

fn parse(stored: &str) -> Option<AuditDetail> {
    serde_json::from_str(stored).ok()
}

#[cfg(test)]
mod tests {
    use model::audit::BrowserName;

    use super::*;

    #[test]
    fn counts_are_told_in_words() {
        assert_eq!(shown(stored(&AuditDetail::SessionsEnded { count: 1 })), "1 session ended");
        assert_eq!(shown(stored(&AuditDetail::WithPasskey { name: "Laptop".into() })), "Passkey Laptop");
        assert_eq!(shown(stored(&AuditDetail::ThroughVendorIdp)), "Through the vendor's identity provider");
        let browser = BrowserName { browser: Some("Firefox".into()), system: Some("Windows".into()) };
        assert_eq!(shown(stored(&AuditDetail::OnBrowser(browser))), "Firefox on Windows");
    }

    #[test]
    fn words_stay_what_was_written() {
        for words in [
            "The claim was renamed",
            r#"{"sessions_ended":{"count":7}}"#,
            r#""through_vendor_idp""#,
            r#"{"text":"x"}"#,
            " {\"of_a_later_version\":1}",
            "{",
            "",
        ] {
            assert_eq!(shown(stored_text(words.to_owned())), words);
        }
        assert_eq!(stored_text("plain".to_owned()), "plain", "as it was always kept");
    }
}
