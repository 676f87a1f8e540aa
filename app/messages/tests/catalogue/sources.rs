//! Finds what the Rust sources take from the catalogue: `text!("key", name = …)`, and calls of
//! `rich_text`, `rich_text_with`, `segments` and `messages::…` with a key that is written out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::files::root;

const FUNCTIONS: &[&str] = &["rich_text", "rich_text_with", "segments"];
const QUALIFIED_FUNCTIONS: &[&str] = &["message", "has"];

/// A place that takes a message.
pub struct Use {
    pub file: String,
    pub key: String,
    /// What it gives the message; none where that is not written out.
    pub parameters: Option<BTreeSet<String>>,
}

/// Every text in quotes: mails are named by their keys alone, and take all attributes of theirs.
pub fn literals() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    walk(&mut |tokens, _| collect_literals(tokens, &mut all));
    all
}

fn collect_literals(tokens: TokenStream, all: &mut BTreeSet<String>) {
    for token in tokens {
        match &token {
            TokenTree::Group(group) => collect_literals(group.stream(), all),
            token => all.extend(literal(token)),
        }
    }
}

/// Every place that names a key.
pub fn uses() -> Vec<Use> {
    let mut uses = Vec::new();
    walk(&mut |tokens, file| scan(tokens, file, &mut uses));
    uses
}

fn walk(visit: &mut impl FnMut(TokenStream, &str)) {
    let workspace = root().ancestors().nth(2).unwrap();
    for folder in ["app/src", "app/messages/src", "server"] {
        walk_folder(&workspace.join(folder), visit);
    }
}

fn walk_folder(path: &Path, visit: &mut impl FnMut(TokenStream, &str)) {
    if path.is_dir() {
        if !path.ends_with("target") && !path.ends_with("fuzz") {
            for entry in fs::read_dir(path).unwrap() {
                walk_folder(&entry.unwrap().path(), visit);
            }
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let source = fs::read_to_string(path).unwrap();
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        visit(tokens, &path.display().to_string());
    }
}

fn scan(tokens: TokenStream, file: &str, uses: &mut Vec<Use>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        scan(group.stream(), file, uses);
        let arguments: Vec<TokenTree> = group.stream().into_iter().collect();
        if let Some(key) = arguments.first().and_then(literal)
            && let Some(parameters) = parameters(&tokens[..place], &arguments[1..])
        {
            uses.push(Use { file: file.to_owned(), key, parameters });
        }
    }
}

/// What a call gives to its message, if what is before the arguments is one that takes a message.
fn parameters(before: &[TokenTree], arguments: &[TokenTree]) -> Option<Option<BTreeSet<String>>> {
    let before: Vec<String> = before.iter().rev().take(4).map(ToString::to_string).collect();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    match *before.as_slice() {
        ["!", "text", ..] => Some(Some(named(arguments))),
        [function, ":", ":", "messages"] if QUALIFIED_FUNCTIONS.contains(&function) => Some(in_lists(arguments)),
        [function, ..] if FUNCTIONS.contains(&function) => Some(in_lists(arguments)),
        _ => None,
    }
}

/// `name = …, other = …`
fn named(arguments: &[TokenTree]) -> BTreeSet<String> {
    let names = arguments.windows(3).filter_map(|tokens| match tokens {
        [TokenTree::Punct(comma), TokenTree::Ident(name), TokenTree::Punct(equals)]
            if comma.as_char() == ',' && equals.as_char() == '=' =>
        {
            Some(name.to_string())
        }
        _ => None,
    });
    names.collect()
}

/// `&[("name", …)], vec![("other", …)]`; nothing is known of a list that is made elsewhere.
fn in_lists(arguments: &[TokenTree]) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for argument in arguments.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',')) {
        match argument.last() {
            None => {}
            Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Bracket => {
                names.extend(list.stream().into_iter().filter_map(|pair| match pair {
                    TokenTree::Group(pair) => pair.stream().into_iter().next().as_ref().and_then(literal),
                    _ => None,
                }));
            }
            Some(_) => return None,
        }
    }
    Some(names)
}

fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}
