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

use crate::shape::Shape;
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
    /// Whose responses it looks like.
    pub shape: Shape,
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
            shape: Shape::default(),
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
        let samlp = self.shape.protocol();
        format!(
            r#"<{samlp}:Response ID="{response_id}" Version="2.0" IssueInstant="{instant}" Destination="{destination}"{in_response_to} xmlns:{samlp}="urn:oasis:names:tc:SAML:2.0:protocol">{issuer}{signature}{status}{assertions}</{samlp}:Response>"#,
            instant = format(self.issued_at),
            issuer = self.root("Issuer", "", &escape(issuer)),
            status = self.status(),
        )
    }

    fn status(&self) -> String {
        let samlp = self.shape.protocol();
        let Some(Failure { code, sub_code, message }) = &self.failure else {
            return format!(r#"<{samlp}:Status><{samlp}:StatusCode Value="{SUCCESS}"/></{samlp}:Status>"#);
        };
        let sub_code =
            sub_code.as_ref().map(|code| format!(r#"<{samlp}:StatusCode Value="{code}"/>"#)).unwrap_or_default();
        format!(
            r#"<{samlp}:Status><{samlp}:StatusCode Value="{code}">{sub_code}</{samlp}:StatusCode><{samlp}:StatusMessage>{}</{samlp}:StatusMessage></{samlp}:Status>"#,
            escape(message),
        )
    }

    /// An element of the assertion's namespace that declares it. The attributes begin with a blank each.
    fn root(&self, name: &str, attributes: &str, content: &str) -> String {
        let prefix = self.shape.assertion();
        let declared = if prefix.is_empty() { String::new() } else { format!(":{}", prefix.trim_end_matches(':')) };
        format!(
            r#"<{prefix}{name}{attributes} xmlns{declared}="urn:oasis:names:tc:SAML:2.0:assertion">{content}</{prefix}{name}>"#
        )
    }

    /// An element within.
    fn element(&self, name: &str, attributes: &str, content: &str) -> String {
        let prefix = self.shape.assertion();
        match content {
            "" => format!("<{prefix}{name}{attributes}/>"),
            content => format!("<{prefix}{name}{attributes}>{content}</{prefix}{name}>"),
        }
    }

    fn assertion(&self, id: &str, signature: &str) -> String {
        let attributes = format!(r#" ID="{id}" IssueInstant="{}" Version="2.0""#, format(self.issued_at));
        let content = [
            self.element("Issuer", "", &escape(&self.issuer)),
            signature.to_owned(),
            self.subject(),
            self.conditions(),
            self.attributes(),
            self.authn_statement(id),
            self.second_session_index.as_deref().map(|index| self.authn_statement(index)).unwrap_or_default(),
        ];
        self.root("Assertion", &attributes, &content.concat())
    }

    fn authn_statement(&self, session_index: &str) -> String {
        let class = self.element("AuthnContextClassRef", "", &escape(&self.authn_context));
        let attributes = format!(
            r#" AuthnInstant="{}" SessionIndex="{}""#,
            format(self.authenticated_at.unwrap_or(self.issued_at)),
            escape(session_index),
        );
        self.element("AuthnStatement", &attributes, &self.element("AuthnContext", "", &class))
    }

    fn subject(&self) -> String {
        let data = format!(
            r#"{} NotOnOrAfter="{}" Recipient="{}""#,
            self.in_response_to(),
            format(self.not_on_or_after),
            escape(&self.recipient),
        );
        let data = self.element("SubjectConfirmationData", &data, "");
        let method = r#" Method="urn:oasis:names:tc:SAML:2.0:cm:bearer""#;
        let confirmation = self.element("SubjectConfirmation", method, &data);
        self.element("Subject", "", &(self.name_id() + &confirmation))
    }

    /// The element, if somebody is named.
    fn name_id(&self) -> String {
        let (format, name_id) = (escape(&self.name_id_format), escape(&self.name_id));
        let is_left_out = name_id.is_empty() && !self.empty_name_id;
        if is_left_out { name_id } else { self.element("NameID", &format!(r#" Format="{format}""#), &name_id) }
    }

    /// The attribute, if a request is answered.
    fn in_response_to(&self) -> String {
        let id = &self.in_response_to;
        if id.is_empty() { String::new() } else { format!(r#" InResponseTo="{}""#, escape(id)) }
    }

    fn conditions(&self) -> String {
        let times =
            format!(r#" NotBefore="{}" NotOnOrAfter="{}""#, format(self.not_before), format(self.not_on_or_after));
        self.element("Conditions", &times, &self.audience_restriction())
    }

    /// The element, if the assertion is not meant for everybody.
    fn audience_restriction(&self) -> String {
        let audience = escape(&self.audience);
        if audience.is_empty() {
            return audience;
        }
        self.element("AudienceRestriction", "", &self.element("Audience", "", &audience))
    }

    fn attributes(&self) -> String {
        let format = self.shape.name_format().map(|format| format!(r#" NameFormat="{format}""#)).unwrap_or_default();
        let attribute = |claim: &Claim| {
            let value = |value: &String| self.element("AttributeValue", "", &escape(value));
            let values: String = claim.values.iter().map(value).collect();
            self.element("Attribute", &format!(r#" Name="{}"{format}"#, escape(&claim.name)), &values)
        };
        let attributes: String = self.claims.iter().map(attribute).collect();
        self.element("AttributeStatement", "", &attributes)
    }
}

fn format(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}
