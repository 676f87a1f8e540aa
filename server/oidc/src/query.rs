//! Parameters that are added to an address.

use url::form_urlencoded;

/// The address with parameters at the end of its query. All else is kept as it is, character by
/// character: a registered address may have a query of its own (RFC 6749 §3.1.2).
pub(crate) fn with_parameters(address: &str, parameters: &[(&'static str, String)]) -> String {
    if parameters.is_empty() {
        return address.to_owned();
    }
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (address, None),
    };
    let separator = match address.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    let added = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{address}{separator}{added}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_query_that_it_has() {
        let with = |address: &str| with_parameters(address, &[("a", "1 &".to_owned())]);
        assert_eq!(with("https://app.example"), "https://app.example?a=1+%26");
        assert_eq!(with("https://app.example/?"), "https://app.example/?a=1+%26");
        assert_eq!(with("https://app.example/?b=%2f"), "https://app.example/?b=%2f&a=1+%26");
        assert_eq!(with("https://app.example/?b&"), "https://app.example/?b&a=1+%26");
        assert_eq!(with("com.example.app:/cb"), "com.example.app:/cb?a=1+%26");
        assert_eq!(with("https://app.example/#x?y"), "https://app.example/?a=1+%26#x?y");
        assert_eq!(with_parameters("https://app.example", &[]), "https://app.example");
    }
}
