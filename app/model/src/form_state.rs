//! What a refused form gives back: what was typed, and a problem beside each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FieldProblem, Notice, UploadNote};

/// A refused form, kept on the server until its page is shown again. Never holds a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// What was typed, by field name.
    pub values: BTreeMap<String, String>,
    /// What is wrong, by field name; the empty name is the form as a whole.
    pub problems: Vec<(String, FieldProblem)>,
    /// What is worth knowing of an upload that was used.
    #[serde(default)]
    pub notes: Vec<UploadNote>,
    /// What the form before this page did.
    #[serde(default)]
    pub notice: Option<Box<Notice>>,
}

impl FormState {
    /// What a ticked box posts.
    pub const TICKED: &'static str = "true";

    /// What was typed into `field`, if the form came back.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.get(field).map(String::as_str)
    }

    /// The first problem of `field`.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&FieldProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| problem)
    }
}
