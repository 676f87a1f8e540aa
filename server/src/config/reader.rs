//! Reads keys one by one, so that every problem is found, not only the first.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use toml::{Table, Value};

/// What is wrong with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key, with the names of its sections before it.
    pub key: String,
    /// What to do.
    pub message: String,
}

/// The keys that have not been read yet, and what was found of the others.
pub(super) struct ConfigReader {
    values: BTreeMap<String, Value>,
    effective_values: Vec<(String, String)>,
    problems: Vec<Problem>,
}

const MASK: &str = "(secret)";

impl ConfigReader {
    pub(super) fn new(table: Table) -> Self {
        let mut values = BTreeMap::new();
        flatten("", table, &mut values);
        Self { values, effective_values: Vec::new(), problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, key: &str, message: &str) {
        self.problems.push(Problem { key: key.to_owned(), message: message.to_owned() });
    }

    /// A key's text; numbers and truth values count as what they look like.
    fn take(&mut self, key: &str) -> Option<String> {
        match self.values.remove(key)? {
            Value::String(text) => Some(text),
            value @ (Value::Integer(_) | Value::Float(_) | Value::Boolean(_)) => Some(value.to_string()),
            _ => {
                self.problem(key, "must be a single value");
                None
            }
        }
    }

    fn show(&mut self, key: &str, value: &str) {
        self.effective_values.push((key.to_owned(), value.to_owned()));
    }

    pub(super) fn text(&mut self, key: &str, default: &str) -> String {
        let text = self.take(key).unwrap_or_else(|| default.to_owned());
        if text.trim().is_empty() {
            self.problem(key, "must not be empty");
        }
        self.show(key, &text);
        text
    }

    /// A value of a type that parses; `kind` says what it must be.
    #[expect(clippy::expect_used, reason = "defaults are constants, and a test loads them all")]
    pub(super) fn parsed<T: FromStr>(&mut self, key: &str, default: &str, kind: &str) -> T {
        let text = self.take(key).unwrap_or_else(|| default.to_owned());
        self.show(key, &text);
        text.parse().unwrap_or_else(|_| {
            self.problem(key, &format!("must be {kind}"));
            default.parse().ok().expect("defaults parse")
        })
    }

    pub(super) fn optional<T: FromStr>(&mut self, key: &str, kind: &str) -> Option<T> {
        let text = self.take(key);
        self.show(key, text.as_deref().unwrap_or_default());
        let parsed = text?.parse().ok();
        if parsed.is_none() {
            self.problem(key, &format!("must be {kind}"));
        }
        parsed
    }

    pub(super) fn secret(&mut self, key: &str, check: fn(&str) -> Result<(), &'static str>) -> Option<String> {
        let secret = self.take(key);
        self.show(key, if secret.is_some() { MASK } else { "" });
        if let Some(Err(message)) = secret.as_deref().map(check) {
            self.problem(key, message);
        }
        secret
    }

    /// A secret whose default is none.
    pub(super) fn secret_or(
        &mut self,
        key: &str,
        default: &str,
        check: fn(&str) -> Result<(), &'static str>,
    ) -> String {
        let secret = self.secret(key, check);
        if secret.is_none()
            && let Some(last) = self.effective_values.last_mut()
        {
            default.clone_into(&mut last.1);
        }
        secret.unwrap_or_else(|| default.to_owned())
    }

    /// A list of secrets that parse; in the environment, one value or a list in brackets.
    /// `None`: one of them is none, which is noted.
    pub(super) fn secrets<T: FromStr>(&mut self, key: &str, kind: &str) -> Option<Vec<T>> {
        let texts = self.texts(key);
        self.show(key, if texts.is_empty() { "" } else { MASK });
        let parsed: Option<Vec<T>> = texts.into_iter().map(|text| text?.parse().ok()).collect();
        if parsed.is_none() {
            self.problem(key, &format!("must be {kind}"));
        }
        parsed
    }

    pub(super) fn number(&mut self, key: &str, default: i64, range: RangeInclusive<i64>) -> i64 {
        let number = self.take(key).map_or(Ok(default), |text| text.parse());
        let number = number.ok().filter(|number| range.contains(number));
        if number.is_none() {
            self.problem(key, &format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        let number = number.unwrap_or(default);
        self.show(key, &number.to_string());
        number
    }

    /// One of two words; the first is the default.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T); 2]) -> T {
        let [default, other] = choices;
        self.one_of(key, *default, &[*other])
    }

    /// The default or one of some other words.
    pub(super) fn one_of<T: Copy>(&mut self, key: &str, default: (&str, T), others: &[(&str, T)]) -> T {
        let text = self.take(key).unwrap_or_else(|| default.0.to_owned());
        self.show(key, &text);
        let choices = || std::iter::once(&default).chain(others);
        let found = choices().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        if found.is_none() {
            let words: Vec<_> = choices().map(|(word, _)| *word).collect();
            self.problem(key, &format!("must be {}", words.join(" or ")));
        }
        found.unwrap_or(default.1)
    }

    /// A list of values that parse; in the environment, one value or a list in brackets.
    pub(super) fn list<T: FromStr>(&mut self, key: &str, kind: &str) -> Vec<T> {
        let texts = self.texts(key);
        let shown: Vec<_> = texts.iter().flatten().cloned().collect();
        self.show(key, &shown.join(" "));
        let parsed: Option<Vec<T>> = texts.into_iter().map(|text| text?.parse().ok()).collect();
        if parsed.is_none() {
            self.problem(key, &format!("must be {kind}"));
        }
        parsed.unwrap_or_default()
    }

    /// The texts of a list; `None` for what is no text.
    fn texts(&mut self, key: &str) -> Vec<Option<String>> {
        match self.values.remove(key) {
            None => Vec::new(),
            Some(Value::Array(values)) => values.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
            Some(value) => vec![value.as_str().map(str::to_owned)],
        }
    }

    /// What was read; whatever nobody asked for is unknown.
    pub(super) fn finish(mut self) -> (Vec<(String, String)>, Vec<Problem>) {
        for key in std::mem::take(&mut self.values).into_keys() {
            self.problem(&key, "is not a key of the configuration");
        }
        (self.effective_values, self.problems)
    }
}

fn flatten(prefix: &str, table: Table, values: &mut BTreeMap<String, Value>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            Value::Table(section) => flatten(&key, section, values),
            value => {
                values.insert(key, value);
            }
        }
    }
}
