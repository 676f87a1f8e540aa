//! The kinds of difference between two values, with their text.

use messages::text;
use model::entra;
use model::pasted_text::is_invisible;

use super::common;

/// So many characters that one value has and the other lacks are a slip.
const MAX_SLIP: usize = 2;

/// A kind of difference between two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One has an invisible character.
    Invisible,
    /// One has a blank at its beginning or end, or more of them inside.
    Blank,
    /// `http` and `https`, or another scheme.
    Scheme,
    /// Capital and small letters.
    LetterCase,
    /// Another host.
    Host,
    /// Another tenant of Microsoft Entra.
    Tenant,
    /// Another port.
    Port,
    /// A slash at the end.
    TrailingSlash,
    /// Another path.
    Path,
    /// One or two characters are missing, too much or other ones; never a whole segment of a path.
    TypingError {
        /// What came and was not expected.
        more: String,
        /// What was expected and did not come.
        less: String,
    },
    /// What came ends before what was expected does, within a segment of the path.
    CutOff {
        /// What was expected and did not come.
        less: String,
    },
    /// What came is what was expected, with `spn:` before it, as Entra writes audiences.
    SpnPrefix,
}

impl Difference {
    /// The reason, as a sentence.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Invisible => text!("value-diff-invisible"),
            Self::Blank => text!("value-diff-blank"),
            Self::Scheme => text!("value-diff-scheme"),
            Self::LetterCase => text!("value-diff-letter-case"),
            Self::Host => text!("value-diff-host"),
            Self::Tenant => text!("value-diff-tenant"),
            Self::Port => text!("value-diff-port"),
            Self::TrailingSlash => text!("value-diff-trailing-slash"),
            Self::Path => text!("value-diff-path"),
            Self::TypingError { more, less } if less.is_empty() => {
                text!("value-diff-typing-error-more", more = more.as_str())
            }
            Self::TypingError { more, less } if more.is_empty() => {
                text!("value-diff-typing-error-less", less = less.as_str())
            }
            Self::TypingError { more, less } => {
                text!("value-diff-typing-error-both", more = more.as_str(), less = less.as_str())
            }
            Self::CutOff { less } => text!("value-diff-cut-off", less = less.as_str()),
            Self::SpnPrefix => text!("value-diff-spn-prefix"),
        }
    }
}

/// Whether nobody can tell the character from nothing or from a blank: besides what [`is_invisible`] knows these are
/// joiners, control characters and blanks of other widths.
pub(crate) const fn is_unseen(char: char) -> bool {
    is_invisible(char)
        || matches!(
            char,
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{a0}'
                | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}'
                // what is kept in the place of a control character
                | '\u{fffd}'
        )
}

/// In what two different values differ, as far as that can be named; nothing for values that have
/// nothing to do with each other.
#[must_use]
pub fn differences(expected: &str, actual: &str) -> Vec<Difference> {
    let (values, invisible) = without([expected, actual].map(str::to_owned), is_unseen);
    let ([expected, actual], blank) = without(values, char::is_whitespace);
    let unseen = [invisible.then_some(Difference::Invisible), blank.then_some(Difference::Blank)];
    let mut found: Vec<_> = unseen.into_iter().flatten().collect();
    if expected == actual {
        return found;
    }
    if actual.strip_prefix("spn:") == Some(expected.as_str()) {
        found.push(Difference::SpnPrefix);
        return found;
    }
    if let (Some(tenant), Some(other)) = (entra::tenant(&expected), entra::tenant(&actual))
        && tenant != other
    {
        found.push(Difference::Tenant);
        return found;
    }
    let addresses = Address::of(&expected).zip(Address::of(&actual));
    found.extend(addresses.map_or_else(
        || {
            let differences = path_differences(&expected, &actual);
            differences.unwrap_or_else(|| slip(&expected, &actual).into_iter().collect())
        },
        |(expected, actual)| expected.differences(&actual),
    ));
    found
}

/// Both values without some characters, and whether one of them had more of these.
fn without(values: [String; 2], is_left_out: fn(char) -> bool) -> ([String; 2], bool) {
    let [expected, actual] = values.each_ref().map(|value| value.chars().filter(|char| is_left_out(*char)).count());
    let rest = values.map(|value| value.chars().filter(|char| !is_left_out(*char)).collect());
    (rest, expected != actual)
}

/// The parts of an address, as written.
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
}

