//! What goes wrong in an application.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Why a request of an application was refused, or what it had been given was revoked: for its developers
/// and for support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationProblem {
    /// The redirect address of an authorization request is not registered.
    RedirectUriNotRegistered,
    /// An authorization request was not as the specification asks.
    RequestRefused,
    /// The client did not prove who it is.
    ClientAuthenticationFailed,
    /// The times in what the client signed do not fit our clock.
    ClockSkew,
    /// A code was redeemed a second time; everything that came of it was revoked.
    CodeUsedTwice,
    /// A code came too late.
    CodeExpired,
    /// A code was redeemed by another application than it was issued to.
    CodeOfOtherApplication,
    /// A code was redeemed with another redirect address than it was issued for.
    RedirectUriMismatch,
    /// The code verifier is not the one whose hash began the request.
    PkceMismatch,
    /// A refresh token was used a second time; everything of its sign-in was revoked.
    RefreshTokenUsedTwice,
    /// The session had ended.
    SessionEnded,
    /// The application may not be used by the team.
    TeamNotAllowed,
    /// The team is not active.
    TeamNotActive,
    /// Another identity provider is live than the one that the sign-in came from.
    ConnectionReplaced,
    /// The application revoked it.
    RevokedByApplication,
    /// It was a trial from the application's page, whose tokens are revoked as soon as they are shown.
    Trial,
}

coded!(ApplicationProblem);
