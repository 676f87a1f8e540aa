//! The message files, parsed once.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use unic_langid::LanguageIdentifier;

use crate::Language;
use crate::files::FILES;

type Bundle = FluentBundle<Arc<FluentResource>>;

struct Translation {
    bundle: Bundle,
    resources: Vec<Arc<FluentResource>>,
}

static TRANSLATIONS: LazyLock<Vec<Translation>> = LazyLock::new(|| FILES.iter().map(translation).collect());

fn translation((tag, files): &(&str, &[(&str, &str)])) -> Translation {
    let mut bundle = Bundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
    // the marks around values are for mixed directions of writing; they end up in what people copy
    bundle.set_use_isolating(false);
    let mut resources = Vec::new();
    for (file, source) in *files {
        let resource = Arc::new(FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(language = tag, file, ?errors, "a message file has errors");
            resource
        }));
        if let Err(errors) = bundle.add_resource(Arc::clone(&resource)) {
            tracing::error!(language = tag, file, ?errors, "a message file repeats messages");
        }
        resources.push(resource);
    }
    Translation { bundle, resources }
}

/// The language's own pattern, or that of the language that has all messages.
pub(crate) fn pattern(language: Language, key: &str) -> Option<(&'static Bundle, &'static Pattern<&'static str>)> {
    [language, Language::default()].into_iter().find_map(|language| {
        let bundle = &TRANSLATIONS.get(language.index())?.bundle;
        let pattern = match key.split_once('.') {
            Some((key, attribute)) => bundle.get_message(key)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(key)?.value()?,
        };
        Some((bundle, pattern))
    })
}

/// The text of a message; none if there is no such message.
pub(crate) fn format(language: Language, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> Option<String> {
    let (bundle, pattern) = pattern(language, key)?;
    let arguments: FluentArgs<'_> =
        arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a message was not given what it needs");
    }
    Some(text)
}

/// All messages of a language.
pub(crate) fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    let resources = TRANSLATIONS.get(language.index()).map(|translation| translation.resources.as_slice());
    resources.unwrap_or_default().iter().flat_map(|resource| resource.entries()).filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}
