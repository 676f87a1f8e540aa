//! Responses as Entra writes them.

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use saml::certificate::SigningCertificate;

use crate::app::{App, SigningOption};
use crate::claims;
use crate::directory::User;
use crate::encrypt::{ContentCipher, encrypted_assertion};
use crate::keys::SigningKey;
use crate::sign_in_request::SignInRequest;

use crate::signature::{SignatureKind, altered};
use crate::tenant::Tenant;
use crate::xml::escape;

pub use crate::claims::Claim;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";

/// How a response is signed and encrypted.
#[derive(Clone, Debug, Default)]
pub struct ResponseProtection {
    /// What is signed.
    pub signing: SigningOption,
    /// Who alone may read the assertion, and what it is encrypted with.
    pub encryption: Option<(SigningCertificate, ContentCipher)>,
}

impl ResponseProtection {
    /// As the application's settings say.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let encryption = app.encrypting().map(|certificate| (certificate, app.encryption));
        Self { signing: app.signing, encryption }
    }
}

/// Why nobody is signed in, as a response says it (core §3.2.2).
#[derive(Clone, Debug)]
pub struct Failure {
    /// The top-level status code.
    pub code: String,
    /// The second-level status code below it, if there is one.
    pub sub_code: Option<String>,
    /// The status message.
    pub message: String,
}

/// Everything a response says. [`ResponseOptions::entra`] fills it in as Entra does.
#[derive(Clone, Debug)]
pub struct ResponseOptions {
    /// The response's ID.
    pub response_id: String,
    /// The assertion's ID, which is also the session's index.
    pub assertion_id: String,
    /// Who issues both.
    pub issuer: String,
    /// Where the response is posted.
    pub destination: String,
    /// For whom the assertion is confirmed.
    pub recipient: String,
    /// For whom the assertion is meant; empty for everybody.
    pub audience: String,
    /// The request it answers; empty where the tile in My Apps began the sign-in.
    pub in_response_to: String,
    /// When it is made.
    pub issued_at: DateTime<Utc>,
    /// From when it is valid.
    pub not_before: DateTime<Utc>,
    /// Until when it is valid.
    pub not_on_or_after: DateTime<Utc>,
    /// When the person authenticated, if it was not now.
    pub authenticated_at: Option<DateTime<Utc>>,
    /// How the person authenticated.
    pub authn_context: String,
    /// The index of a second session, which has a statement of its own.
    pub second_session_index: Option<String>,
    /// Who signed in; empty for nobody.
    pub name_id: String,
    /// Whether nobody is named by an empty name identifier instead of by none.
    pub empty_name_id: bool,
    /// How that is to be read.
    pub name_id_format: String,
    /// What is said about them.
    pub claims: Vec<Claim>,
    /// The ID of a second assertion, which says the same.
    pub second_assertion_id: Option<String>,
    /// Why there is neither an assertion nor a signature.
    pub failure: Option<Failure>,
    /// How it is signed.
    pub signature: SignatureKind,
}

impl ResponseOptions {
    /// Entra's answer to a request: valid from five minutes ago, for 70 minutes, with the
    /// default claims and the `email` that the portal asks administrators to add.
    #[must_use]
    pub fn entra(tenant: &Tenant, request: &SignInRequest, user: &User, now: DateTime<Utc>, random: [u8; 32]) -> Self {
        let (first, second) = random.split_at(16);
        Self {
            response_id: format!("_{}", hex::encode(first)),
            assertion_id: format!("_{}", hex::encode(second)),
            issuer: tenant.entity_id(),
            destination: request.reply_url.clone(),
            recipient: request.reply_url.clone(),
            audience: request.identifier.clone(),
            in_response_to: request.id.clone(),
            issued_at: now,
            not_before: now - TimeDelta::minutes(5),
            not_on_or_after: now + TimeDelta::minutes(70),
            authenticated_at: None,
            authn_context: PASSWORD.to_owned(),
            second_session_index: None,
            name_id: user.upn.clone(),
            empty_name_id: false,
            name_id_format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned(),
            claims: claims::all_claims(tenant, user),
            second_assertion_id: None,
            failure: None,
            signature: SignatureKind::default(),
        }
    }

    /// Sets a claim, in place of one of that name.
    pub fn set_claim(&mut self, name: &str, values: Vec<String>) {
        match self.claims.iter_mut().find(|claim| claim.name == name) {
            Some(claim) => claim.values = values,
            None => self.claims.push(Claim { name: name.to_owned(), values }),
        }
    }

