//! Every mail in every variant, with sample values: for the eye and for tests. The compiler holds
//! the list complete: a `match` over each kind of mail says how a sample of it is made.

mod samples;

use askama::Template;
use messages::text;

pub use samples::SampleValues;

use super::{MailError, layout};
use crate::Settings;

/// A mail as it would be sent.
#[derive(Clone, Debug)]
pub struct MailPreview {
    /// Its message in the catalogue without the `mail-` before it, and its variant if it has
    /// several: `members-team-removed`.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// All mails in all their variants.
pub fn all(settings: &Settings, values: &SampleValues) -> Result<Vec<MailPreview>, MailError> {
    samples::all(values).iter().map(|sample| preview(settings, sample)).collect()
}

fn preview(settings: &Settings, sample: &samples::Sample) -> Result<MailPreview, MailError> {
    let parts = sample.message.parts(settings);
    let rendered = layout::render(&parts, &settings.brand)?;
    let mail = parts.key.trim_start_matches("mail-");
    let name = sample.variant.map_or_else(|| mail.to_owned(), |variant| format!("{mail}-{variant}"));
    Ok(MailPreview { name, subject: rendered.subject, text: rendered.text, html: rendered.html })
}

#[derive(Template)]
#[template(path = "mail_previews.html")]
struct Index<'a> {
    language: &'a str,
    title: &'a str,
    intro: &'a str,
    columns: [&'a str; 2],
    html: &'a str,
    text: &'a str,
    previews: &'a [MailPreview],
}

/// A page that links every preview as `<name>.html` and `<name>.txt` beside it.
pub fn index(settings: &Settings, previews: &[MailPreview]) -> Result<String, MailError> {
    let page = Index {
        language: messages::language().tag(),
        title: &text!("mail-preview-title", product = settings.brand.product_name),
        intro: &text!("mail-preview-intro"),
        columns: [&text!("mail-preview-mail"), &text!("mail-preview-subject")],
        html: &text!("mail-preview-html"),
        text: &text!("mail-preview-text"),
        previews,
    };
    Ok(page.render()?)
}
