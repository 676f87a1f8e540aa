//! `[[application]]` tables of team files.

use domain::applications::NewApplication;
use model::{ApplicationKind, ApplicationSettings};
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

/// A file's applications. What else it holds is another command's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    application: Vec<Spanned<Table>>,
    #[serde(default, rename = "team")]
    _team: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Table {
    client_id: String,
    name: String,
    #[serde(default)]
    kind: ApplicationKind,
    teams: Option<Vec<String>>,
    #[serde(flatten)]
    settings: ApplicationSettings,
}

/// An application of a file.
pub struct ApplicationEntry {
    /// By which it is found again.
    pub client_id: String,
    /// What the file says of it.
    pub new: NewApplication,
}

/// Reads a file's applications, each with the line on which it begins.
///
/// # Errors
/// The first problem, with its line.
pub fn read(text: &str) -> Result<Vec<(usize, ApplicationEntry)>, String> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        format!("{}: {}", line(at), error.message())
    })?;
    let entries = file.application.into_iter().map(|table| {
        let at = line(table.span().start);
        let Table { client_id, name, kind, mut teams, settings } = table.into_inner();
        if let Some(teams) = &mut teams {
            teams.sort();
        }
        let new = NewApplication { client_id: Some(client_id.clone()), name, kind, teams, settings };
        (at, ApplicationEntry { client_id, new })
    });
    Ok(entries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_leaves_out_has_its_default() {
        let text = r#"
            [[team]]
            name = "Contoso"

            [[application]]
            client_id = "krisp"
            name = "Krisp"
            redirect_uris = ["https://app.krisp.ai/callback"]
            teams = ["b", "a"]
        "#;
        let entries = read(text).unwrap();
        let [(5, ApplicationEntry { client_id, new })] = entries.as_slice() else { panic!("one, on line 5") };
        assert_eq!((client_id.as_str(), new.kind), ("krisp", ApplicationKind::Web));
        assert_eq!(new.teams.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
        assert_eq!(new.settings.access_token_lifetime, 600);
    }

    #[test]
    fn a_problem_is_said_with_its_line() {
        let text = "[[application]]\nclient_id = \"a\"\nname = \"A\"\nredirect_uris = [\"http://example.com/\"]\n";
        let problem = read(text).err().unwrap();
        assert!(problem.contains("begins with https"), "{problem}");
        assert!(read("[[applications]]\n").err().unwrap().starts_with("1: "));
    }
}