    /// The first value of a claim.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.iter().find(|claim| claim.name == name)?.values.first().map(String::as_str)
    }

    /// The response with its assertion signed: Entra's default of Sign SAML assertion.
    pub fn signed_by(&self, key: &SigningKey) -> Result<String> {
        self.protected_by(key, &ResponseProtection::default())
    }

    /// The response, signed as its application wants it. An assertion is signed first and
    /// encrypted then, and a response is signed with the encrypted assertion in it.
    pub fn protected_by(&self, key: &SigningKey, protection: &ResponseProtection) -> Result<String> {
        if self.failure.is_some() {
            return Ok(self.response("", ""));
        }
        let ids = std::iter::once(&self.assertion_id).chain(&self.second_assertion_id);
        let assertions = ids.map(|id| self.protected_assertion(id, key, protection)).collect::<Result<String>>()?;
        if !protection.signing.signs_response() {
            return Ok(self.response("", &assertions));
        }
        let id = &self.response_id;
        let signed = self.signature.sign(key, id, |signature| self.response(signature, &assertions))?;
        let is_altered = self.signature == SignatureKind::Altered && !protection.signing.signs_assertion();
        if is_altered { altered(&signed) } else { Ok(signed) }
    }

    /// One of its assertions, signed and encrypted as its application wants it.
    pub(crate) fn protected_assertion(
        &self,
        id: &str,
        key: &SigningKey,
        protection: &ResponseProtection,
    ) -> Result<String> {
        let mut assertion = self.assertion(id, "");
        if protection.signing.signs_assertion() {
            assertion = self.signature.sign(key, id, |signature| self.assertion(id, signature))?;
            if self.signature == SignatureKind::Altered {
                assertion = altered(&assertion)?;
            }
        }
        match &protection.encryption {
            Some((recipient, cipher)) => encrypted_assertion(&assertion, recipient, *cipher),
            None => Ok(assertion),
        }
    }

    fn response(&self, signature: &str, assertions: &str) -> String {
        let Self { response_id, destination, issuer, .. } = self;
        let (destination, in_response_to) = (escape(destination), self.in_response_to());
        format!(
            r#"<samlp:Response ID="{response_id}" Version="2.0" IssueInstant="{instant}" Destination="{destination}"{in_response_to} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</Issuer>{signature}{status}{assertions}</samlp:Response>"#,
            instant = format(self.issued_at),
            issuer = escape(issuer),
            status = self.status(),
        )
    }

    fn status(&self) -> String {
        let Some(Failure { code, sub_code, message }) = &self.failure else {
            return format!(r#"<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>"#);
        };
        let sub_code =
            sub_code.as_ref().map(|code| format!(r#"<samlp:StatusCode Value="{code}"/>"#)).unwrap_or_default();
        format!(
            r#"<samlp:Status><samlp:StatusCode Value="{code}">{sub_code}</samlp:StatusCode><samlp:StatusMessage>{}</samlp:StatusMessage></samlp:Status>"#,
            escape(message),
        )
    }

    fn assertion(&self, id: &str, signature: &str) -> String {
        let instant = format(self.issued_at);
        [
            format!(r#"<Assertion ID="{id}" IssueInstant="{instant}" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">"#),
            format!("<Issuer>{}</Issuer>", escape(&self.issuer)),
            signature.to_owned(),
            self.subject(),
            self.conditions(),
            self.attributes(),
            self.authn_statement(id),
            self.second_session_index.as_deref().map(|index| self.authn_statement(index)).unwrap_or_default(),
            "</Assertion>".to_owned(),
        ]
        .concat()
    }

    fn authn_statement(&self, session_index: &str) -> String {
        format!(
            r#"<AuthnStatement AuthnInstant="{}" SessionIndex="{}"><AuthnContext><AuthnContextClassRef>{}</AuthnContextClassRef></AuthnContext></AuthnStatement>"#,
            format(self.authenticated_at.unwrap_or(self.issued_at)),
            escape(session_index),
            escape(&self.authn_context),
        )
    }

    fn subject(&self) -> String {
        format!(
            r#"<Subject>{}<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData{} NotOnOrAfter="{}" Recipient="{}"/></SubjectConfirmation></Subject>"#,
            self.name_id(),
            self.in_response_to(),
            format(self.not_on_or_after),
            escape(&self.recipient),
        )
    }

    /// The element, if somebody is named.
    fn name_id(&self) -> String {
        let (format, name_id) = (escape(&self.name_id_format), escape(&self.name_id));
        let is_left_out = name_id.is_empty() && !self.empty_name_id;
        if is_left_out { name_id } else { format!(r#"<NameID Format="{format}">{name_id}</NameID>"#) }
    }

    /// The attribute, if a request is answered.
    fn in_response_to(&self) -> String {
        let id = &self.in_response_to;
        if id.is_empty() { String::new() } else { format!(r#" InResponseTo="{}""#, escape(id)) }
    }

    fn conditions(&self) -> String {
        format!(
            r#"<Conditions NotBefore="{}" NotOnOrAfter="{}">{}</Conditions>"#,
            format(self.not_before),
            format(self.not_on_or_after),
            self.audience_restriction(),
        )
    }

    /// The element, if the assertion is not meant for everybody.
    fn audience_restriction(&self) -> String {
        let audience = escape(&self.audience);
        if audience.is_empty() {
            return audience;
        }
        format!("<AudienceRestriction><Audience>{audience}</Audience></AudienceRestriction>")
    }

    fn attributes(&self) -> String {
        let value = |value: &String| format!("<AttributeValue>{}</AttributeValue>", escape(value));
        let attribute = |claim: &Claim| {
            let values: String = claim.values.iter().map(value).collect();
            format!(r#"<Attribute Name="{}">{values}</Attribute>"#, escape(&claim.name))
        };
        let attributes: String = self.claims.iter().map(attribute).collect();
        format!("<AttributeStatement>{attributes}</AttributeStatement>")
    }
}

fn format(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}