impl<'a> Address<'a> {
    fn of(value: &'a str) -> Option<Self> {
        let (scheme, rest) = value.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
            _ => (authority, None),
        };
        Some(Self { scheme, host, port, path })
    }

    fn differences(&self, other: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        if !self.scheme.eq_ignore_ascii_case(other.scheme) {
            found.push(Difference::Scheme);
        }
        let same_host = self.host.eq_ignore_ascii_case(other.host);
        let other_case = (self.scheme != other.scheme && self.scheme.eq_ignore_ascii_case(other.scheme))
            || (same_host && self.host != other.host);
        // addresses of different hosts have nothing else to do with each other
        if !same_host {
            found.push(Difference::Host);
            return found;
        }
        if self.port != other.port {
            found.push(Difference::Port);
        }
        if other_case {
            found.push(Difference::LetterCase);
        }
        let of_paths = path_differences(self.path, other.path)
            .unwrap_or_else(|| vec![slip(self.path, other.path).unwrap_or(Difference::Path)]);
        found.extend(of_paths.into_iter().filter(|reason| !other_case || *reason != Difference::LetterCase));
        found
    }
}

/// Letter case and a slash at the end; `None` if there is more.
fn path_differences(expected: &str, actual: &str) -> Option<Vec<Difference>> {
    let [base, base_actual] = [expected, actual].map(|value| value.trim_end_matches('/'));
    if !base.eq_ignore_ascii_case(base_actual) {
        return None;
    }
    let case = (base != base_actual).then_some(Difference::LetterCase);
    let slash = (expected.len() != actual.len()).then_some(Difference::TrailingSlash);
    Some(case.into_iter().chain(slash).collect())
}

/// A slip of whoever typed or copied one of two values; none for values that differ in more than that, such as the
/// Logout URL in the place of the Reply URL.
fn slip(expected: &str, actual: &str) -> Option<Difference> {
    if [expected, actual].iter().any(|value| value.trim_matches('/').is_empty()) {
        return None;
    }
    typing_error(expected, actual).or_else(|| cut_off(expected, actual))
}

fn typing_error(expected: &str, actual: &str) -> Option<Difference> {
    let [wanted, came] = [expected, actual].map(|value| value.chars().collect::<Vec<_>>());
    let (kept, kept_of_came): (Vec<_>, Vec<_>) = common(&wanted, &came).into_iter().unzip();
    let (less, more) = (all_but(&wanted, &kept), all_but(&came, &kept_of_came));
    let is_near = kept.len() * 3 >= wanted.len().max(came.len()) * 2;
    let is_short = less.chars().count().max(more.chars().count()) <= MAX_SLIP;
    // a segment more or less is another address, however short it is; a slash more or less is not
    let is_added = more.is_empty() || less.is_empty();
    let is_segment =
        is_added && segments(expected) != segments(actual) && more.chars().chain(less.chars()).any(|char| char != '/');
    (is_near && is_short && !is_segment).then_some(Difference::TypingError { more, less })
}

/// How many segments a path has.
fn segments(path: &str) -> usize {
    path.split('/').filter(|segment| !segment.is_empty()).count()
}

/// A value that was not copied as a whole. One that lacks whole segments is another address.
fn cut_off(expected: &str, actual: &str) -> Option<Difference> {
    let less = expected.strip_prefix(actual)?;
    let is_within = !actual.ends_with('/') && !less.starts_with('/');
    is_within.then(|| Difference::CutOff { less: less.to_owned() })
}

