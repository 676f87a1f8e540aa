//! Reads the message files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser::parse;

/// The parameters of every message, by its key; attributes have the key `message.attribute`.
pub type Messages = BTreeMap<String, BTreeSet<String>>;

/// The catalogue's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all language folders.
pub fn all_languages() -> Vec<String> {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let has_messages = |folder: &PathBuf| folder.is_dir() && !files_of(folder).is_empty();
    folders.filter(has_messages).map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Everything that a language has; fails on errors of syntax and on keys that are there twice.
pub fn read(language: &str) -> Messages {
    let mut messages = Messages::new();
    for (name, resource) in resources(language) {
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut add = |key: String, pattern: &Pattern<String>| {
                let mut parameters = BTreeSet::new();
                of_pattern(pattern, &mut parameters);
                assert!(messages.insert(key.clone(), parameters).is_none(), "{name}: {key} is there twice");
            };
            if let Some(value) = &message.value {
                add(message.id.name.clone(), value);
            }
            for attribute in &message.attributes {
                add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
            }
        }
    }
    messages
}

/// Every message's key, with the name of its file.
pub fn keys_by_file(language: &str) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for (name, resource) in resources(language) {
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                keys.push((name.clone(), message.id.name));
            }
        }
    }
    keys
}

fn resources(language: &str) -> Vec<(String, Resource<String>)> {
    let read = |file: PathBuf| {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&file).unwrap();
        let resource = parse(source).unwrap_or_else(|(_, errors)| panic!("{language}/{name}: {errors:?}"));
        (name, resource)
    };
    files_of(&root().join(language)).into_iter().map(read).collect()
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "ftl")).collect()
}

fn of_pattern(pattern: &Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, found);
        }
    }
}

fn of_expression(expression: &Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            for variant in variants {
                of_pattern(&variant.value, found);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                of_inline(argument, found);
            }
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        InlineExpression::MessageReference { id, .. } => panic!("{} is referred to: use a term", id.name),
        _ => {}
    }
}
