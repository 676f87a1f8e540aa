//! The parameters of a request: of its query, or of its form (RFC 6749 §3.1 and §3.2).

use std::fmt;

use url::form_urlencoded;

use crate::error::OAuthError;

/// No request needs more parameters.
const MAX_PARAMETERS: usize = 64;
/// No request needs longer ones: names and values together, in bytes. The longest is a hint at a
/// sign-out, an ID token with all attributes in it.
const MAX_BYTES: usize = 16 * 1024;

/// The parameters of one request, each at most once, none of them empty.
///
/// Debug output shows names only: values may be secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Parameters {
    /// Takes decoded names and values. An empty value counts as left out (RFC 6749 §3.1). A parameter
    /// that comes twice, more than 64 parameters or 16 KB in all, and a NUL, are `invalid_request`.
    pub fn parse(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, OAuthError> {
        let mut taken: Vec<(String, String)> = Vec::new();
        let mut bytes = 0_usize;
        for (number, (name, value)) in pairs.into_iter().enumerate() {
            bytes = bytes.saturating_add(name.len()).saturating_add(value.len());
            if number >= MAX_PARAMETERS || bytes > MAX_BYTES {
                return Err(OAuthError::invalid_request(
                    "The request is too large: send at most 64 parameters and 16 KB",
                ));
            }
            if value.is_empty() {
                continue;
            }
            check(&taken, &name, &value)?;
            taken.push((name, value));
        }
        Ok(Self(taken))
    }

    /// Takes the query of an address, without its `?`, or the body of a form.
    pub fn parse_query(query: &str) -> Result<Self, OAuthError> {
        Self::parse(form_urlencoded::parse(query.as_bytes()).into_owned())
    }

    /// The value of a parameter, if it was sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(taken, _)| *taken == name).map(|(_, value)| value)
    }

    /// Takes a parameter out, if it was sent.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let position = self.0.iter().position(|(taken, _)| taken == name)?;
        Some(self.0.remove(position).1)
    }

    /// All of them, in the order in which they were sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A parameter that must be there: `invalid_request` if it is not.
    pub(crate) fn require(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::invalid_request(format!("The parameter {name} is missing: send it")))
    }

    /// A parameter of at most that many bytes, without control characters: `invalid_request` otherwise.
    pub(crate) fn get_text(&self, name: &str, max: usize) -> Result<Option<String>, OAuthError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        if value.len() > max {
            return Err(OAuthError::invalid_request(format!("The parameter {name} has more than {max} bytes")));
        }
        if value.contains(char::is_control) {
            return Err(OAuthError::invalid_request(format!("The parameter {name} has a control character")));
        }
        Ok(Some(value.to_owned()))
    }
}

fn check(taken: &[(String, String)], name: &str, value: &str) -> Result<(), OAuthError> {
    if taken.iter().any(|(other, _)| other == name) {
        return Err(OAuthError::invalid_request(format!("The parameter {name} is there twice: send it once")));
    }
    // no parameter has a use for one, and not every database stores one
    if name.contains('\0') || value.contains('\0') {
        return Err(OAuthError::invalid_request(format!("The parameter {name} has a NUL in it")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OAuthErrorCode;

    #[test]
    fn parameters_are_decoded_and_found() {
        let parameters = Parameters::parse_query("scope=openid+email&state=%C3%A9%26&empty=&flag").unwrap();
        assert_eq!(parameters.get("scope"), Some("openid email"));
        assert_eq!(parameters.get("state"), Some("é&"));
        assert_eq!(parameters.get("empty"), None);
        assert_eq!(parameters.get("flag"), None);
        assert_eq!(parameters.iter().count(), 2);
    }

    #[test]
    fn a_parameter_that_comes_twice_is_refused() {
        let error = Parameters::parse_query("state=1&state=1").unwrap_err();
        assert_eq!(error.code, OAuthErrorCode::InvalidRequest);
        assert!(Parameters::parse_query("state=&state=1").is_ok());
    }

    #[test]
    fn too_many_or_too_long_parameters_are_refused() {
        let many = |count: usize| (0..count).map(|number| (number.to_string(), "x".to_owned()));
        assert!(Parameters::parse(many(MAX_PARAMETERS)).is_ok());
        assert!(Parameters::parse(many(MAX_PARAMETERS + 1)).is_err());
        assert!(Parameters::parse_query(&"&a=".repeat(MAX_PARAMETERS + 1)).is_err());
        let long = |bytes: usize| Parameters::parse([("a".to_owned(), "x".repeat(bytes))]);
        assert!(long(MAX_BYTES - 1).is_ok());
        assert!(long(MAX_BYTES).is_err());
    }

    #[test]
    fn a_nul_is_refused() {
        assert!(Parameters::parse_query("state=a%00").is_err());
        assert!(Parameters::parse_query("a%00=b").is_err());
    }

    #[test]
    fn debug_output_shows_no_values() {
        let parameters = Parameters::parse_query("client_secret=hunter2").unwrap();
        assert_eq!(format!("{parameters:?}"), r#"["client_secret"]"#);
    }
}
