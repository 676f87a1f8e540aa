//! An identity provider's metadata.

use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};

use crate::certificate::{Bundle, CertificateError, SigningCertificate, SkippedCertificate, decode};
use crate::identifiers::{BINDING_POST, BINDING_REDIRECT, DSIG, METADATA, PROTOCOL};
use crate::text_encoding::{UnsupportedEncoding, decode_text};
use crate::xml::{
    Construct, Limits, PrefilterError, XmlError, attribute, children, is_named, parse_instant, parsing_options,
    prefilter, text,
};

/// Metadata is never larger than this many bytes.
pub const METADATA_LIMIT: usize = 2 * 1024 * 1024;

/// Federations publish long files; one identity provider's is some 14 KB with Entra.
const LIMITS: Limits =
    Limits { elements: 20_000, depth: 32, attributes: 64, namespaces: 2_000, in_scope: 64, comments: true };

/// Why metadata cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// Larger than [`METADATA_LIMIT`].
    #[error("it is larger than 2 MiB: give the metadata of the one identity provider, not of a federation")]
    TooLarge,
    /// Not text in an encoding that we read.
    #[error("{0}")]
    Encoding(UnsupportedEncoding),
    /// Not well-formed.
    #[error("it is not well-formed XML: {what}")]
    NotXml {
        /// Why not.
        what: XmlError,
    },
    /// With a construct that is rejected before parsing.
    #[error("it contains {what}")]
    ForbiddenConstruct {
        /// Which.
        what: Construct,
    },
    /// Well-formed, but no SAML metadata.
    #[error("it is not SAML 2.0 metadata")]
    NotMetadata,
    /// Metadata of an application.
    #[error("it describes the service provider {entity_id} and no identity provider")]
    ServiceProvider {
        /// Its entity id.
        entity_id: String,
    },
    /// Metadata of an identity provider that speaks an older version only.
    #[error("it describes an identity provider, but none for SAML 2.0")]
    OlderProtocol,
    /// Metadata of somebody who is no identity provider.
    #[error("it describes no identity provider")]
    NoIdentityProvider,
    /// Metadata of several identity providers.
    #[error("it describes several identity providers: give the metadata of one")]
    SeveralIdentityProviders {
        /// Their entity ids, in order.
        entity_ids: Vec<String>,
    },
    /// An identity provider without a usable signing certificate.
    #[error("{0}")]
    Certificate(CertificateError),
}

impl From<PrefilterError> for MetadataError {
    fn from(refused: PrefilterError) -> Self {
        match refused {
            PrefilterError::Forbidden(what) => Self::ForbiddenConstruct { what },
            PrefilterError::Malformed(what) => Self::NotXml { what },
        }
    }
}

/// What we need to know about an identity provider (metadata §2.4.3). A signature in the
/// metadata is not looked at: trust comes from the administrator who brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdpMetadata {
    /// Its entity id, which Entra calls Microsoft Entra Identifier.
    pub entity_id: String,
    /// Where it takes requests by HTTP-Redirect.
    pub sso_redirect_url: Option<String>,
    /// Where it takes requests by HTTP-POST.
    pub sso_post_url: Option<String>,
    /// Where it takes logout requests by HTTP-Redirect.
    pub slo_redirect_url: Option<String>,
    /// Where it takes logout requests by HTTP-POST.
    pub slo_post_url: Option<String>,
    /// Where it takes logout responses, if elsewhere than requests (metadata §2.2.2): by
    /// HTTP-Redirect, or by HTTP-POST if it does logout by that alone.
    pub slo_response_url: Option<String>,
    /// Whether it wants authentication requests signed.
    pub want_authn_requests_signed: bool,
    /// Until when the metadata says that it holds (metadata §2.3.1).
    pub valid_until: Option<DateTime<Utc>>,
    /// What it signs with, at least one.
    pub certificates: Vec<SigningCertificate>,
    /// Certificates that stood beside them and cannot be used.
    pub skipped: Vec<SkippedCertificate>,
}

impl IdpMetadata {
    /// Reads an `EntityDescriptor`, or an `EntitiesDescriptor` with one identity provider.
    pub fn parse(xml: &[u8]) -> Result<Self, MetadataError> {
        if xml.len() > METADATA_LIMIT {
            return Err(MetadataError::TooLarge);
        }
        Self::read(&decode_text(xml).map_err(MetadataError::Encoding)?)
    }

