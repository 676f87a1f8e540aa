//! All mails in all their variants, as `portal mail preview` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::Settings;
use domain::mail::preview::{self, MailPreview, SampleValues};
use scraper::{ElementRef, Html, Selector};
use server::config::Config;

/// Where there is nothing for the reader to do, or nothing that they still may.
const WITHOUT_ACTION: [&str; 5] = [
    "account-email-change-undone",
    "members-your-membership-left",
    "members-your-membership-removed",
    "members-your-support-account-deactivated",
    "team-test-mail",
];

fn settings(brand: &str) -> Settings {
    Config::from_toml(&format!("[brand]\n{brand}")).unwrap().settings
}

fn krisp() -> Settings {
    let names = "product_name = \"Krisp\"\nvendor_name = \"Krisp Technologies\"";
    settings(&format!("{names}\nsupport_email = \"support@krisp.example\""))
}

fn every_day() -> SampleValues {
    SampleValues::of_every_day("http://localhost:3000")
}

fn all() -> Vec<MailPreview> {
    preview::all(&krisp(), &every_day()).unwrap()
}

/// The texts of the elements that a selector finds, without the line breaks of the source.
fn texts(mail: &MailPreview, selector: &str) -> Vec<String> {
    select(&mail.html, selector, text_of)
}

