//! What the command line says of an error.

use messages::Text as _;

/// An error of the domain, as lines of text.
pub(super) fn describe_error(error: domain::Error) -> anyhow::Error {
    match error {
        domain::Error::Invalid(problems) => {
            let lines: Vec<_> = problems
                .iter()
                .map(
                    |(field, problem)| {
                        if field.is_empty() { problem.text() } else { format!("{field}: {}", problem.text()) }
                    },
                )
                .collect();
            anyhow::anyhow!(lines.join("\n"))
        }
        domain::Error::NotFound => anyhow::anyhow!("there is no such team; `portal team list` shows all"),
        other => other.into(),
    }
}
