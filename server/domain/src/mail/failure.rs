//! Why a mail was not sent, as the outbox keeps it: a code with values.

use std::error::Error as _;

use lettre::transport::smtp;
use model::Diagnostic;
use model::finding_value::bounded;
use strum::IntoStaticStr;

use super::error::MailError;

/// Why a mail was not sent. The log has the whole cause.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[strum(serialize_all = "snake_case", prefix = "mail_")]
enum MailFailure {
    /// The mail server said no.
    Refused { status: String, answer: String },
    /// The mail server did not answer in time.
    TimedOut,
    /// TLS failed.
    NotEncrypted,
    /// The mail server did not answer as SMTP asks.
    AnswerUnreadable,
    /// The mail server was not reached, or the connection broke.
    Unreachable,
    /// One of the addresses is none.
    NotAnAddress,
    /// The message could not be built.
    NotComposed,
    /// The folder that mail goes to could not be written.
    FolderNotWritten,
}

impl MailFailure {
    fn of(error: &MailError) -> Self {
        match error {
            MailError::Smtp(error) => Self::of_smtp(error),
            MailError::Address(_) => Self::NotAnAddress,
            MailError::Message(_) | MailError::Template(_) => Self::NotComposed,
            MailError::Folder(_) | MailError::CreateFolder(_) => Self::FolderNotWritten,
        }
    }

    fn of_smtp(error: &smtp::Error) -> Self {
        if let Some(status) = error.status() {
            let answer = error.source().map(ToString::to_string).unwrap_or_default();
            return Self::Refused { status: status.to_string(), answer };
        }
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_tls() {
            Self::NotEncrypted
        } else if error.is_response() {
            Self::AnswerUnreadable
        } else {
            Self::Unreachable
        }
    }

    fn diagnostic(self) -> Diagnostic {
        let code: &'static str = (&self).into();
        let values = match self {
            Self::Refused { status, answer } => vec![("status", status), ("answer", answer)],
            _ => Vec::new(),
        };
        Diagnostic::new(code, values).map_texts(bounded)
    }
}

/// What the outbox keeps of it.
pub(super) fn stored(error: &MailError) -> String {
    // texts always serialise
    serde_json::to_string(&MailFailure::of(error).diagnostic()).unwrap_or_default()
}

/// What the outbox kept; of an earlier version a sentence.
pub(super) fn from_stored(stored: String) -> Diagnostic {
    serde_json::from_str(&stored).unwrap_or(Diagnostic::Text(stored))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use messages::Text as _;
    use strum::IntoEnumIterator as _;

    use super::*;

    #[test]
    fn every_failure_has_its_sentence_and_no_sentence_is_without_its_failure() {
        let all: Vec<_> = MailFailure::iter().map(MailFailure::diagnostic).collect();
        let key = |diagnostic: &Diagnostic| match diagnostic {
            Diagnostic::Coded { code, .. } => format!("diagnostic-{}", code.replace('_', "-")),
            Diagnostic::Text(text) => panic!("{text}"),
        };
        let made: BTreeSet<String> = all.iter().map(key).collect();
        let written: BTreeSet<String> = messages::keys("diagnostic-mail-").into_iter().map(str::to_owned).collect();
        assert_eq!(made, written);
        for diagnostic in &all {
            assert!(!diagnostic.text().contains('{'), "{}", diagnostic.text());
        }
    }

    #[test]
    fn what_was_kept_reads_back_also_of_an_earlier_version() {
        let (status, answer) = ("550".to_owned(), "5.1.1 unknown\nuser".to_owned());
        let refused = MailFailure::Refused { status, answer }.diagnostic();
        let kept = from_stored(serde_json::to_string(&refused).unwrap());
        assert_eq!(kept, refused);
        assert_eq!(kept.text(), "the mail server answered 550: 5.1.1 unknownuser");
        let sentence = "SMTP: permanent error (550): unknown user".to_owned();
        assert_eq!(from_stored(sentence.clone()), Diagnostic::Text(sentence));
    }
}
