//! The catalogue and the Rust sources fit each other: nothing missing, nothing unused, and every
//! message is given what it needs. Other languages have what English has.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test says so by panicking")]

#[path = "catalogue/codes.rs"]
mod codes;
#[path = "catalogue/files.rs"]
mod files;
#[path = "catalogue/sources.rs"]
mod sources;

use std::collections::BTreeSet;

use files::{Messages, all_languages, read};

fn english() -> Messages {
    read("en")
}

#[test]
fn every_key_that_the_code_names_is_in_the_catalogue() {
    let messages = english();
    let missing: BTreeSet<String> = sources::uses()
        .into_iter()
        .filter(|used| !messages.contains_key(&used.key))
        .map(|used| format!("{} ({})", used.key, used.file))
        .collect();
    assert!(missing.is_empty(), "write them into app/messages/en: {missing:#?}");
}

#[test]
fn every_code_has_its_messages() {
    let messages = english();
    let missing: Vec<String> = codes::keys().into_iter().filter(|key| !messages.contains_key(key)).collect();
    assert!(missing.is_empty(), "write them into app/messages/en: {missing:#?}");
}

#[test]
fn every_mail_that_the_code_names_is_in_the_catalogue() {
    let messages = english();
    let missing: Vec<String> = sources::literals()
        .into_iter()
        .filter(|text| text.starts_with("mail-") && !text.ends_with('-') && !messages.contains_key(text))
        .flat_map(|key| ["subject", "paragraph-1"].map(|part| format!("{key}.{part}")))
        .filter(|key| !messages.contains_key(key))
        .collect();
    assert!(missing.is_empty(), "write them into app/messages/en: {missing:#?}");
}

#[test]
fn every_message_is_used() {
    let mut used: BTreeSet<String> = sources::uses().into_iter().map(|used| used.key).collect();
    used.extend(codes::keys());
    let mails: BTreeSet<String> =
        sources::literals().into_iter().filter(|text| text.starts_with("mail-") && !text.contains('.')).collect();
    let is_of_a_mail = |key: &str| key.split_once('.').is_some_and(|(mail, _)| mails.contains(mail));
    let unused: Vec<String> = english()
        .into_keys()
        .filter(|key| !used.contains(key) && !codes::is_made_from_a_code(key) && !is_of_a_mail(key))
        .collect();
    assert!(unused.is_empty(), "delete them, or list their prefix in codes.rs: {unused:#?}");
}

#[test]
fn every_message_is_given_the_parameters_that_it_has() {
    let messages = english();
    let mut wrong = BTreeSet::new();
    for used in sources::uses() {
        if let (Some(wanted), Some(given)) = (messages.get(&used.key), &used.parameters)
            && wanted != given
        {
            wrong.insert(format!("{} ({}): the message has {wanted:?}, the code gives {given:?}", used.key, used.file));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_language_has_the_messages_and_parameters_of_english() {
    let english = english();
    for language in all_languages() {
        let other = read(&language);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:#?}");
        for (key, parameters) in &other {
            let expected = english.get(key).unwrap_or_else(|| panic!("{language} has {key}, which English lacks"));
            assert!(parameters.is_subset(expected), "{language}, {key}: {parameters:?} instead of {expected:?}");
        }
    }
}

#[test]
fn every_key_begins_with_the_name_of_its_file() {
    for (file, key) in files::keys_by_file("en") {
        let prefix = format!("{}-", file.trim_end_matches(".ftl"));
        let plural = format!("{}-", file.trim_end_matches(".ftl").trim_end_matches('s'));
        assert!(key.starts_with(&prefix) || key.starts_with(&plural), "{key} is in {file}");
    }
}