    /// Reads a text.
    pub(crate) fn read(xml: &str) -> Result<Self, MetadataError> {
        let xml = xml.trim();
        if !xml.starts_with('<') {
            return Err(MetadataError::NotMetadata);
        }
        prefilter(xml, &LIMITS)?;
        let document = Document::parse_with_options(xml, parsing_options(LIMITS.elements))
            .map_err(|error| MetadataError::NotXml { what: error.into() })?;
        let (entity, role) = identity_provider(document.root_element())?;
        let (certificates, skipped) = certificates(role).map_err(MetadataError::Certificate)?;
        Ok(Self {
            entity_id: attribute(entity, "entityID").ok_or(MetadataError::NotMetadata)?.to_owned(),
            sso_redirect_url: location(role, "SingleSignOnService", BINDING_REDIRECT),
            sso_post_url: location(role, "SingleSignOnService", BINDING_POST),
            slo_redirect_url: location(role, "SingleLogoutService", BINDING_REDIRECT),
            slo_post_url: location(role, "SingleLogoutService", BINDING_POST),
            slo_response_url: slo_response_url(role),
            want_authn_requests_signed: attribute(role, "WantAuthnRequestsSigned").is_some_and(is_true),
            valid_until: valid_until(role),
            certificates,
            skipped,
        })
    }
}

/// The only entity with an `IDPSSODescriptor` for SAML 2.0, and that descriptor.
fn identity_provider<'a, 'input>(
    root: Node<'a, 'input>,
) -> Result<(Node<'a, 'input>, Node<'a, 'input>), MetadataError> {
    if !is_named(root, METADATA, "EntityDescriptor") && !is_named(root, METADATA, "EntitiesDescriptor") {
        return Err(MetadataError::NotMetadata);
    }
    let entities = || root.descendants().filter(|node| is_named(*node, METADATA, "EntityDescriptor"));
    let roles = |name: &'static str| {
        entities().flat_map(move |entity| children(entity, METADATA, name).map(move |role| (entity, role)))
    };
    let found: Vec<_> = roles("IDPSSODescriptor").filter(|(_, role)| speaks_saml2(role)).collect();
    let name =
        |(entity, _): &(Node<'_, '_>, Node<'_, '_>)| attribute(*entity, "entityID").unwrap_or_default().to_owned();
    match found.as_slice() {
        [only] => Ok(*only),
        [] if roles("IDPSSODescriptor").next().is_some() => Err(MetadataError::OlderProtocol),
        [] => Err(roles("SPSSODescriptor").next().map_or(MetadataError::NoIdentityProvider, |application| {
            MetadataError::ServiceProvider { entity_id: name(&application) }
        })),
        several => Err(MetadataError::SeveralIdentityProviders { entity_ids: several.iter().map(name).collect() }),
    }
}

/// The earliest of what the role and everything around it say.
fn valid_until(role: Node<'_, '_>) -> Option<DateTime<Utc>> {
    role.ancestors().filter_map(|node| parse_instant(attribute(node, "validUntil")?).ok()).min()
}

fn speaks_saml2(role: &Node<'_, '_>) -> bool {
    attribute(*role, "protocolSupportEnumeration")
        .is_some_and(|all| all.split_ascii_whitespace().any(|p| p == PROTOCOL))
}

/// An `xs:boolean` that is true.
fn is_true(value: &str) -> bool {
    matches!(value.trim(), "true" | "1")
}

/// The first endpoint of a service with that binding.
fn endpoint<'a, 'input>(role: Node<'a, 'input>, service: &'static str, binding: &str) -> Option<Node<'a, 'input>> {
    children(role, METADATA, service).find(|endpoint| attribute(*endpoint, "Binding") == Some(binding))
}

fn location(role: Node<'_, '_>, service: &'static str, binding: &str) -> Option<String> {
    endpoint(role, service, binding).and_then(|endpoint| attribute(endpoint, "Location")).map(str::to_owned)
}

fn slo_response_url(role: Node<'_, '_>) -> Option<String> {
    let logout = |binding| endpoint(role, "SingleLogoutService", binding);
    let endpoint = logout(BINDING_REDIRECT).or_else(|| logout(BINDING_POST))?;
    attribute(endpoint, "ResponseLocation").map(str::to_owned)
}

/// The certificates of every `KeyDescriptor` for signing, or for no stated use
/// (metadata §2.4.1.1). Those in one `KeyInfo` are for one key (xmldsig §4.4.4).
fn certificates(role: Node<'_, '_>) -> Result<(Vec<SigningCertificate>, Vec<SkippedCertificate>), CertificateError> {
    let keys = children(role, METADATA, "KeyDescriptor")
        .filter(|key| attribute(*key, "use").is_none_or(|purpose| purpose == "signing"));
    let mut bundle = Bundle::default();
    for info in keys.flat_map(|key| children(key, DSIG, "KeyInfo")) {
        let data = children(info, DSIG, "X509Data");
        let texts = data.flat_map(|data| children(data, DSIG, "X509Certificate"));
        bundle.add(texts.flat_map(|node| decode(&text(node))).collect());
    }
    bundle.finish()
}
