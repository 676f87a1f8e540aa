//! Finds the number, and what helps to find the sign-in in Entra's logs, in whatever somebody
//! copied from Microsoft's page.

use model::Timestamp;

/// Microsoft's numbers have so many digits. Fewer are a year, more are a time.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=9;
/// What stands between a name and its value.
const SEPARATORS: &str = ":=#\"'[(-";

/// What a pasted text holds. Nothing else of it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The number of the error.
    pub number: Option<u32>,
    /// By which the sign-in is found in Entra's logs.
    pub correlation_id: Option<String>,
    /// When it was.
    pub at: Option<Timestamp>,
}

impl Pasted {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self { number: recognise(text), correlation_id: correlation_id(text), at: timestamp(text) }
    }
}

/// The number behind "AADSTS", which nothing but an error of Microsoft's is written with.
#[must_use]
pub fn prefixed(text: &str) -> Option<u32> {
    values(text, "aadsts").find_map(number)
}

/// The number of an error in a text: behind "AADSTS", else behind "error" or "code", else the
/// text as a whole. Numbers elsewhere, as in a Request Id, are none.
#[must_use]
pub fn recognise(text: &str) -> Option<u32> {
    let named = |name: &'static str| values(text, name).find_map(number);
    prefixed(text)
        .or_else(|| named("error code"))
        .or_else(|| named("error_codes"))
        .or_else(|| named("code"))
        .or_else(|| named("error"))
        .or_else(|| alone(text))
}

/// What follows each occurrence of a name, without what separates the two.
fn values<'a>(text: &'a str, name: &'static str) -> impl Iterator<Item = &'a str> {
    let starts = text.char_indices().map(|(at, _)| at);
    let after = starts.filter_map(move |at| {
        let rest = text.get(at..)?;
        let found = rest.get(..name.len())?.eq_ignore_ascii_case(name);
        rest.get(name.len()..).filter(|_| found)
    });
    after.map(|rest| rest.trim_start_matches(|sign: char| sign.is_whitespace() || SEPARATORS.contains(sign)))
}

/// The number that a text begins with, if it could be one of Microsoft's: not the beginning of
/// an identifier, a date or a longer word.
fn number(text: &str) -> Option<u32> {
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let mut next = rest.chars();
    let goes_on = match next.next() {
        Some('-' | '_') => next.next().is_some_and(char::is_alphanumeric),
        Some(sign) => sign.is_alphanumeric(),
        None => false,
    };
    (DIGITS.contains(&digits.len()) && !goes_on).then(|| digits.parse().ok()).flatten()
}

fn alone(text: &str) -> Option<u32> {
    let trimmed = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    number(trimmed).filter(|_| trimmed.bytes().all(|byte| byte.is_ascii_digit()))
}

fn correlation_id(text: &str) -> Option<String> {
    let mut found =
        ["correlation id", "correlationid", "correlation_id"].into_iter().flat_map(|name| values(text, name));
    found.find_map(|value| value.get(..36).filter(|id| is_guid(id))).map(str::to_ascii_lowercase)
}

fn is_guid(text: &str) -> bool {
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A moment as Microsoft writes it: 2026-11-23T12:00:00Z, or with a space in it. Of this
/// century: chrono reads years up to 262142, and browsers do not.
fn timestamp(text: &str) -> Option<Timestamp> {
    values(text, "timestamp").find_map(|value| {
        let end = value.find('Z')?;
        value.get(..=end).filter(|moment| moment.len() <= 32 && moment.starts_with("20"))?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Sign in\r\n\r\nSorry, but we're having trouble signing you in.\r\n\r\n\
        AADSTS50105: Your administrator has configured the application Krisp ('7f2b1d0c-55501-4e1a-9a35-000000012345') \
        to block users unless they are specifically granted ('assigned') access to the application. The signed in user \
        'b.simon@contoso.com' is blocked.\r\n\r\nTroubleshooting details\r\n\
        If you contact your administrator, send this info to them.\r\nCopy info to clipboard\r\n\
        Request Id: 12345678-0000-4444-8888-987654321000\r\n\
        Correlation Id: 9C1D2E3F-1111-4222-8333-444455556666\r\n\
        Timestamp: 2026-11-23T12:00:01Z\r\n\
        Message: AADSTS50105: Your administrator has configured the application\r\n";

    const WITHOUT_NUMBER: &str = "Sorry, but we're having trouble signing you in.\n\
        Request Id: 12345678-1234-4321-8765-123456789012\n\
        Correlation Id: 55011000-2222-4333-8444-555566667777\n\
        Timestamp: 2026-11-23 12:00:01Z\n";

    #[test]
    fn a_whole_page_is_understood() {
        let pasted = Pasted::read(PAGE);
        assert_eq!(pasted.number, Some(50105));
        assert_eq!(pasted.correlation_id.as_deref(), Some("9c1d2e3f-1111-4222-8333-444455556666"));
        assert_eq!(pasted.at.unwrap().to_rfc3339(), "2026-11-23T12:00:01+00:00");
    }

    #[test]
    fn identifiers_and_times_are_no_numbers() {
        let pasted = Pasted::read(WITHOUT_NUMBER);
        assert_eq!(pasted.number, None, "{WITHOUT_NUMBER}");
        assert_eq!(pasted.correlation_id.as_deref(), Some("55011000-2222-4333-8444-555566667777"));
        assert!(pasted.at.is_some(), "with a space instead of the T");
        for text in [
            "",
            "Correlation Id: 50105",
            "an error 50105000-1111-4222-8333-444455556666",
            "error at 2026-11-23",
            "Error: 2026-11-23T12:00:01Z",
            "AADSTS",
            "the code is missing",
            "1234567890123",
            "50105 people",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for text in [
            "AADSTS50105",
            "AADSTS 50105",
            "AADSTS\u{a0}50105",
            "AADSTS-50105",
            "aadsts50105: the signed in user is not assigned",
            "Sign-in error code 50105",
            "Error Code: 50105\nMessage: not assigned",
            "error=50105",
            "https://login.microsoftonline.com/error?code=50105",
            "\"error_codes\":[50105],\"timestamp\":\"2026-11-23 12:00:01Z\"",
            "{\"errorCode\": 50105}",
            " 50105 ",
            "(50105).",
            "Fehler: AADSTS50105.",
            "AADSTS (see AADSTS50105)",
        ] {
            assert_eq!(recognise(text), Some(50105), "{text}");
        }
        assert_eq!(recognise("error 12345 came with AADSTS700016"), Some(700_016), "the prefix counts more");
    }

    #[test]
    fn invalid_identifiers_are_not_echoed() {
        let pasted = Pasted::read("Correlation ID: <script>alert(1)</script>0000000000000 Timestamp: yesterday Z");
        assert_eq!((pasted.correlation_id, pasted.at), (None, None));
        let json = Pasted::read(
            "{\"correlation_id\":\"fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7\",\"timestamp\":\"2026-11-23 02:02:12Z\"}",
        );
        assert!(json.correlation_id.is_some() && json.at.is_some());
    }
}
