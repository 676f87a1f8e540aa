//! The one layout of all mails, as HTML and as plain text: `templates/mail.html`, `mail.txt`.

use askama::Template;
use messages::text;
use model::Brand;

use super::error::MailError;
use super::palette::Palette;
use super::parts::{Detail, Parts};

/// A mail, ready to be sent.
#[derive(Clone, Debug)]
pub struct RenderedMail {
    /// The subject.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: &'a str,
    parts: &'a Parts,
    product: &'a str,
    support: &'a str,
    palette: &'a Palette,
    address_hint: &'a str,
    sender: &'a str,
    /// Before and after the address of support.
    questions: (&'a str, &'a str),
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    parts: &'a Parts,
    sender: &'a str,
    questions: &'a str,
}

/// Lays a mail out.
pub(super) fn render(parts: &Parts, brand: &Brand) -> Result<RenderedMail, MailError> {
    let sender = sender(brand);
    let support = brand.support_email.as_str();
    let questions = text!("mail-layout-questions", support = support);
    let text = Text { parts, sender: &sender, questions: &questions }.render()?;
    let html = Html {
        language: messages::language().tag(),
        parts,
        product: &brand.product_name,
        support,
        palette: &Palette::of(&brand.accent),
        address_hint: &text!("mail-layout-address"),
        sender: &sender,
        questions: questions.split_once(support).unwrap_or((&questions, "")),
    }
    .render()?;
    Ok(RenderedMail { subject: parts.subject.clone(), text, html })
}

/// Who sent it; the product is not named again where the company is called the same.
fn sender(Brand { vendor_name: vendor, product_name: product, .. }: &Brand) -> String {
    if vendor == product {
        text!("mail-layout-sender", vendor = vendor)
    } else {
        text!("mail-layout-sender.for-product", vendor = vendor, product = product)
    }
}
