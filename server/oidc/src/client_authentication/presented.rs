//! What a client sent to say who it is.

use std::fmt;

use serde_json::Value;
use zeroize::Zeroizing;

use super::basic;
use crate::error::OAuthError;
use crate::jose::jws;
use crate::parameters::Parameters;

/// RFC 7523 §2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest client id, in bytes.
const MAX_CLIENT_ID: usize = 256;
/// The longest secret, in bytes.
const MAX_SECRET: usize = 1024;

/// How a secret travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretMethod {
    /// In the `Authorization` header: `client_secret_basic`.
    Basic,
    /// In the form: `client_secret_post`.
    Post,
}

/// A client, by what it says of itself. Nothing of it is verified yet. Debug output shows no proof.
#[derive(Clone, PartialEq, Eq)]
pub enum PresentedClient {
    /// By its id alone. Only a client that is registered as public may.
    Public {
        /// Who it says it is.
        client_id: String,
    },
    /// By a secret.
    Secret {
        /// Who it says it is.
        client_id: String,
        /// The secret, never empty.
        secret: Zeroizing<String>,
        /// How it travelled.
        method: SecretMethod,
    },
    /// By a signed assertion: `private_key_jwt`.
    Assertion {
        /// Who it says it is.
        client_id: String,
        /// The assertion.
        assertion: String,
    },
}

impl PresentedClient {
    /// Who it says it is.
    #[must_use]
    pub fn client_id(&self) -> &str {
        match self {
            Self::Public { client_id } | Self::Secret { client_id, .. } | Self::Assertion { client_id, .. } => {
                client_id
            }
        }
    }
}

impl fmt::Debug for PresentedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Public { .. } => "Public",
            Self::Secret { method: SecretMethod::Basic, .. } => "Secret(Basic)",
            Self::Secret { method: SecretMethod::Post, .. } => "Secret(Post)",
            Self::Assertion { .. } => "Assertion",
        };
        f.debug_struct(name).field("client_id", &self.client_id()).finish_non_exhaustive()
    }
}

/// Reads who asks, from the `Authorization` header and the form.
///
/// More than one proof at once, and a `client_id` that differs from the header's, is `invalid_request`;
/// none, and one that cannot be read, is `invalid_client`.
pub fn presented_client(authorization: Option<&str>, form: &Parameters) -> Result<PresentedClient, OAuthError> {
    let secret = form.get("client_secret");
    let assertion = form.get("client_assertion");
    let is_assertion = assertion.is_some() || form.get("client_assertion_type").is_some();
    let proofs = [authorization.is_some(), secret.is_some(), is_assertion];
    if proofs.into_iter().filter(|is_there| *is_there).count() > 1 {
        return Err(OAuthError::invalid_request("There is more than one proof of the client: send one"));
    }
    let client = if let Some(header) = authorization {
        by_header(header, form)?
    } else if let Some(secret) = secret {
        let client_id = form.require("client_id")?.to_owned();
        PresentedClient::Secret { client_id, secret: Zeroizing::new(secret.to_owned()), method: SecretMethod::Post }
    } else if is_assertion {
        by_assertion(form)?
    } else {
        let client_id = form.get("client_id").map(str::to_owned);
        let client_id = client_id.ok_or_else(|| OAuthError::invalid_client("Send client_id and the client's proof"))?;
        PresentedClient::Public { client_id }
    };
    check_sizes(&client)?;
    Ok(client)
}

fn by_header(header: &str, form: &Parameters) -> Result<PresentedClient, OAuthError> {
    let (client_id, secret) = basic::credentials(header)?;
    if form.get("client_id").is_some_and(|other| other != client_id) {
        return Err(OAuthError::invalid_request("The client_id of the form is not that of the Authorization header"));
    }
    Ok(PresentedClient::Secret { client_id, secret, method: SecretMethod::Basic })
}

/// The parameter `client_id` is optional here (RFC 7521 §4.2): what the assertion says shows whose keys
/// to verify it by.
fn by_assertion(form: &Parameters) -> Result<PresentedClient, OAuthError> {
    if form.require("client_assertion_type")? != JWT_BEARER {
        let description = format!("The client_assertion_type must be {JWT_BEARER}");
        return Err(OAuthError::invalid_request(description));
    }
    let assertion = form.require("client_assertion")?;
    let client_id = match form.get("client_id") {
        Some(client_id) => client_id.to_owned(),
        None => unverified_sub(assertion)
            .ok_or_else(|| OAuthError::invalid_client("The client_assertion is no signed JWT with a sub"))?,
    };
    Ok(PresentedClient::Assertion { client_id, assertion: assertion.to_owned() })
}

