//! What is sent to the portal.

use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::certificate::SigningCertificate;
use saml::raw_deflate::compress_into;

use super::catalogue::Fault;
use super::faults::Faults;
use super::response_faults::{EarlierRequestIds, apply_faults};
use crate::certificates::{KeySlot, Keys};
use crate::encrypt::ContentCipher;
use crate::keys::SigningKey;
use crate::response::{ResponseOptions, ResponseProtection};

/// Just more than the 256 KiB that a response may have, so that a limit of 350 KiB for the
/// whole form lets it in.
const TOO_LARGE: usize = 257 * 1024;

/// How the browser brings it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// HTTP-POST, as SAML has it.
    #[default]
    Post,
    /// In the query of a GET.
    Query,
    /// By HTTP-POST, from an address that can be opened in another browser.
    Held,
    /// By a form as well, whose fields are WS-Federation's.
    WsFederation,
    /// By a form with a reference to it only (SAML bindings §3.6).
    Artifact,
    /// By HTTP-POST, to an address that is not the Reply URL.
    Mistyped,
    /// By HTTP-POST, with a RelayState of its own.
    ForeignRelayState,
}

/// A reference to a response: its type, an endpoint, a source and a handle (SAML bindings §3.6.4).
const ARTIFACT: &str = "AAQAAMFbLinlXaCM+FIxiDwGOLAy2T71gbpO7ZhNzAgEANlB90ECfpNEVLg=";

/// Where an identity provider wants people to arrive that no application knows.
const INTRANET: &str = "https://intranet.contoso.example/start";

/// What is sent to the portal.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The value of `SAMLResponse`; of `wresult`, if it is [`Delivery::WsFederation`].
    pub saml_response: String,
    /// How it is brought.
    pub delivery: Delivery,
    /// What the response says.
    pub response: ResponseOptions,
}

impl Answer {
    /// The form's fields, or the query's, in order.
    #[must_use]
    pub fn fields(&self, relay_state: Option<&str>) -> Vec<(&'static str, String)> {
        let value = self.saml_response.clone();
        let (mut fields, state_name) = match self.delivery {
            Delivery::WsFederation => (vec![("wa", "wsignin1.0".to_owned()), ("wresult", value)], "wctx"),
            Delivery::Artifact => (vec![("SAMLart", ARTIFACT.to_owned())], "RelayState"),
            _ => (vec![("SAMLResponse", value)], "RelayState"),
        };
        let relay_state = if self.delivery == Delivery::ForeignRelayState { Some(INTRANET) } else { relay_state };
        fields.extend(relay_state.map(|state| (state_name, state.to_owned())));
        fields
    }

    /// Where it is sent, of an application with that Reply URL.
    #[must_use]
    pub fn address(&self, reply_url: &str) -> String {
        let mistyped = if self.delivery == Delivery::Mistyped { "x" } else { "" };
        format!("{reply_url}{mistyped}")
    }
}

/// Earlier messages, for the faults that repeat or answer one.
#[derive(Clone, Debug, Default)]
pub struct EarlierMessages {
    /// What was sent last.
    pub answer: Option<Answer>,
    /// The application's request before the one that is answered.
    pub request_id: Option<String>,
    /// The last request of another application.
    pub foreign_request_id: Option<String>,
}

impl EarlierMessages {
    /// The requests that a fault can answer instead.
    pub(super) fn request_ids(&self) -> EarlierRequestIds<'_> {
        EarlierRequestIds {
            same_application: self.request_id.as_deref(),
            other_application: self.foreign_request_id.as_deref(),
        }
    }

    /// What a fault lacks, so that nothing is wrong after all.
    #[must_use]
    pub fn lacks(&self, fault: Fault) -> Option<&'static str> {
        match fault {
            Fault::AnswersEarlierRequest if self.request_id.is_none() => {
                Some("This application has sent no request before, so this one is answered.")
            }
            Fault::AnswersForeignRequest if self.foreign_request_id.is_none() => {
                Some("No other application has sent a request, so this one is answered.")
            }
            _ => None,
        }
    }
}

