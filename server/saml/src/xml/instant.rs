//! Instants as SAML writes them (core §1.3.3).

use chrono::{DateTime, SecondsFormat, Utc};

/// Why an instant cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstantError {
    /// Not an instant at all.
    Malformed,
    /// Outside the years 2000 to 2999.
    YearOutOfRange,
}

/// Reads an `xs:dateTime` with a zone. The year is looked at in the text, before anything
/// computes with it: an instant of the year 262142 overflows on the first addition.
pub(crate) fn parse_instant(text: &str) -> Result<DateTime<Utc>, InstantError> {
    if text.len() > 40 || !text.is_ascii() {
        return Err(InstantError::Malformed);
    }
    let instant = text.trim_ascii();
    let (year, rest) = instant.split_once('-').ok_or(InstantError::Malformed)?;
    if year.is_empty() {
        return Err(InstantError::YearOutOfRange);
    }
    if !year.bytes().all(|byte| byte.is_ascii_digit()) || !rest.contains('T') {
        return Err(InstantError::Malformed);
    }
    if year.len() != 4 || !year.starts_with('2') {
        return Err(InstantError::YearOutOfRange);
    }
    let read = DateTime::parse_from_rfc3339(instant).map_err(|_| InstantError::Malformed)?;
    Ok(read.with_timezone(&Utc))
}

/// Writes an instant in UTC with milliseconds.
pub(crate) fn format_instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_identity_providers_write() {
        for text in ["2026-11-23T13:00:00Z", "2026-11-23T13:00:00.000Z", "2026-11-23T13:00:00.0000000Z"] {
            assert_eq!(parse_instant(text).map(format_instant), Ok("2026-11-23T13:00:00.000Z".to_owned()));
        }
    }

    #[test]
    fn rejects_years_that_nobody_means() {
        for text in ["+262142-12-31T23:59:59Z", "262142-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"] {
            assert!(parse_instant(text).is_err(), "{text}");
        }
        assert_eq!(parse_instant("1999-12-31T23:59:59Z"), Err(InstantError::YearOutOfRange));
        assert_eq!(parse_instant("3000-01-01T00:00:00Z"), Err(InstantError::YearOutOfRange));
    }

    #[test]
    fn rejects_an_instant_without_a_zone() {
        assert_eq!(parse_instant("2026-11-23T13:00:00"), Err(InstantError::Malformed));
    }
}
