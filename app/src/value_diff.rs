//! A character diff of an expected and a received value, with the likely reason for each difference. Their
//! text is in `value-diff.ftl` of the message catalogue.

mod difference;

use model::{FindingCode, FindingValue};

pub(crate) use difference::is_unseen;
pub use difference::{Difference, differences};

/// In characters: longer values are compared by how they begin and end only.
const MAX_ALIGNED: usize = 300;
/// What values that are not near each other must have in common at their ends to be shown aligned, in characters.
const MIN_ENDS: usize = 4;

/// A part of one of two values that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffPart {
    /// The other has it, too.
    Same(String),
    /// The other does not have it.
    Differs(String),
    /// The other has so many characters here that this one has not.
    Gap(usize),
}

/// Two values, part by part and as wide as each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueDiff {
    /// What should have come.
    pub expected: Vec<DiffPart>,
    /// What came.
    pub actual: Vec<DiffPart>,
    /// The recognised kinds of difference.
    pub differences: Vec<Difference>,
    /// What came besides.
    pub others: Vec<String>,
}

/// The values of a finding that are compared letter by letter; of several the two nearest.
#[must_use]
pub fn value_diff(code: FindingCode, expected: &FindingValue, actual: &FindingValue) -> Option<ValueDiff> {
    if !is_compared(code) {
        return None;
    }
    let (expected, actual) = (expected.copyable(), actual.copyable());
    let pairs = expected.iter().flat_map(|expected| actual.iter().map(move |actual| (*expected, *actual)));
    let (nearest_expected, nearest) = pairs.filter(|(a, b)| a != b).max_by_key(|(a, b)| nearness(a, b))?;
    let (expected, parts) = compare(nearest_expected, nearest);
    Some(ValueDiff {
        expected,
        actual: parts,
        differences: differences(nearest_expected, nearest)
            .into_iter()
            .filter(|difference| is_plausible(code, difference))
            .collect(),
        others: actual.iter().filter(|other| **other != nearest).map(|other| (*other).to_owned()).collect(),
    })
}

const fn is_compared(code: FindingCode) -> bool {
    use FindingCode as Code;
    matches!(
        code,
        Code::WrongIssuer
            | Code::IssuerOtherTenant
            | Code::IssuerWithoutSlash
            | Code::CommonTenant
            | Code::WhiteSpace
            | Code::WrongAudience
            | Code::WrongDestination
            | Code::WrongRecipient
            | Code::ReplyUrlUnknown
            | Code::AuthnContextNotRequested
            | Code::NameIdFormatOther
            | Code::NameIdChanged
    )
}

/// Whether a difference can be the reason of this finding: nobody types the name of an authentication context or of a
/// format at the identity provider, nor a name identifier, and what is no team's Reply URL belongs to no other team.
fn is_plausible(code: FindingCode, difference: &Difference) -> bool {
    use FindingCode as Code;
    match difference {
        Difference::Path => code != Code::ReplyUrlUnknown,
        Difference::TypingError { .. } | Difference::CutOff { .. } => {
            !matches!(code, Code::AuthnContextNotRequested | Code::NameIdFormatOther | Code::NameIdChanged)
        }
        _ => true,
    }
}

/// How much two values have in common, in thousandths of the longer one; letter case does not count.
fn nearness(one: &str, other: &str) -> usize {
    let [one, other] = [one, other].map(|value| value.to_lowercase().chars().collect::<Vec<_>>());
    let longer = one.len().max(other.len()).max(1);
    common(&one, &other).len() * 1000 / longer
}

/// The parts of two values, the first one's first.
fn compare(one: &str, other: &str) -> (Vec<DiffPart>, Vec<DiffPart>) {
    let [one, other] = [one, other].map(|value| value.chars().collect::<Vec<_>>());
    let aligned = common(&one, &other);
    // letters that values without anything else in common share by chance say nothing
    let is_near = aligned.len() * 3 >= one.len().max(other.len()) * 2;
    let aligned = if is_near { aligned } else { long_enough(common_ends(&one, &other)) };
    let mut parts = (DiffParts::default(), DiffParts::default());
    let (mut from, mut to) = (0, 0);
    for (at, at_other) in aligned.into_iter().chain([(one.len(), other.len())]) {
        let (only, only_other) = (slice(&one, from, at), slice(&other, to, at_other));
        parts.0.differs(&only, only_other.chars().count());
        parts.1.differs(&only_other, only.chars().count());
        if let (Some(same), Some(same_other)) = (one.get(at), other.get(at_other)) {
            parts.0.same(*same);
            parts.1.same(*same_other);
        }
        (from, to) = (at + 1, at_other + 1);
    }
    (parts.0.0, parts.1.0)
}

/// A last letter that two values share by chance says nothing either.
fn long_enough(ends: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    if ends.len() < MIN_ENDS { Vec::new() } else { ends }
}

fn slice(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to).unwrap_or_default().iter().collect()
}

