//! What is sent to the portal.

use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::certificate::SigningCertificate;

use super::said::wrongly;
use super::{Fault, Faults};
use crate::certificates::{Keys, Which};
use crate::encrypt::ContentCipher;
use crate::keys::SigningKey;
use crate::response::{ResponseOptions, Sealing};

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
}

/// What is sent to the portal.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The value of `SAMLResponse`; of `wresult`, if it is [`Delivery::WsFederation`].
    pub saml_response: String,
    /// How it is brought.
    pub delivery: Delivery,
    /// What it says.
    pub said: ResponseOptions,
}

impl Answer {
    /// The form's fields, or the query's, in order.
    #[must_use]
    pub fn fields(&self, relay_state: Option<&str>) -> Vec<(&'static str, String)> {
        let response = self.saml_response.clone();
        let (mut fields, state) = match self.delivery {
            Delivery::WsFederation => (vec![("wa", "wsignin1.0".to_owned()), ("wresult", response)], "wctx"),
            _ => (vec![("SAMLResponse", response)], "RelayState"),
        };
        fields.extend(relay_state.map(|value| (state, value.to_owned())));
        fields
    }
}

/// What was before, for the faults that come back to it.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// What was sent last.
    pub answer: Option<Answer>,
    /// The application's request before the one that is answered.
    pub request_id: Option<String>,
    /// The last request of another application.
    pub foreign_request_id: Option<String>,
}

impl Earlier {
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
/// [`Faults`]. For [`Fault::StopsAtEntra`] that is nothing: [`Faults::refusal`] says what is
/// shown instead.
pub fn answer(
    keys: &Keys,
    options: ResponseOptions,
    sealing: &Sealing,
    faults: impl Into<Faults>,
    earlier: &Earlier,
) -> Result<Answer> {
    let faults = faults.into();
    let fault = faults.fault;
    if fault == Fault::StopsAtEntra {
        bail!("the sign-in stops at Entra: there is no response");
    }
    if let (Fault::Replay, Some(answer)) = (fault, &earlier.answer) {
        return Ok(Answer { delivery: Delivery::Post, ..answer.clone() });
    }
    let key = signing_key(keys, fault)?;
    let sealing = sealed(keys, sealing, fault)?;
    let mut said = wrongly(options, faults, earlier);
    if fault == Fault::TooLarge {
        enlarge(&mut said, &key, &sealing)?;
    }
    let saml_response = match fault {
        Fault::WsFederation => in_token(&said.sealed_assertion(&said.assertion_id, &key, &sealing)?),
        _ => form_value(&said.sealed_by(&key, &sealing)?, fault),
    };
    Ok(Answer { saml_response, delivery: delivery(fault), said })
}

fn signing_key(keys: &Keys, fault: Fault) -> Result<SigningKey> {
    let which = match fault {
        Fault::OtherCertificate => Which::Other,
        Fault::NextCertificate => Which::Next,
        Fault::CertificateExpired => Which::Expired,
        Fault::CertificateNotYetValid => Which::Future,
        Fault::KeyReplaced => return Ok(keys.get(Which::Other)?.under_certificate_of(&keys.active())),
        _ => Which::Active,
    };
    keys.get(which)
}

fn sealed(keys: &Keys, sealing: &Sealing, fault: Fault) -> Result<Sealing> {
    if fault != Fault::EncryptedForNobody {
        return Ok(sealing.clone());
    }
    let nobody = SigningCertificate::from_der(&keys.get(Which::Other)?.certificate_der()?)?;
    let cipher = sealing.encryption.as_ref().map_or(ContentCipher::default(), |(_, cipher)| *cipher);
    Ok(Sealing { encryption: Some((nobody, cipher)), ..sealing.clone() })
}

/// Adds a claim as long as is missing to be too large.
fn enlarge(options: &mut ResponseOptions, key: &SigningKey, sealing: &Sealing) -> Result<()> {
    let missing = TOO_LARGE.saturating_sub(options.sealed_by(key, sealing)?.len());
    // what is encrypted is in Base64
    let length = if sealing.encryption.is_some() { missing / 4 * 3 } else { missing };
    options.set_claim("https://contoso.example/claims/photo", vec!["A".repeat(length)]);
    Ok(())
}

fn form_value(xml: &str, fault: Fault) -> String {
    match fault {
        Fault::NotBase64 => xml.to_owned(),
        Fault::NotXml => STANDARD.encode(xml.chars().take(xml.chars().count() / 2).collect::<String>()),
        Fault::Doctype => STANDARD.encode(format!("<!DOCTYPE samlp:Response>{xml}")),
        _ => STANDARD.encode(xml),
    }
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
        _ => Delivery::Post,
    }
}
