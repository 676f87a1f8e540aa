//! What a session has to know of second factors: whether its account has any, and whether it
//! needs one.

use model::ids::AccountId;
use store::{ConnectionTrait, passkeys, totp_secrets};

use crate::settings::SecondFactor;
use crate::{Error, SecondFactorState, Services};

/// Whether the account has a second factor: an authenticator app or a passkey.
pub(crate) async fn has_second_factor(db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    Ok(totp_secrets::confirmed(db, account).await?.is_some() || passkeys::count(db, account).await? > 0)
}

/// The state of a session that verified a second factor, or did not.
pub(crate) const fn second_factor_state(services: &Services, is_verified: bool) -> SecondFactorState {
    match (is_verified, services.settings.second_factor) {
        (true, _) => SecondFactorState::Verified,
        (false, SecondFactor::Everyone) => SecondFactorState::Required,
        (false, SecondFactor::Support) => SecondFactorState::Optional,
    }
}
