//! Reading pages by CSS selectors.

use scraper::{ElementRef, Html, Selector};

/// The first element that a selector finds in a page.
fn with_first<T>(page: &str, selector: &str, read: impl Fn(ElementRef<'_>) -> Option<T>) -> Option<T> {
    Html::parse_document(page).select(&parsed(selector)).next().and_then(read)
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// An attribute of the first element that a selector finds.
pub fn attribute(page: &str, selector: &str, name: &str) -> Option<String> {
    with_first(page, selector, |element| element.attr(name).map(str::to_owned))
}

/// The text of the first element that a selector finds.
pub fn text(page: &str, selector: &str) -> Option<String> {
    with_first(page, selector, |element| Some(text_of(element)))
}

/// The text of every element that a selector finds.
pub fn texts(page: &str, selector: &str) -> Vec<String> {
    Html::parse_document(page).select(&parsed(selector)).map(text_of).collect()
}

/// The value of the first field of that name.
pub fn field(page: &str, name: &str) -> Option<String> {
    attribute(page, &format!("[name=\"{name}\"]"), "value")
}

/// The value of a field in the table row that has this text.
pub fn field_in_row(page: &str, row_text: &str, name: &str) -> Option<String> {
    let document = Html::parse_document(page);
    let row = document.select(&parsed("tr")).find(|row| text_of(*row).contains(row_text))?;
    let field = row.select(&parsed(&format!("[name=\"{name}\"]"))).next()?;
    field.attr("value").map(str::to_owned)
}
