//! What pages show of an account's second factors.

use model::{FactorChoice, PasskeyView, RequiredBy, SecurityView, TotpView};
use store::{ConnectionTrait, recovery_codes, teams};

use crate::settings::SecondFactor;
use crate::{AccountActor, Action, Actor, Error, Services};

/// The account's factors, for its page of security settings.
#[tracing::instrument(name = "factors.security_settings", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn security_settings(services: &Services, actor: &Actor) -> Result<SecurityView, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    let db = services.db.connection();
    let totp = store::totp_secrets::confirmed(db, account.id).await?;
    let passkeys = store::passkeys::list(db, account.id).await?;
    Ok(SecurityView {
        totp: totp.and_then(|row| Some(TotpView { added_at: row.confirmed_at?, last_used_at: row.last_used_at })),
        passkeys: passkeys
            .into_iter()
            .map(|row| PasskeyView {
                id: row.id.to_string(),
                name: row.name,
                added_at: row.created_at,
                last_used_at: row.last_used_at,
            })
            .collect(),
        recovery_codes_left: recovery_codes::count_unused(db, account.id).await?,
        required_by: required_by(services, db, account).await?,
        passkeys_work: services.webauthn.is_some(),
    })
}

/// The methods by which an account can verify a second factor or authenticate again.
pub(in crate::accounts) async fn available_methods(
    services: &Services,
    account: &AccountActor,
) -> Result<FactorChoice, Error> {
    let db = services.db.connection();
    let vendor_team = if account.is_federated { store::support_accounts::vendor_team(db).await? } else { None };
    Ok(FactorChoice {
        sign_on: vendor_team.map(|team| model::paths::sign_on_url(team.slug.as_str())),
        email: account.email.clone(),
        totp: store::totp_secrets::confirmed(db, account.id).await?.is_some(),
        passkey: services.webauthn.is_some() && store::passkeys::count(db, account.id).await? > 0,
        recovery_code: recovery_codes::count_unused(db, account.id).await? > 0,
    })
}

/// What requires a second factor of the account; `None` if nothing does.
pub(super) async fn required_by(
    services: &Services,
    db: &impl ConnectionTrait,
    account: &AccountActor,
) -> Result<Option<RequiredBy>, Error> {
    if account.support_role.is_some() {
        return Ok(Some(RequiredBy::Support));
    }
    if services.settings.second_factor == SecondFactor::Everyone {
        return Ok(Some(RequiredBy::Everyone));
    }
    let teams = teams::of_account(db, account.id).await?;
    let requires = teams.into_iter().find(|(team, _)| team.second_factor_required);
    Ok(requires.map(|(team, _)| RequiredBy::Team(team.name)))
}
