//! What the configuration decides for the domain.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use model::Brand;
use saml::certificate::SigningCertificate;
use saml::response::Trust;
pub use saml::response::ValidityPolicy;
use saml::sp_key::SpKey;

use crate::urls::PublicUrls;

/// Whether support must approve a team before its people sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoLive {
    /// Support approves.
    Review,
    /// A successful test sign-in is enough.
    AfterSuccessfulTest,
}

/// Who needs a second factor, whatever a team asks of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// Accounts of support.
    Support,
    /// Everybody with an account.
    Everyone,
}

/// Who may set up a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// Everybody.
    Open,
    /// Whom support sends a link, and whom members invite.
    InviteOnly,
}

/// Which sign-ins' signatures a second engine verifies too, after ours has accepted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondOpinion {
    /// Those of test sign-ins: before anybody goes live, both engines have seen what the
    /// team's identity provider signs.
    Tests,
    /// All.
    Always,
    /// None.
    Never,
}

impl SecondOpinion {
    /// Whether it is asked about a sign-in.
    pub(crate) const fn is_asked(self, is_test: bool) -> bool {
        match self {
            Self::Tests => is_test,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// How identity providers are verified, alike for all teams.
#[derive(Clone, Copy, Debug)]
pub struct SamlPolicy {
    /// How far an identity provider's clock may be from ours.
    pub clock_skew: TimeDelta,
    /// Whether a certificate that has expired still verifies.
    pub validity: ValidityPolicy,
    /// Whether samael must find the same bytes signed as our own engine.
    pub second_opinion: SecondOpinion,
}

impl SamlPolicy {
    /// Trust in a team's identity provider, with the keys that it encrypts to.
    pub(crate) fn trust<'a>(
        self,
        idp_entity_id: &'a str,
        certificates: &'a [SigningCertificate],
        decryption_keys: &'a [SpKey],
    ) -> Trust<'a> {
        Trust { validity: self.validity, decryption_keys, ..Trust::new(idp_entity_id, certificates) }
    }
}

/// For how long sign-ins are remembered, and who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Attempts with their timelines.
    pub attempts: TimeDelta,
    /// The XML of requests and responses, which names people; zero keeps none.
    pub xml: TimeDelta,
    /// People, since their latest sign-in; for ever where it is not said.
    pub people: Option<TimeDelta>,
}

/// The vendor's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandLogo {
    /// What kind of picture it is, as browsers are told.
    pub media_type: &'static str,
    /// The picture.
    pub content: Vec<u8>,
}

/// What the configuration decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The vendor's names.
    pub brand: Brand,
    /// The vendor's logo, if it is not the product's name in letters.
    pub logo: Option<Arc<BrandLogo>>,
    /// Our public addresses.
    pub urls: PublicUrls,
    /// Who decides when a team goes live.
    pub go_live: GoLive,
    /// For how long a team should wait for its review at most.
    pub review_target: TimeDelta,
    /// Who may set up a team.
    pub sign_up: SignUp,
    /// How long a session of an account lasts at most.
    pub session_lifetime: TimeDelta,
    /// After how long without use a session of an account ends.
    pub session_idle: TimeDelta,
    /// For how long a re-authentication counts before the next sensitive act.
    pub reauthentication_lifetime: TimeDelta,
    /// How long a person's session lasts at most; the identity provider may want less.
    pub person_session_lifetime: TimeDelta,
    /// Who needs a second factor.
    pub second_factor: SecondFactor,
    /// How identity providers are verified.
    pub saml: SamlPolicy,
    /// For how long sign-ins are remembered.
    pub retention: Retention,
    /// Whether applications of Ory Polis are answered at its addresses.
    pub polis_compatible: bool,
    /// Whether metadata may be fetched from private networks, and over http.
    pub allow_private_addresses: bool,
    /// The folder of this machine that mail goes to, where there is no mail server.
    pub mail_to_folder: Option<PathBuf>,
}