fn unverified_sub(assertion: &str) -> Option<String> {
    jws::payload_unverified(assertion)?.get("sub").and_then(Value::as_str).map(str::to_owned)
}

fn check_sizes(client: &PresentedClient) -> Result<(), OAuthError> {
    let client_id = client.client_id();
    let is_id = (1..=MAX_CLIENT_ID).contains(&client_id.len()) && !client_id.contains(char::is_control);
    let is_secret = match client {
        PresentedClient::Secret { secret, .. } => (1..=MAX_SECRET).contains(&secret.len()),
        _ => true,
    };
    if is_id && is_secret {
        return Ok(());
    }
    Err(OAuthError::invalid_client("The client_id or the secret is empty or too long"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OAuthErrorCode;

    /// `id:secret`
    const BASIC: &str = "Basic aWQ6c2VjcmV0";

    fn present(authorization: Option<&str>, form: &str) -> Result<PresentedClient, OAuthError> {
        presented_client(authorization, &Parameters::parse_query(form).unwrap())
    }

    fn assertion_form(assertion: &str) -> String {
        format!("client_assertion_type={JWT_BEARER}&client_assertion={assertion}")
    }

    fn secret(method: SecretMethod) -> PresentedClient {
        let secret = Zeroizing::new("secret".to_owned());
        PresentedClient::Secret { client_id: "id".to_owned(), secret, method }
    }

    #[test]
    fn each_method_is_read() {
        assert_eq!(present(Some(BASIC), ""), Ok(secret(SecretMethod::Basic)));
        assert_eq!(present(Some(BASIC), "client_id=id"), Ok(secret(SecretMethod::Basic)));
        assert_eq!(present(None, "client_id=id&client_secret=secret"), Ok(secret(SecretMethod::Post)));
        let public = PresentedClient::Public { client_id: "id".to_owned() };
        assert_eq!(present(None, "client_id=id&client_secret="), Ok(public));
    }

    #[test]
    fn an_assertion_names_its_client_itself() {
        // {"sub":"id"}
        let assertion = "e30.eyJzdWIiOiJpZCJ9.AA";
        let client = present(None, &assertion_form(assertion)).unwrap();
        assert_eq!(client.client_id(), "id");
        let client = present(None, &format!("{}&client_id=other", assertion_form(assertion))).unwrap();
        assert_eq!(
            client,
            PresentedClient::Assertion { client_id: "other".to_owned(), assertion: assertion.to_owned() }
        );
    }

    #[test]
    fn more_than_one_proof_is_refused() {
        let assertion = assertion_form("e30.e30.AA");
        for (authorization, form) in [
            (Some(BASIC), "client_id=id&client_secret=secret"),
            (Some(BASIC), assertion.as_str()),
            (Some(BASIC), "client_assertion=x"),
            (None, &format!("{assertion}&client_id=id&client_secret=secret")),
        ] {
            assert_eq!(present(authorization, form).unwrap_err().code, OAuthErrorCode::InvalidRequest, "{form}");
        }
    }

    #[test]
    fn a_client_id_that_differs_from_the_header_is_refused() {
        assert_eq!(present(Some(BASIC), "client_id=other").unwrap_err().code, OAuthErrorCode::InvalidRequest);
    }

    #[test]
    fn incomplete_proofs_are_refused() {
        let long = format!("client_id={}", "a".repeat(MAX_CLIENT_ID + 1));
        for (form, code) in [
            ("", OAuthErrorCode::InvalidClient),
            ("client_secret=secret", OAuthErrorCode::InvalidRequest),
            ("client_assertion=e30.e30.AA", OAuthErrorCode::InvalidRequest),
            ("client_assertion=e30.e30.AA&client_assertion_type=saml", OAuthErrorCode::InvalidRequest),
            (&assertion_form(""), OAuthErrorCode::InvalidRequest),
            (&assertion_form("e30.e30.AA"), OAuthErrorCode::InvalidClient),
            (&long, OAuthErrorCode::InvalidClient),
        ] {
            assert_eq!(present(None, form).unwrap_err().code, code, "{form}");
        }
        // `id:` and `:secret`
        for header in ["Basic aWQ6", "Basic OnNlY3JldA=="] {
            assert_eq!(present(Some(header), "").unwrap_err().code, OAuthErrorCode::InvalidClient, "{header}");
        }
    }

    #[test]
    fn debug_output_shows_no_secret() {
        assert_eq!(format!("{:?}", secret(SecretMethod::Post)), r#"Secret(Post) { client_id: "id", .. }"#);
    }
}
