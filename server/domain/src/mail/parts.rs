//! What a mail consists of, before it is laid out.

use std::borrow::Cow;

use messages::{FluentValue, attribute, has, list};

use super::reason::Reason;
use super::sanitize::{lines, single_line};
use crate::Settings;

/// What a mail says, in the order in which it is read.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// Its message in the catalogue.
    pub(super) key: &'static str,
    pub(super) subject: String,
    pub(super) heading: String,
    pub(super) paragraphs: Vec<String>,
    /// What the paragraphs lead up to.
    pub(super) detail: Option<Detail>,
    /// The one thing to do, if there is anything.
    pub(super) button: Option<Button>,
    pub(super) closing: Option<String>,
    pub(super) reason: String,
}

/// What is set off from our own sentences.
#[derive(Clone, Debug)]
pub(super) enum Detail {
    /// What a person wrote, by lines.
    Quote(Vec<String>),
    /// What happened, one thing a line.
    List(Vec<String>),
    /// An address to pass on.
    Address(String),
}

/// What it says and where it leads.
#[derive(Clone, Debug)]
pub(super) struct Button {
    pub(super) label: String,
    pub(super) link: String,
}

impl Parts {
    /// The message `key` of the catalogue: `.subject`, `.heading` where it is another,
    /// `.paragraph-1` and so on, `.closing` if there is one, and the `.button` if there is a link
    /// for it.
    pub(super) fn of(
        settings: &Settings,
        key: &'static str,
        reason: Reason<'_>,
        link: Option<String>,
        arguments: &[(&'static str, &str)],
    ) -> Self {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        Self::of_values(settings, key, reason, link, arguments)
    }

    /// As [`Parts::of`], with numbers among the arguments.
    pub(super) fn of_values(
        settings: &Settings,
        key: &'static str,
        reason: Reason<'_>,
        link: Option<String>,
        arguments: Vec<(&'static str, FluentValue<'_>)>,
    ) -> Self {
        let brand = &settings.brand;
        let common = [("product", &brand.product_name), ("support", &brand.support_email)];
        let common = common.map(|(name, value)| (name, FluentValue::from(value.as_str())));
        let arguments: Vec<_> =
            arguments.into_iter().chain(common).map(|(name, value)| (name, sanitized(value))).collect();
        let part = |name| attribute(key, name, &arguments);
        let part_if_any = |name| has(&format!("{key}.{name}")).then(|| part(name));
        let subject = part("subject");
        Self {
            key,
            heading: part_if_any("heading").unwrap_or_else(|| subject.clone()),
            subject,
            paragraphs: list(key, "paragraph", &arguments),
            detail: None,
            button: link.map(|link| Button { label: part("button"), link }),
            closing: part_if_any("closing"),
            reason: single_line(&reason.text(&brand.product_name)),
        }
    }

    /// With what a person wrote.
    pub(super) fn quoting(self, text: &str) -> Self {
        Self { detail: Some(Detail::Quote(lines(text))), ..self }
    }

    /// With a list of what happened.
    pub(super) fn listing(self, items: &[String]) -> Self {
        Self { detail: Some(Detail::List(items.iter().map(|item| single_line(item)).collect())), ..self }
    }

    /// With an address to pass on.
    pub(super) fn showing(self, address: String) -> Self {
        Self { detail: Some(Detail::Address(address)), ..self }
    }

    /// What lists of mails show behind the subject: how the mail begins.
    pub(super) fn preheader(&self) -> &str {
        self.paragraphs.first().map_or("", |paragraph| paragraph.trim_end_matches(':'))
    }
}

fn sanitized(value: FluentValue<'_>) -> FluentValue<'_> {
    match value {
        FluentValue::String(text) => FluentValue::String(Cow::Owned(single_line(&text))),
        other => other,
    }
}
