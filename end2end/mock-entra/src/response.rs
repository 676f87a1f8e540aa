//! Responses as Entra writes them.

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use saml::certificate::SigningCertificate;

use crate::app::{App, SigningOption};
use crate::directory::User;
use crate::encrypt::{ContentCipher, encrypted_assertion};
use crate::keys::SigningKey;
use crate::request::Asked;
use crate::tenant::Tenant;
use crate::xml::escape;

const WS_CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const MS_CLAIMS: &str = "http://schemas.microsoft.com/identity/claims";

/// A claim and its values.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// What is signed, and whom it is encrypted to.
#[derive(Clone, Debug, Default)]
pub struct Sealing {
    /// What is signed.
    pub signing: SigningOption,
    /// Who alone may read the assertion, and what it is encrypted with.
    pub encryption: Option<(SigningCertificate, ContentCipher)>,
}

impl Sealing {
    /// As an application wants it.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let encryption = app.encrypting().map(|certificate| (certificate, app.encryption));
        Self { signing: app.signing, encryption }
    }
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
    /// For whom the assertion is meant.
    pub audience: String,
    /// The request it answers; empty where the tile in My Apps began the sign-in.
    pub in_response_to: String,
    /// When it is made.
    pub issued_at: DateTime<Utc>,
    /// From when it is valid.
    pub not_before: DateTime<Utc>,
    /// Until when it is valid.
    pub not_on_or_after: DateTime<Utc>,
    /// Who signed in.
    pub name_id: String,
    /// How that is to be read.
    pub name_id_format: String,
    /// What is said about them.
    pub claims: Vec<Claim>,
}

impl ResponseOptions {
    /// Entra's answer to a request: valid from five minutes ago, for 70 minutes, with the
    /// default claims and the `email` that the portal asks administrators to add.
    #[must_use]
    pub fn entra(tenant: &Tenant, asked: &Asked, user: &User, now: DateTime<Utc>, random: [u8; 32]) -> Self {
        let (first, second) = random.split_at(16);
        Self {
            response_id: format!("_{}", hex::encode(first)),
            assertion_id: format!("_{}", hex::encode(second)),
            issuer: tenant.entity_id(),
            destination: asked.reply_url.clone(),
            recipient: asked.reply_url.clone(),
            audience: asked.identifier.clone(),
            in_response_to: asked.id.clone(),
            issued_at: now,
            not_before: now - TimeDelta::minutes(5),
            not_on_or_after: now + TimeDelta::minutes(70),
            name_id: user.upn.clone(),
            name_id_format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned(),
            claims: claims(tenant, user),
        }
    }

    /// The response with its assertion signed: Entra's default of Sign SAML assertion.
    pub fn signed_by(&self, key: &SigningKey) -> Result<String> {
        self.sealed_by(key, &Sealing::default())
    }

    /// The response, signed as its application wants it. An assertion is signed first and
    /// encrypted then, and a response is signed with the encrypted assertion in it.
    pub fn sealed_by(&self, key: &SigningKey, sealing: &Sealing) -> Result<String> {
        let certificate = key.certificate_base64()?;
        let assertion = if sealing.signing.signs_assertion() {
            key.sign(&self.assertion(&empty_signature(&self.assertion_id, &certificate)))?
        } else {
            self.assertion("")
        };
        let assertion = match &sealing.encryption {
            Some((recipient, cipher)) => encrypted_assertion(&assertion, recipient, *cipher)?,
            None => assertion,
        };
        if sealing.signing.signs_response() {
            key.sign(&self.response(&empty_signature(&self.response_id, &certificate), &assertion))
        } else {
            Ok(self.response("", &assertion))
        }
    }

    fn response(&self, signature: &str, assertion: &str) -> String {
        let Self { response_id, destination, issuer, .. } = self;
        let (destination, in_response_to) = (escape(destination), self.in_response_to());
        format!(
            r#"<samlp:Response ID="{response_id}" Version="2.0" IssueInstant="{instant}" Destination="{destination}"{in_response_to} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</Issuer>{signature}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"#,
            instant = format(self.issued_at),
            issuer = escape(issuer),
        )
    }

    fn assertion(&self, signature: &str) -> String {
        let id = &self.assertion_id;
        let instant = format(self.issued_at);
        [
            format!(r#"<Assertion ID="{id}" IssueInstant="{instant}" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">"#),
            format!("<Issuer>{}</Issuer>", escape(&self.issuer)),
            signature.to_owned(),
            self.subject(),
            self.conditions(),
            self.attributes(),
            format!(
                r#"<AuthnStatement AuthnInstant="{instant}" SessionIndex="{id}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>"#
            ),
        ]
        .concat()
    }

    fn subject(&self) -> String {
        format!(
            r#"<Subject><NameID Format="{}">{}</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData{} NotOnOrAfter="{}" Recipient="{}"/></SubjectConfirmation></Subject>"#,
            escape(&self.name_id_format),
            escape(&self.name_id),
            self.in_response_to(),
            format(self.not_on_or_after),
            escape(&self.recipient),
        )
    }

    /// The attribute, if a request is answered.
    fn in_response_to(&self) -> String {
        let id = &self.in_response_to;
        if id.is_empty() { String::new() } else { format!(r#" InResponseTo="{}""#, escape(id)) }
    }

    fn conditions(&self) -> String {
        format!(
            r#"<Conditions NotBefore="{}" NotOnOrAfter="{}"><AudienceRestriction><Audience>{}</Audience></AudienceRestriction></Conditions>"#,
            format(self.not_before),
            format(self.not_on_or_after),
            escape(&self.audience),
        )
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

/// The claims of a new enterprise application.
fn claims(tenant: &Tenant, user: &User) -> Vec<Claim> {
    let claim = |name: String, values: Vec<String>| Claim { name, values };
    let one = |name: String, value: &str| claim(name, vec![value.to_owned()]);
    vec![
        one(format!("{MS_CLAIMS}/tenantid"), &tenant.id),
        one(format!("{MS_CLAIMS}/objectidentifier"), &user.object_id()),
        one(format!("{MS_CLAIMS}/displayname"), &user.display_name),
        one(format!("{MS_CLAIMS}/identityprovider"), &tenant.entity_id()),
        claim(
            "http://schemas.microsoft.com/claims/authnmethodsreferences".to_owned(),
            vec![
                "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password".to_owned(),
                "http://schemas.microsoft.com/claims/multipleauthn".to_owned(),
            ],
        ),
        one(format!("{WS_CLAIMS}/givenname"), &user.given_name),
        one(format!("{WS_CLAIMS}/surname"), &user.surname),
        one(format!("{WS_CLAIMS}/emailaddress"), &user.mail),
        one(format!("{WS_CLAIMS}/name"), &user.upn),
        one("email".to_owned(), &user.mail),
    ]
}

fn empty_signature(id: &str, certificate: &str) -> String {
    format!(
        r##"<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI="#{id}"><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue></DigestValue></Reference></SignedInfo><SignatureValue></SignatureValue><KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></Signature>"##
    )
}

fn format(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}
