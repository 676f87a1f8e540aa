//! The pages on which administrators manage an application: the fields of their forms, and what they show.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::Scope;
use crate::application::ApplicationView;

/// The fields of the form.
pub mod field {
    /// The application's name.
    pub const NAME: &str = "name";
    /// Its kind, while it is registered.
    pub const KIND: &str = "kind";
    /// Where browsers return to after a sign-in, one a line.
    pub const REDIRECT_URIS: &str = "redirect_uris";
    /// Where they return to after a sign-out, one a line.
    pub const POST_LOGOUT_REDIRECT_URIS: &str = "post_logout_redirect_uris";
    /// Where the application is told of a logout.
    pub const BACKCHANNEL_LOGOUT_URI: &str = "backchannel_logout_uri";
    /// Where a sign-in that began elsewhere goes on.
    pub const INITIATE_LOGIN_URI: &str = "initiate_login_uri";
    /// Whether all teams may use it: a [`super::TeamChoice`].
    pub const TEAM_CHOICE: &str = "team_choice";
    /// The slugs of those that may, one a line.
    pub const TEAMS: &str = "teams";
    /// What tokens are signed with.
    pub const SIGNING_ALGORITHM: &str = "signing_algorithm";
    /// What access tokens are.
    pub const ACCESS_TOKEN_FORMAT: &str = "access_token_format";
    /// For whom access tokens are.
    pub const AUDIENCE: &str = "audience";
    /// The sector that people have a `sub` of its own in.
    pub const PAIRWISE_SECTOR: &str = "pairwise_sector";
    /// Whether requests without PKCE are taken.
    pub const PKCE_OPTIONAL: &str = "pkce_optional";
    /// The application's public keys.
    pub const JWKS: &str = "jwks";
    /// How long access tokens work.
    pub const ACCESS_TOKEN_LIFETIME: &str = "access_token_lifetime";
    /// How long ID tokens are to be taken.
    pub const ID_TOKEN_LIFETIME: &str = "id_token_lifetime";
    /// How long refresh tokens work.
    pub const REFRESH_TOKEN_LIFETIME: &str = "refresh_token_lifetime";
    /// How long a sign-in may be renewed in all.
    pub const MAX_REFRESH_LIFETIME: &str = "max_refresh_lifetime";
    /// What becomes of the secrets before: a [`super::OtherSecrets`].
    pub const OTHER_SECRETS: &str = "other_secrets";

    /// Every field of the form but the scopes.
    pub const ALL: [&str; 18] = [
        NAME,
        KIND,
        REDIRECT_URIS,
        POST_LOGOUT_REDIRECT_URIS,
        BACKCHANNEL_LOGOUT_URI,
        INITIATE_LOGIN_URI,
        TEAM_CHOICE,
        TEAMS,
        SIGNING_ALGORITHM,
        ACCESS_TOKEN_FORMAT,
        AUDIENCE,
        PAIRWISE_SECTOR,
        PKCE_OPTIONAL,
        JWKS,
        ACCESS_TOKEN_LIFETIME,
        ID_TOKEN_LIFETIME,
        REFRESH_TOKEN_LIFETIME,
        MAX_REFRESH_LIFETIME,
    ];
}

/// The field of the form that uploads a logo.
pub const LOGO_FIELD: &str = "logo";

/// The name of a scope's box in the form.
#[must_use]
pub const fn scope_field(scope: Scope) -> &'static str {
    match scope {
        Scope::Openid => "scope_openid",
        Scope::Profile => "scope_profile",
        Scope::Email => "scope_email",
        Scope::Groups => "scope_groups",
        Scope::Organization => "scope_organization",
        Scope::Saml => "scope_saml",
        Scope::OfflineAccess => "scope_offline_access",
    }
}

/// Every field of the form, scopes too.
pub fn fields() -> impl Iterator<Item = &'static str> {
    field::ALL.into_iter().chain(Scope::ALL.iter().map(|scope| scope_field(*scope)))
}

/// Which teams may use an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum TeamChoice {
    /// Every team.
    All,
    /// Those that are listed.
    Listed,
}

coded!(TeamChoice);

/// What becomes of the secrets that an application has when it gets another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OtherSecrets {
    /// They go on working.
    #[default]
    Stay,
    /// They work for another day.
    EndInADay,
    /// They work for another week.
    EndInAWeek,
}

coded!(OtherSecrets);

impl OtherSecrets {
    /// For how many days they go on working; without a number: until they are deleted.
    #[must_use]
    pub const fn days(self) -> Option<u8> {
        match self {
            Self::Stay => None,
            Self::EndInADay => Some(1),
            Self::EndInAWeek => Some(7),
        }
    }
}

/// The page of one application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationPage {
    /// The application, with what happened lately.
    pub application: ApplicationView,
    /// Who issues its tokens.
    pub issuer: String,
    /// Where its library finds everything else.
    pub discovery_url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_have_one_name() {
        let names: std::collections::BTreeSet<_> = fields().collect();
        assert_eq!(names.len(), field::ALL.len() + Scope::ALL.len());
    }
}