fn select<T>(html: &str, selector: &str, read: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(read).collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn links(mail: &MailPreview) -> Vec<String> {
    select(&mail.html, "a", |link| link.attr("href").unwrap().to_owned())
}

/// The mail as a person reads it: subject, plain text, and what the HTML part shows in which order.
fn snapshot(mail: &MailPreview) -> String {
    let mut text = format!("Subject: {}\n\n{}\n\n==== HTML ====\n", mail.subject, mail.text.trim_end());
    let shown = "html, .preheader, .wordmark, h1, p:not(.wordmark), blockquote, li, a";
    for line in select(&mail.html, shown, outline) {
        writeln!(text, "{line}").unwrap();
    }
    text
}

fn outline(element: ElementRef<'_>) -> String {
    let name = element.value().name();
    let class = element.attr("class").map(|class| format!(".{}", class.replace(' ', "."))).unwrap_or_default();
    let said = match element.attr("lang") {
        Some(language) => format!("lang={language}"),
        None => text_of(element),
    };
    let link = element.attr("href").map(|link| format!(" -> {link}")).unwrap_or_default();
    format!("{name}{class}: {said}{link}")
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testdata/mails")
}

fn kept_snapshots() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(snapshots()).unwrap().map(|entry| entry.unwrap().path());
    let name = |file: &Path| file.file_stem().unwrap().to_str().unwrap().to_owned();
    files.map(|file| (name(&file), std::fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn every_mail_reads_as_its_snapshot_does() {
    let made: BTreeMap<String, String> = all().iter().map(|mail| (mail.name.clone(), snapshot(mail))).collect();
    if std::env::var_os("UPDATE_MAIL_SNAPSHOTS").is_some() {
        let _ = std::fs::remove_dir_all(snapshots());
        std::fs::create_dir_all(snapshots()).unwrap();
        for (name, text) in &made {
            std::fs::write(snapshots().join(format!("{name}.txt")), text).unwrap();
        }
    }
    let kept = kept_snapshots();
    let hint = "look at what changed, then run this test with UPDATE_MAIL_SNAPSHOTS=1";
    for (name, text) in &made {
        assert_eq!(kept.get(name), Some(text), "{name}: {hint}");
    }
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "{hint}");
}

#[test]
fn no_two_mails_have_the_same_name() {
    let mails = all();
    let names: BTreeMap<&str, &str> = mails.iter().map(|mail| (mail.name.as_str(), "")).collect();
    assert_eq!(names.len(), mails.len());
}

#[test]
fn every_mail_has_one_action_or_none_and_says_why_one_gets_it() {
    for mail in all() {
        let name = &mail.name;
        let expected = usize::from(!WITHOUT_ACTION.contains(&name.as_str()));
        assert_eq!(texts(&mail, "a.button").len(), expected, "{name}");
        for address in select(&mail.html, "a.button", |button| button.attr("href").unwrap().to_owned()) {
            let written_out = select(&mail.html, "p.quiet a", text_of);
            assert_eq!(written_out, [address.as_str()], "{name}: below the button, for who sees none");
            assert_eq!(mail.text.matches(&format!(":\n{address}\n")).count(), 1, "{name}: {}", mail.text);
        }
        let reasons = texts(&mail, ".reason");
        assert!(reasons.len() == 1 && reasons[0].starts_with("You get this because "), "{name}: {reasons:?}");
        assert!(mail.text.contains(&reasons[0]), "{name}");
        assert_eq!(
            texts(&mail, ".sender"),
            ["Sent by Krisp Technologies for Krisp. Questions? Write to support@krisp.example."]
        );
    }
}

#[test]
fn every_mail_has_all_its_text() {
    for mail in all() {
        for text in [&mail.subject, &mail.text, &mail.html] {
            assert!(!text.contains("{$") && !text.contains("{ $") && !text.contains("mail-"), "{}: {text}", mail.name);
        }
        assert_eq!(texts(&mail, "h1").len(), 1, "{}", mail.name);
        assert_eq!(texts(&mail, "title"), [mail.subject.as_str()]);
        assert_eq!(select(&mail.html, "html", |html| html.attr("lang").unwrap().to_owned()), ["en"]);
        let preheader = texts(&mail, ".preheader");
        assert!(preheader.len() == 1 && preheader[0].len() > 20, "{}: {preheader:?}", mail.name);
        for sentence in texts(&mail, ".inner p:not(.wordmark):not(.quiet)") {
            assert!(sentence.ends_with(['.', ':']) || sentence.starts_with("http"), "{}: {sentence}", mail.name);
        }
    }
}

#[test]
fn both_parts_say_the_same() {
    for mail in all() {
        for said in texts(&mail, "h1, .inner p:not(.wordmark):not(.quiet), li, a.button, .reason, .sender") {
            assert!(mail.text.contains(&said), "{}: {said} is not in {}", mail.name, mail.text);
        }
        let links = links(&mail);
        for link in mail.text.split_whitespace().filter(|word| word.starts_with("http")) {
            assert!(links.iter().any(|known| known == link), "{}: {link}", mail.name);
        }
    }
}

#[test]
fn a_mail_runs_nothing_and_loads_nothing() {
    for mail in all() {
        let name = &mail.name;
        let active =
            "script, link, img, iframe, object, embed, form, base, svg, video, audio, [src], [background], [srcset]";
        assert!(select(&mail.html, active, text_of).is_empty(), "{name}");
        let is_handler = |element: ElementRef<'_>| element.value().attrs().any(|(name, _)| name.starts_with("on"));
        assert!(!select(&mail.html, "*", is_handler).contains(&true), "{name}");
        assert!(!mail.html.contains("url(") && !mail.html.contains("@import"), "{name}");
        let leads =
            |link: &String| link.starts_with("http://localhost:3000/") || link == "mailto:support@krisp.example";
        assert!(links(&mail).iter().all(leads), "{name}: {:?}", links(&mail));
    }
}

#[test]
fn values_from_outside_stay_values() {
    let evil = "<b>x</b>\r\nBcc: eve@evil.example\u{2028}\u{202e}\u{2067}&\"'\u{0}".to_owned();
    let values = SampleValues {
        team: evil.clone(),
        member: evil.clone(),
        colleague: evil.clone(),
        support_account: evil.clone(),
        passkey: evil.clone(),
        support_words: "\u{202e}<b>x</b>\u{0}\r\nBcc: eve@evil.example".to_owned(),
        browser: evil,
        ..every_day()
    };
    let mails = preview::all(&krisp(), &values).unwrap();
    for (mail, ordinary) in mails.iter().zip(all()) {
        let name = &mail.name;
        let is_unsafe = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!mail.subject.contains(is_unsafe), "{name}: {:?}", mail.subject);
        for part in [&mail.text, &mail.html] {
            assert!(!part.contains(|c| is_unsafe(c) && c != '\n'), "{name}: {part:?}");
        }
        assert_eq!(mail.text.lines().count(), ordinary.text.lines().count(), "{name}: {}", mail.text);
        assert!(!mail.text.lines().any(|line| line.starts_with("Bcc")), "{name}: {}", mail.text);
        assert!(select(&mail.html, "b", text_of).is_empty() && !mail.html.contains("<b>"), "{name}");
        assert_eq!(links(mail), links(&ordinary), "{name}");
        let elements = |html: &str| select(html, "*", |element| element.value().name().to_owned());
        assert_eq!(elements(&mail.html), elements(&ordinary.html), "{name}");
    }
    let shown = mails.iter().filter(|mail| texts(mail, "body")[0].contains("<b>x</b>")).count();
    assert!(shown > 25, "what was typed is shown as it is: {shown}");
}

#[test]
fn a_vendor_that_is_called_as_its_product_is_named_once() {
    let settings = settings("product_name = \"Acme & Co\"\nvendor_name = \"Acme & Co\"\naccent = \"#ffee00\"");
    let mails = preview::all(&settings, &every_day()).unwrap();
    for mail in &mails {
        assert_eq!(texts(mail, ".wordmark"), ["Acme & Co"]);
        assert!(texts(mail, ".sender")[0].starts_with("Sent by Acme & Co. Questions?"), "{}", mail.text);
        for button in select(&mail.html, "a.button", |button| button.attr("style").unwrap().to_owned()) {
            assert!(button.contains("background-color:#ffee00") && button.contains("color:#000000"), "{button}");
        }
    }
}

#[test]
fn the_command_line_writes_all_mails_and_a_page_that_links_them() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let output = Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(["mail", "preview", "a/mails"])
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let folder = folder.path().join("a/mails");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let linked = select(&read("index.html"), "a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(linked.len(), all().len() * 2);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), linked.len() + 1);
    for file in linked {
        assert!(!read(&file).is_empty(), "{file}");
    }
    assert!(read("members-invitation.txt").starts_with("Subject: You are invited to the team Contoso"));
    assert!(!folder.parent().unwrap().join("data").exists(), "it needs no database");
}
