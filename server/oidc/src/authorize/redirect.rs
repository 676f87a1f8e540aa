//! Where the browser may be sent (RFC 6749 §3.1.2, RFC 9700 §2.1).

use model::RedirectUri;

use super::ClientRegistration;
use crate::parameters::Parameters;

/// Why a browser is sent nowhere: the person is shown this, and the application hears nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UntrustedRedirect {
    /// None was given: Core §3.1.2.1 asks for one, even if one only is registered.
    #[error("the request has no redirect_uri: send one that is registered")]
    Missing,
    /// It is not registered, character by character.
    #[error("the redirect_uri is not registered: compare it, character by character, with those that are")]
    NotRegistered {
        /// What was asked for. It is text of whoever made the request.
        requested: String,
    },
}

/// The address that the browser is sent back to, as it was requested, if it is a registered one.
pub fn redirect_uri(parameters: &Parameters, client: &ClientRegistration<'_>) -> Result<String, UntrustedRedirect> {
    let requested = parameters.get("redirect_uri").ok_or(UntrustedRedirect::Missing)?.to_owned();
    if requested == client.trial_redirect_uri {
        return Ok(requested);
    }
    let is_registered = client.redirect_uris.iter().any(|registered| registered.matches(&requested));
    // again, for what a free port could let in
    if is_registered && requested.parse::<RedirectUri>().is_ok() {
        Ok(requested)
    } else {
        Err(UntrustedRedirect::NotRegistered { requested })
    }
}

#[cfg(test)]
mod tests {
    use model::Scopes;
    use url::form_urlencoded::byte_serialize;

    use super::*;

    const TRIAL: &str = "https://sso.example/trial/callback";

    fn requested(address: &str) -> Result<String, UntrustedRedirect> {
        let registered: Vec<RedirectUri> =
            ["https://app.example/cb?a=1", "http://127.0.0.1/cb"].map(|address| address.parse().unwrap()).into();
        let client = ClientRegistration {
            redirect_uris: &registered,
            trial_redirect_uri: TRIAL,
            scopes: &Scopes::all(),
            is_pkce_required: true,
        };
        let query = format!("redirect_uri={}", byte_serialize(address.as_bytes()).collect::<String>());
        redirect_uri(&Parameters::parse_query(&query).unwrap(), &client)
    }

    #[test]
    fn a_registered_address_is_kept_as_it_was_requested() {
        for address in ["https://app.example/cb?a=1", "http://127.0.0.1/cb", "http://127.0.0.1:5100/cb", TRIAL] {
            assert_eq!(requested(address).as_deref(), Ok(address));
        }
    }

    #[test]
    fn an_address_that_is_not_registered_is_refused() {
        for address in [
            "https://app.example/cb",
            "https://app.example/cb?a=1&b=2",
            "https://app.example/cb?a=1#x",
            " https://app.example/cb?a=1",
            "https://evil.example/cb?a=1",
            "https://sso.example/trial/callback?next=https://evil.example",
            "http://127.0.0.1:+80/cb",
            "http://127.0.0.1:5100@evil.example/cb",
            "javascript:alert(1)",
        ] {
            let why = UntrustedRedirect::NotRegistered { requested: address.to_owned() };
            assert_eq!(requested(address), Err(why), "{address}");
        }
    }

    #[test]
    fn an_address_has_to_be_given() {
        assert_eq!(requested(""), Err(UntrustedRedirect::Missing));
    }
}