/// The positions in both of what they have in common: a longest common subsequence.
fn common(one: &[char], other: &[char]) -> Vec<(usize, usize)> {
    if one.len().max(other.len()) > MAX_ALIGNED {
        return common_ends(one, other);
    }
    let width = other.len() + 1;
    // the lengths for what is left of both from each position on
    let mut lengths = vec![0_u16; (one.len() + 1) * width];
    let length = |lengths: &[u16], row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or(0);
    for (row, first) in one.iter().enumerate().rev() {
        for (column, second) in other.iter().enumerate().rev() {
            let here = if first == second {
                length(&lengths, row + 1, column + 1) + 1
            } else {
                length(&lengths, row + 1, column).max(length(&lengths, row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(row * width + column) {
                *cell = here;
            }
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while let (Some(first), Some(second)) = (one.get(row), other.get(column)) {
        if first == second {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if length(&lengths, row + 1, column) >= length(&lengths, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// The positions in both of how they begin and end alike.
fn common_ends(one: &[char], other: &[char]) -> Vec<(usize, usize)> {
    let begin = one.iter().zip(other).take_while(|(first, second)| first == second).count();
    let shorter = one.len().min(other.len());
    let ends = one.iter().rev().zip(other.iter().rev()).take(shorter - begin);
    let end = ends.take_while(|(first, second)| first == second).count();
    let from_end = (1..=end).rev().map(|back| (one.len() - back, other.len() - back));
    (0..begin).map(|at| (at, at)).chain(from_end).collect()
}

#[derive(Default)]
struct DiffParts(Vec<DiffPart>);

impl DiffParts {
    fn same(&mut self, char: char) {
        match self.0.last_mut() {
            Some(DiffPart::Same(text)) => text.push(char),
            _ => self.0.push(DiffPart::Same(char.into())),
        }
    }

    /// What only this one has, where the other has so many characters instead.
    fn differs(&mut self, text: &str, others: usize) {
        let own = text.chars().count();
        if own > 0 {
            self.0.push(DiffPart::Differs(text.to_owned()));
        }
        if others > own {
            self.0.push(DiffPart::Gap(others - own));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[differs]`, and `_` for each character that is missing.
    fn written(parts: &[DiffPart]) -> String {
        let part = |part: &DiffPart| match part {
            DiffPart::Same(text) => text.clone(),
            DiffPart::Differs(text) => format!("[{text}]"),
            DiffPart::Gap(width) => "_".repeat(*width),
        };
        parts.iter().map(part).collect()
    }

    #[test]
    fn differences_are_marked_and_the_rest_is_aligned() {
        for (expected, actual, marked_expected, marked_actual) in [
            ("https://a.example/x/", "https://a.example/x", "https://a.example/x[/]", "https://a.example/x_"),
            ("https://a.example/x", "http://a.example/x", "http[s]://a.example/x", "http_://a.example/x"),
            ("contoso-7k2m9q", "Contoso-7k2m9q", "[c]ontoso-7k2m9q", "[C]ontoso-7k2m9q"),
            ("contoso-7k2m9q", "contoso-7k2m9q ", "contoso-7k2m9q_", "contoso-7k2m9q[ ]"),
            (
                "https://a.example/x",
                "https://a.example:8443/x",
                "https://a.example_____/x",
                "https://a.example[:8443]/x",
            ),
            ("contoso", "spn", "[contoso]", "[spn]____"),
            ("contoso-tcszwe", "somebody-else", "[contoso-tcszwe]", "[somebody-else]_"),
            ("", "x", "_", "[x]"),
        ] {
            let (expected, actual) = compare(expected, actual);
            assert_eq!((written(&expected).as_str(), written(&actual).as_str()), (marked_expected, marked_actual));
        }
    }

    #[test]
    fn the_nearest_of_several_values_is_compared() {
        let expected = FindingValue::text("https://a.example/sp");
        let actual = FindingValue::list(["urn:other", "https://A.example/sp/", "https://b.test/app"]);
        let found = value_diff(FindingCode::WrongAudience, &expected, &actual).unwrap();
        assert_eq!(written(&found.actual), "https://[A].example/sp[/]");
        assert_eq!(found.differences, [Difference::LetterCase, Difference::TrailingSlash]);
        assert_eq!(found.others, ["urn:other", "https://b.test/app"]);
    }

    #[test]
    fn an_address_that_is_no_teams_is_not_said_to_be_another_teams() {
        let reasons = |code, actual: &str| {
            let expected = FindingValue::text("https://a.example/saml/contoso-7k2m9q");
            value_diff(code, &expected, &FindingValue::text(actual)).unwrap().differences
        };
        let (other, mistyped) = ("https://a.example/sso/login", "https://a.example/saml/contoso-7k2m9qx");
        assert_eq!(reasons(FindingCode::WrongDestination, other), [Difference::Path]);
        assert_eq!(reasons(FindingCode::ReplyUrlUnknown, other), []);
        let typing_error = Difference::TypingError { more: "x".into(), less: String::new() };
        assert_eq!(reasons(FindingCode::ReplyUrlUnknown, mistyped), [typing_error]);
    }

    #[test]
    fn names_that_nobody_types_are_not_mistyped() {
        let expected = FindingValue::text("urn:oasis:names:tc:SAML:2.0:ac:classes:Password");
        let actual = FindingValue::text("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        for (expected, actual) in [(&expected, &actual), (&actual, &expected)] {
            let found = value_diff(FindingCode::AuthnContextNotRequested, expected, actual).unwrap();
            assert_eq!(found.differences, []);
        }
    }

    #[test]
    fn missing_values_and_other_findings_are_not_compared() {
        let expected = FindingValue::text("contoso");
        assert_eq!(value_diff(FindingCode::WrongAudience, &expected, &FindingValue::Missing), None);
        assert_eq!(value_diff(FindingCode::EmailDomain, &expected, &FindingValue::text("fabrikam")), None);
    }

    #[test]
    fn long_values_are_compared_by_their_ends() {
        let long = "x".repeat(MAX_ALIGNED * 100);
        let (expected, actual) = compare(&format!("{long}ab{long}"), &format!("{long}c{long}"));
        assert_eq!(expected.get(1), Some(&DiffPart::Differs("ab".into())));
        assert_eq!(actual.get(1..3), Some(&[DiffPart::Differs("c".into()), DiffPart::Gap(1)][..]));
    }
}
