//! What the configuration decides for the domain.

use chrono::TimeDelta;
use model::Brand;

use crate::urls::PublicUrls;

/// Whether support must approve a team before its people sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoLive {
    /// Support approves.
    Review,
    /// A successful test sign-in is enough.
    AfterSuccessfulTest,
}

/// What the configuration decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The vendor's names.
    pub brand: Brand,
    /// Our public addresses.
    pub urls: PublicUrls,
    /// Who decides when a team goes live.
    pub go_live: GoLive,
    /// How long a session of an account lasts at most.
    pub session_lifetime: TimeDelta,
    /// After how long without use a session of an account ends.
    pub session_idle: TimeDelta,
    /// How long a person's session lasts at most; the identity provider may want less.
    pub person_session_lifetime: TimeDelta,
    /// How far the identity provider's clock may be from ours.
    pub clock_skew: TimeDelta,
    /// Whether mail goes nowhere but to a folder of this machine.
    pub mail_to_folder: bool,
}
