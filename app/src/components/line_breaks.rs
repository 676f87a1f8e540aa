//! Where long values and headings may break, in columns that are too narrow for them.

use leptos::prelude::*;

/// Addresses break after these, and not within a name.
const SEPARATORS: [char; 7] = ['/', '.', '?', '&', '=', '@', ':'];

/// A value with places to break at that are no characters: whoever selects or copies it gets it as it is.
pub fn breakable(value: &str) -> AnyView {
    let mut pieces = pieces(value).into_iter();
    let first = pieces.next();
    let rest: Vec<_> = pieces.map(|piece| (view! { <wbr /> }, piece)).collect();
    (first, rest).into_any()
}

/// Cut after separators, and neither between two of them nor in names such as `.well-known`.
fn pieces(value: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        piece.push(letter);
        let is_followed = letters.peek().is_some_and(|next| !SEPARATORS.contains(next));
        if is_followed && SEPARATORS.contains(&letter) && !piece.ends_with("/.") {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
    pieces
}

/// A name that stays in one line, such as "HTTP-POST".
pub fn unbroken(name: &str) -> AnyView {
    view! { <span class="unbroken">{name.to_owned()}</span> }.into_any()
}

/// A heading whose lines do not end with the one letter of a word such as "e-mail".
pub fn heading(text: &str) -> AnyView {
    let is_kept_whole = |word: &&str| word.split_once('-').is_some_and(|(before, _)| before.chars().count() == 1);
    let Some(word) = text.split(' ').find(is_kept_whole) else { return text.to_owned().into_any() };
    let (before, after) = text.split_once(word).unwrap_or_default();
    (before.to_owned(), unbroken(word), heading(after)).into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_breaks_after_separators_and_stays_as_it_is() {
        let address = "https://idp.example.com/saml2?a=1";
        assert_eq!(pieces(address), ["https://", "idp.", "example.", "com/", "saml2?", "a=", "1"]);
        assert_eq!(pieces("https://a.b/.well-known/c"), ["https://", "a.", "b/.well-known/", "c"]);
        for value in [address, "contoso-7k2m9q", "a/", "//", ""] {
            assert_eq!(pieces(value).concat(), value);
        }
        let html = Owner::new().with(|| breakable("a/b/c").to_html());
        assert_eq!(html.matches("<wbr>").count(), 2, "{html}");
        assert!(!html.contains(['\u{200b}', '\u{ad}']), "{html}");
    }

    #[test]
    fn a_heading_keeps_e_mail_in_one_line_and_breaks_other_words() {
        let html = Owner::new().with(|| heading("Confirm your e-mail for the sign-in").to_html());
        assert_eq!(html.matches("class=\"unbroken\"").count(), 1, "{html}");
        assert!(html.contains("<span class=\"unbroken\">e-mail") && html.contains("sign-in"), "{html}");
    }
}
