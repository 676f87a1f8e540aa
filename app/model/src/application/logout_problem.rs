//! Why an application was not told of a logout.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why an application was not told of a logout. Its text is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogoutProblem {
    /// The application is not registered any more.
    ApplicationGone,
    /// The application has no address for it any more.
    NoAddress,
    /// It answered with this status.
    Answered(u16),
    /// It did not answer in time.
    TimedOut,
    /// It could not be reached.
    Unreachable,
    /// Its answer could not be read.
    Unreadable,
}

/// The text is none that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason why a logout was not delivered")]
pub struct UnknownLogoutProblem;

impl fmt::Display for LogoutProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApplicationGone => f.write_str("application_gone"),
            Self::NoAddress => f.write_str("no_address"),
            Self::Answered(status) => write!(f, "answered_{status}"),
            Self::TimedOut => f.write_str("timed_out"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

impl FromStr for LogoutProblem {
    type Err = UnknownLogoutProblem;

    fn from_str(text: &str) -> Result<Self, UnknownLogoutProblem> {
        match text {
            "application_gone" => Ok(Self::ApplicationGone),
            "no_address" => Ok(Self::NoAddress),
            "timed_out" => Ok(Self::TimedOut),
            "unreachable" => Ok(Self::Unreachable),
            "unreadable" => Ok(Self::Unreadable),
            _ => {
                let status = text.strip_prefix("answered_").and_then(|status| status.parse().ok());
                status.map(Self::Answered).ok_or(UnknownLogoutProblem)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_logout_was_not_delivered_reads_back() {
        use LogoutProblem as Problem;
        let problems = [Problem::ApplicationGone, Problem::NoAddress, Problem::Answered(503), Problem::TimedOut];
        for problem in problems.into_iter().chain([Problem::Unreachable, Problem::Unreadable]) {
            assert_eq!(problem.to_string().parse(), Ok(problem));
        }
        assert_eq!("answered_".parse::<Problem>(), Err(UnknownLogoutProblem));
    }
}
