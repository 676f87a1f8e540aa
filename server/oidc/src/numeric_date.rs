//! Times in tokens: seconds since 1970, which may have a fraction (RFC 7519 §2, `NumericDate`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};

/// A time in a token, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NumericDate(pub(crate) DateTime<Utc>);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let seconds = number.as_i64().or_else(|| number.as_f64().and_then(whole_seconds));
        let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        time.map(Self).ok_or_else(|| serde::de::Error::custom("a time is a number of seconds"))
    }
}

/// The seconds without their fraction, unless they are no year of ours.
fn whole_seconds(seconds: f64) -> Option<i64> {
    // the year 9999; a float of that size is exact to the second
    let is_time = (0.0..253_402_300_800.0).contains(&seconds);
    is_time.then(|| format!("{:.0}", seconds.floor())).and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_have_a_fraction() {
        let seconds = |json: &str| serde_json::from_str::<NumericDate>(json).ok().map(|time| time.0.timestamp());
        assert_eq!(seconds("1300819380"), Some(1_300_819_380));
        assert_eq!(seconds("1300819380.9"), Some(1_300_819_380));
        assert_eq!(seconds("1.3e9"), Some(1_300_000_000));
        for bad in ["1e300", "9223372036854775807", "18446744073709551615", "\"1300819380\"", "null", "-1.5", "[]"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
