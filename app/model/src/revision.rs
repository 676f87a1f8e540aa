//! The parts of a revision: what pages show and compare, what a digest covers, and what a
//! save or a decision names.

use serde::{Deserialize, Serialize};

use crate::options::{AuthnContextClass, NameIdFormat};
use crate::{ClaimMapping, ConnectionView, IdpSettings, SignInOptions, SsoBinding};

/// A part of what a revision says, or of what a decision on it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionPart {
    /// The identity provider's entity ID.
    EntityId,
    /// Where people are sent.
    SsoUrl,
    /// Where sign-outs go.
    SloUrl,
    /// Where the identity provider publishes its metadata.
    MetadataUrl,
    /// What responses are verified with.
    Certificates,
    /// The claim with the e-mail address.
    ClaimEmail,
    /// The claim with the first name.
    ClaimFirstName,
    /// The claim with the last name.
    ClaimLastName,
    /// The claim with the name to show.
    ClaimDisplayName,
    /// The claim with the groups.
    ClaimGroups,
    /// Whether requests are signed.
    SignRequests,
    /// Whether people authenticate again.
    ForceAuthn,
    /// Whether the identity provider must not ask anything.
    IsPassive,
    /// The format of the name identifier that is asked for.
    NameIdFormat,
    /// The authentication context that is asked for.
    AuthnContext,
    /// How requests travel.
    SsoBinding,
    /// Whether sign-ins may begin at the identity provider.
    AllowIdpInitiated,
    /// Whose e-mail addresses may sign in.
    EmailDomains,
    /// Which revision it is.
    Number,
    /// Which revision serves sign-ins.
    Live,
    /// The team's own keys.
    Keys,
}

/// A part of a revision with its value.
pub type PartValue = (RevisionPart, Option<String>);

impl ConnectionView {
    /// All that the revision says, part by part. Whatever is not in here can be neither seen
    /// nor compared: each struct is taken apart whole, so that a new field is missed.
    #[must_use]
    pub fn parts(&self) -> Vec<PartValue> {
        use RevisionPart as Part;

        let idp = self.idp.as_ref();
        let mut parts = vec![
            (Part::EntityId, idp.map(|idp| idp.entity_id.clone())),
            (Part::SsoUrl, idp.map(|idp| idp.sso_url.clone())),
            (Part::SloUrl, idp.and_then(|idp| idp.slo_url.clone())),
            (Part::MetadataUrl, self.metadata_url.clone()),
            (Part::Certificates, self.thumbprints()),
        ];
        parts.extend(claims(&self.claims));
        parts.extend(options(&self.options, idp.map_or(SsoBinding::default(), |idp| idp.sso_binding)));
        parts
    }

    /// Every certificate's SHA-256, in an order that does not depend on the database.
    fn thumbprints(&self) -> Option<String> {
        let mut all: Vec<_> =
            self.certificates.iter().map(|certificate| certificate.thumbprint_sha256.as_str()).collect();
        all.sort_unstable();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// The parts in which this differs from another revision, with this one's values; from no
    /// revision, those that have a value.
    #[must_use]
    pub fn changes_from(&self, other: Option<&Self>) -> Vec<PartValue> {
        let other = other.map_or_else(Vec::new, Self::parts);
        let known = |part| other.iter().find(|(known, _)| *known == part).and_then(|(_, value)| value.as_ref());
        self.parts().into_iter().filter(|(part, value)| known(*part) != value.as_ref()).collect()
    }
}

impl ConnectionView {
    /// What is asked of the identity provider beyond what it does by itself: options and claims that are
    /// not as they come, with their values.
    #[must_use]
    pub fn differences_from_defaults(&self) -> Vec<PartValue> {
        let plain = Self {
            options: SignInOptions::default(),
            claims: ClaimMapping::default(),
            idp: self.idp.clone().map(|idp| IdpSettings { sso_binding: SsoBinding::default(), ..idp }),
            ..self.clone()
        };
        self.changes_from(Some(&plain))
    }
}

fn claims(claims: &ClaimMapping) -> [PartValue; 5] {
    let ClaimMapping { email, first_name, last_name, display_name, groups } = claims.clone();
    [
        (RevisionPart::ClaimEmail, email),
        (RevisionPart::ClaimFirstName, first_name),
        (RevisionPart::ClaimLastName, last_name),
        (RevisionPart::ClaimDisplayName, display_name),
        (RevisionPart::ClaimGroups, groups),
    ]
}

fn options(options: &SignInOptions, binding: SsoBinding) -> [PartValue; 8] {
    use RevisionPart as Part;

    let SignInOptions {
        sign_requests,
        force_authn,
        is_passive,
        name_id_format,
        authn_context,
        allow_idp_initiated,
        email_domains,
    } = options;
    let switch = |on: bool| Some(if on { "yes" } else { "no" }.to_owned());
    let binding = match binding {
        SsoBinding::Redirect => "HTTP-Redirect",
        SsoBinding::Post => "HTTP-POST",
    };
    [
        (Part::SignRequests, switch(*sign_requests)),
        (Part::ForceAuthn, switch(*force_authn)),
        (Part::IsPassive, switch(*is_passive)),
        (Part::NameIdFormat, name_id_format.map(NameIdFormat::uri).map(str::to_owned)),
        (Part::AuthnContext, authn_context.as_ref().map(AuthnContextClass::to_string)),
        (Part::SsoBinding, Some(binding.to_owned())),
        (Part::AllowIdpInitiated, switch(*allow_idp_initiated)),
        (Part::EmailDomains, Some(email_domains.as_str().to_owned()).filter(|domains| !domains.is_empty())),
    ]
}

/// A part that is not what a page showed any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartChange {
    /// Which.
    pub part: RevisionPart,
    /// What it says now.
    pub now: Option<String>,
}

/// Digests of what a page shows and lets somebody decide on or save. Each form of the page carries
/// the one that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Of what would go live, and of what it would replace.
    pub next: String,
    /// Of the revision that served before, and of the one that it would replace.
    pub previous: String,
    /// Of what serves sign-ins.
    pub live: String,
    /// Of the team's own keys.
    pub keys: String,
    /// Of the identity provider's addresses, as their form saves them.
    pub urls: String,
    /// Of the claim mapping.
    pub claims: String,
    /// Of the sign-in options.
    pub options: String,
    /// Of whose e-mail addresses may sign in.
    pub email_domains: String,
}

impl Digests {
    /// Under which name a form carries one.
    pub const FIELD: &'static str = "digest";
}