/// Makes what is sent to the portal of what Entra would say, by a [`Fault`] or whole
/// [`Faults`]. For faults that [stop](Fault::stops) on a page that is nothing.
pub fn answer(
    keys: &Keys,
    options: ResponseOptions,
    protection: &ResponseProtection,
    faults: impl Into<Faults>,
    earlier: &EarlierMessages,
) -> Result<Answer> {
    let faults = faults.into();
    let fault = faults.fault;
    if fault.stops() {
        bail!("the sign-in stops on a page: there is no response");
    }
    if let (Fault::Replay, Some(answer)) = (fault, &earlier.answer) {
        return Ok(Answer { delivery: Delivery::Post, ..answer.clone() });
    }
    let key = signing_key(keys, fault)?;
    let protection = protection_of(keys, protection, fault)?;
    let signing = faults.shape.signing().unwrap_or(protection.signing);
    let protection = ResponseProtection { signing, ..protection };
    let mut response = apply_faults(options, faults, earlier.request_ids());
    if fault == Fault::TooLarge {
        enlarge(&mut response, &key, &protection)?;
    }
    let saml_response = match fault {
        Fault::WsFederation => in_token(&response.protected_assertion(&response.assertion_id, &key, &protection)?),
        Fault::LogoutAnswer => STANDARD.encode(logout_answer(&response)),
        _ => form_value(&response.protected_by(&key, &protection)?, fault)?,
    };
    Ok(Answer { saml_response, delivery: delivery(fault), response })
}

fn signing_key(keys: &Keys, fault: Fault) -> Result<SigningKey> {
    let slot = match fault {
        Fault::OtherCertificate => KeySlot::Other,
        Fault::NextCertificate => KeySlot::Next,
        Fault::CertificateExpired => KeySlot::Expired,
        Fault::CertificateNotYetValid => KeySlot::Future,
        Fault::KeyReplaced => return Ok(keys.get(KeySlot::Other)?.under_certificate_of(&keys.active())),
        _ => KeySlot::Active,
    };
    keys.get(slot)
}

fn protection_of(keys: &Keys, protection: &ResponseProtection, fault: Fault) -> Result<ResponseProtection> {
    if fault != Fault::EncryptedForNobody {
        return Ok(protection.clone());
    }
    let nobody = SigningCertificate::from_der(&keys.get(KeySlot::Other)?.certificate_der()?)?;
    let cipher = protection.encryption.as_ref().map_or(ContentCipher::default(), |(_, cipher)| *cipher);
    Ok(ResponseProtection { encryption: Some((nobody, cipher)), ..protection.clone() })
}

/// Adds a claim as long as is missing to be too large.
fn enlarge(options: &mut ResponseOptions, key: &SigningKey, protection: &ResponseProtection) -> Result<()> {
    let missing = TOO_LARGE.saturating_sub(options.protected_by(key, protection)?.len());
    // what is encrypted is in Base64
    let length = if protection.encryption.is_some() { missing / 4 * 3 } else { missing };
    options.set_claim("https://contoso.example/claims/photo", vec!["A".repeat(length)]);
    Ok(())
}

fn form_value(xml: &str, fault: Fault) -> Result<String> {
    Ok(match fault {
        Fault::NotBase64 => xml.to_owned(),
        Fault::Compressed => STANDARD.encode(compressed(xml)?),
        Fault::NotXml => STANDARD.encode(xml.chars().take(xml.chars().count() / 2).collect::<String>()),
        Fault::Doctype => STANDARD.encode(format!("<!DOCTYPE samlp:Response>{xml}")),
        _ => STANDARD.encode(xml),
    })
}

fn compressed(xml: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(xml.len() + 1024);
    if !compress_into(xml, &mut bytes) {
        bail!("the response has no room when it is compressed");
    }
    Ok(bytes)
}

/// The answer to a request to sign out.
fn logout_answer(response: &ResponseOptions) -> String {
    format!(
        r#"<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="{}" Version="2.0" IssueInstant="{}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">{}</Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>"#,
        response.response_id,
        response.issued_at.format("%Y-%m-%dT%H:%M:%SZ"),
        response.issuer,
    )
}

/// The answer of WS-Federation to a request for a token (WS-Trust, February 2005).
fn in_token(assertion: &str) -> String {
    format!(
        r#"<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken>{assertion}</t:RequestedSecurityToken><t:TokenType>urn:oasis:names:tc:SAML:2.0:assertion</t:TokenType></t:RequestSecurityTokenResponse>"#
    )
}

fn delivery(fault: Fault) -> Delivery {
    match fault {
        Fault::ByGet => Delivery::Query,
        Fault::Hold => Delivery::Held,
        Fault::WsFederation => Delivery::WsFederation,
        Fault::ByArtifact => Delivery::Artifact,
        Fault::ReplyUrlMistyped => Delivery::Mistyped,
        Fault::ForeignRelayState => Delivery::ForeignRelayState,
        _ => Delivery::Post,
    }
}