/// The characters at other places than these, which are in order.
fn all_but(chars: &[char], places: &[usize]) -> String {
    let others = chars.iter().enumerate().filter(|(place, _)| places.binary_search(place).is_err());
    others.map(|(_, char)| *char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_has_its_name() {
        use Difference::{Blank, Host, Invisible, LetterCase, Path, Port, Scheme, SpnPrefix, Tenant, TrailingSlash};
        let url = "https://api.example.com/saml/contoso";
        let cases: [(&str, &str, &[Difference]); 19] = [
            (url, "https://api.example.com/saml/contoso/", &[TrailingSlash]),
            ("https://sts.windows.net/7d1c/", "https://sts.windows.net/7d1c", &[TrailingSlash]),
            ("https://api.example.com", "https://api.example.com/", &[TrailingSlash]),
            (url, "http://api.example.com/saml/contoso", &[Scheme]),
            (url, "https://api.example.com/saml/Contoso", &[LetterCase]),
            (url, "https://API.example.com/saml/Contoso", &[LetterCase]),
            (url, "https://api.example.com:8443/saml/contoso", &[Port]),
            (url, "https://api.example.com:443/saml/contoso", &[Port]),
            (url, "https://api.example.com/saml/contoso ", &[Blank]),
            (url, "https://api.example.com/saml/contoso\n", &[Blank]),
            (url, "https://api.example.com/saml/\u{200b}contoso", &[Invisible]),
            (url, "https://api.example.com/saml/contoso\u{a0}", &[Invisible]),
            (url, "https://staging.example.com/saml/contoso", &[Host]),
            (url, "https://api.example.com/saml/fabrikam", &[Path]),
            (url, "http://staging.example.com/saml/contoso/", &[Scheme, Host]),
            (
                "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/",
                "https://sts.windows.net/8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55/",
                &[Tenant],
            ),
            ("contoso-7k2m9q", "Contoso-7K2M9Q", &[LetterCase]),
            ("contoso-7k2m9q", "spn:contoso-7k2m9q", &[SpnPrefix]),
            ("contoso-7k2m9q", "fabrikam", &[]),
        ];
        for (expected, actual, reasons_of) in cases {
            assert_eq!(differences(expected, actual), reasons_of, "{actual:?}");
        }
    }

    #[test]
    fn a_slip_is_told_from_another_value() {
        let url = "https://api.example.com/saml/contoso-7k2m9q";
        for (expected, actual, more, less) in [
            (url, "https://api.example.com/saml/contoso-7k2m9qx", "x", ""),
            (url, "https://api.example.com/saml/contoso-7k2m9", "", "q"),
            (url, "https://api.example.com/saml/contoso-7k2n9q", "n", "m"),
            (url, "https://api.example.com/saml/contoso-7k29mq", "m", "m"),
            (url, "https://api.example.com/saml//contoso-7k2m9q", "/", ""),
            (url, "https://api.example.com/samlcontoso-7k2m9q", "", "/"),
            ("contoso-7k2m9q", "contosso-7k2m9q", "s", ""),
        ] {
            let found = Difference::TypingError { more: more.into(), less: less.into() };
            assert_eq!(differences(expected, actual), [found], "{actual}");
        }
        for (actual, found) in [
            ("https://api.example.com", Difference::Path),
            ("https://api.example.com/saml/fabrikam-7k2m9q", Difference::Path),
            ("https://api.example.com/saml/contoso-7k2m9q/logout", Difference::Path),
            ("https://api.example.com/saml/contoso-7k2m9q/x", Difference::Path),
            ("https://api.example.com/x/saml/contoso-7k2m9q", Difference::Path),
            ("https://api.example.com/saml/contoso-7k2m9q-acs", Difference::Path),
            ("https://api.example.com/saml", Difference::Path),
            ("https://api.example.com/saml/", Difference::Path),
            ("https://api.example.com/saml/contoso", Difference::CutOff { less: "-7k2m9q".into() }),
            ("https://apis.example.com/saml/contoso-7k2m9q", Difference::Host),
        ] {
            assert_eq!(differences(url, actual), [found], "{actual}");
        }
        let [reply_url, logout_url] = ["acs", "logout"].map(|name| format!("https://api.example.com/saml/t/{name}"));
        assert_eq!(differences(&reply_url, &logout_url), [Difference::Path]);
        assert_eq!(differences("contoso-7k2m9q", "contoso"), [Difference::CutOff { less: "-7k2m9q".into() }]);
        assert_eq!(differences("contoso", "contoso-7k2m9q"), []);
        assert_eq!(differences("ab", "xy"), []);
    }

    #[test]
    fn a_typing_error_says_what_is_too_much_or_missing() {
        let text = |more: &str, less: &str| Difference::TypingError { more: more.into(), less: less.into() }.text();
        for (more, less, words) in [
            ("x", "", "has \"x\" too much: a typing error"),
            ("", "q", "lacks \"q\": a typing error"),
            ("n", "m", "has \"n\" where the other value has \"m\": a typing error"),
        ] {
            assert!(text(more, less).contains(words), "{}", text(more, less));
        }
        let cut_off = Difference::CutOff { less: "-7k2m9q".into() }.text();
        assert!(cut_off.contains("lacks \"-7k2m9q\" at its end"), "{cut_off}");
    }
}
