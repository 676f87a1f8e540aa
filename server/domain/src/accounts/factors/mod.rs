//! Second factors: authenticator apps, passkeys, and recovery codes for when they are lost.
//!
//! Adding and removing is sensitive (`Action::ChangeCredentials`), told to the owner by
//! mail, ends the account's other sessions where it changes what they should have proved,
//! and gives the session that asks a new token.

mod passkeys;
mod recovery;
mod reset;
mod totp;

pub(crate) use passkeys::relying_party;
pub use passkeys::{Challenge, register, remove as remove_passkey, rename as rename_passkey, start_registration};
pub(super) use passkeys::{answer as answer_passkey, challenge as challenge_passkey, take_challenge};
pub(super) use recovery::consume as consume_recovery_code;
pub use recovery::{regenerate as regenerate_recovery_codes, shown as shown_recovery_codes};
pub use reset::reset;
pub(super) use store::passkeys::CeremonyPurpose;
pub(super) use totp::check as check_code;
pub use totp::{begin as begin_totp, confirm as confirm_totp, remove as remove_totp, reseal, setup as totp_setup};

use model::ids::AccountId;
use model::{AuditAction, FactorChoice, FieldProblem, PasskeyView, RequiredBy, SecurityView, Timestamp, TotpView};
use store::accounts::Account;
use store::{ConnectionTrait, Tx, account_sessions, recovery_codes, teams};

use super::session::{self, Proved};
use crate::audit::{self, Event};
use crate::mail::{self, FactorNews, Message, Place};
use crate::settings::SecondFactor;
use crate::{AccountActor, Action, Actor, Error, Services};

/// What a browser gets after a factor was added.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The `Set-Cookie` values: the session's new token, and what new recovery codes are
    /// shown by.
    pub cookies: Vec<String>,
    /// Whether there are new recovery codes to show.
    pub new_codes: bool,
}

/// Whether the account has a second factor.
pub(super) async fn has_any(db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    Ok(store::totp_secrets::confirmed(db, account).await?.is_some() || store::passkeys::count(db, account).await? > 0)
}

/// The account's factors, as its security page shows them.
pub async fn security(services: &Services, actor: &Actor) -> Result<SecurityView, Error> {
    let account = actor.own(Action::UseAccount)?;
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

/// The factors that an account can prove more with.
pub(super) async fn choice(services: &Services, account: &AccountActor) -> Result<FactorChoice, Error> {
    let db = services.db.connection();
    let vendors = if account.managed { store::support_accounts::vendor_team(db).await? } else { None };
    Ok(FactorChoice {
        sign_on: vendors.map(|team| format!("/sso/{}", team.slug)),
        email: account.email.clone(),
        totp: store::totp_secrets::confirmed(db, account.id).await?.is_some(),
        passkey: services.webauthn.is_some() && store::passkeys::count(db, account.id).await? > 0,
        recovery_code: recovery_codes::count_unused(db, account.id).await? > 0,
    })
}

/// Who asks the account for a second factor.
async fn required_by(
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
    Ok(teams.into_iter().find(|team| team.second_factor_required).map(|team| RequiredBy::Team(team.name)))
}

/// What follows when a factor was added: the first one ends sessions that have proved none
/// and comes with recovery codes; the session that asks has proved it.
async fn enrolled(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    (had_any, action, news): (bool, AuditAction, FactorNews),
) -> Result<Enrolled, Error> {
    if !had_any {
        account_sessions::end_all(tx, account.id, Some(&account.session_hash)).await?;
    }
    let proved = Proved { second_factor: Some(true), confirmed: false };
    let mut cookies = vec![session::prove(services, tx, actor, proved).await?];
    record(services, tx, actor, account, (action, &news)).await?;
    tell(services, tx, actor, account, news).await?;
    let new_codes = !had_any || recovery_codes::count_unused(tx, account.id).await? == 0;
    if new_codes {
        cookies.push(recovery::create(services, tx, account.id).await?);
        let event = Event::vendor(AuditAction::RecoveryCodesCreated).on(account.email.as_str());
        audit::record(services, tx, actor, event).await?;
    }
    Ok(Enrolled { cookies, new_codes })
}

/// What follows when a factor was removed. The answer is the session's new cookie.
///
/// # Errors
/// [`FieldProblem::LastFactor`] if it was the last one and one is required: the caller rolls
/// back.
async fn removed(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    (action, news): (AuditAction, FactorNews),
) -> Result<String, Error> {
    let left = has_any(tx, account.id).await?;
    if !left {
        if required_by(services, tx, account).await?.is_some() {
            return Err(Error::form(FieldProblem::LastFactor));
        }
        recovery_codes::remove(tx, account.id).await?;
    }
    // whoever has the lost device may have a session too
    account_sessions::end_all(tx, account.id, Some(&account.session_hash)).await?;
    record(services, tx, actor, account, (action, &news)).await?;
    tell(services, tx, actor, account, news).await?;
    let proved = Proved { second_factor: (!left).then_some(false), confirmed: false };
    session::prove(services, tx, actor, proved).await
}

async fn record(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    (action, news): (AuditAction, &FactorNews),
) -> Result<(), Error> {
    let name = match news {
        FactorNews::PasskeyAdded { name } | FactorNews::PasskeyRemoved { name } => Some(name.clone()),
        _ => None,
    };
    audit::record(services, tx, actor, Event::vendor(action).on(account.email.as_str()).detail(name)).await
}

/// Mails the account's owner.
pub(super) async fn tell(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    news: FactorNews,
) -> Result<(), Error> {
    mail::enqueue(services, tx, account.email.as_str(), &Message::Factors(news, Place::of(services, actor))).await
}

/// Removes the factors that an account got since a moment, and the recovery codes if none is
/// left: when its owner takes it back from an intruder.
pub(super) async fn remove_since(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &Account,
    since: Timestamp,
) -> Result<(), Error> {
    let id = account.account_id();
    store::totp_secrets::lock_account(tx, id).await?;
    let keys = store::passkeys::remove_since(tx, id, since).await?;
    let app = store::totp_secrets::confirmed(tx, id).await?;
    let app = app.is_some_and(|app| app.confirmed_at.is_some_and(|at| at >= since));
    if app {
        store::totp_secrets::delete(tx, id).await?;
    }
    if keys == 0 && !app {
        return Ok(());
    }
    if !has_any(tx, id).await? {
        recovery_codes::remove(tx, id).await?;
    }
    let detail = format!("{} authenticator apps, {keys} passkeys, with the change of address", u8::from(app));
    let event = Event::vendor(AuditAction::FactorsReset).on(&*account.email).detail(detail);
    audit::record(services, tx, actor, event).await
}
