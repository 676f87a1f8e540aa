//! Identifiers of rows. Time-ordered (UUID version 7), so that an index on them follows creation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier as the store keeps it.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// Somebody who signs in to the portal itself: support or a team member.
    AccountId
);
id!(
    /// A customer's team: the tenant.
    TeamId
);
id!(
    /// An invitation that was not accepted yet.
    InvitationId
);
id!(
    /// One revision of a team's connection.
    RevisionId
);
id!(
    /// A signing certificate of one revision.
    CertificateId
);
id!(
    /// A key pair of a team.
    SpKeyId
);
id!(
    /// One sign-in attempt, from the Sign on URL to the session.
    AttemptId
);
id!(
    /// An end user of one team, provisioned just in time.
    PersonId
);
id!(
    /// An application of the vendor's.
    ApplicationId
);
id!(
    /// A secret of an application.
    ApplicationSecretId
);
id!(
    /// What an application was authorized to at one sign-in: its code, and the tokens that came of it.
    AuthorizationId
);
