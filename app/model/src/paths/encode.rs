//! How values are written into an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter;

/// A pattern with its parameters in place, in order.
pub(super) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let segments = pattern.split('/').map(|segment| {
        if segment.starts_with('{') {
            values.next().map(|value| encode_segment(value)).unwrap_or_default()
        } else {
            segment.to_owned()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// An address with a query. Values that are empty are left out.
pub(super) fn with_query<V: AsRef<str>>(address: &str, values: impl IntoIterator<Item = (&'static str, V)>) -> String {
    let (mut address, mut separator) = (address.to_owned(), '?');
    for (name, value) in values {
        let value = value.as_ref();
        if !value.is_empty() {
            address.push(separator);
            separator = '&';
            address.push_str(name);
            address.push('=');
            address.extend(utf8_percent_encode(value, &QUERY_VALUE));
        }
    }
    address
}

pub(super) fn with_next(address: &str, next: Option<&str>) -> String {
    with_query(address, next.map(|next| (parameter::NEXT, next)))
}

/// All but unreserved characters (RFC 3986 §2.3).
const SEGMENT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// All but those and the slash, which a query may hold as it is.
const QUERY_VALUE: AsciiSet = SEGMENT.remove(b'/');

pub(super) fn encode_segment(text: &str) -> String {
    utf8_percent_encode(text, &SEGMENT).to_string()
}
