//! Authenticator apps (RFC 6238): six digits, 30 seconds, one step of tolerance either way,
//! each step accepted once.

use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem, QrView, TotpSetupView};
use qrcode::{Color, QrCode};
use store::Tx;
use store::sealed_values::SealedColumn;
use store::totp_secrets::{self, TotpSecret};
use totp_rs::{Builder, Totp};

use super::enrolment::{AddedFactor, FactorEnrolment, complete_enrolment, complete_removal};
use super::totp_error::TotpError;
use crate::account_sessions::has_second_factor;
use crate::mail::FactorChange;
use crate::sealed::AssociatedData;
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{Action, Actor, Error, Services};

/// How long a seed waits for the first code of the app that it was entered into.
const SETUP_LIFETIME: TimeDelta = TimeDelta::minutes(30);
/// The length of a seed in bytes: as long as HMAC-SHA-1's output, as RFC 4226 recommends.
const SEED_BYTES: usize = 20;
/// The light margin that a reader needs around a QR code, in modules.
const QUIET_ZONE: usize = 4;

fn associated_data(row: &TotpSecret) -> AssociatedData {
    AssociatedData::of(SealedColumn::TotpSeed, row.id, row.account_id.as_uuid())
}

fn open_seed(services: &Services, row: &TotpSecret, email: &str) -> Result<Totp, Error> {
    let seed = services.key_ring.open(&row.seed, &associated_data(row))?;
    // a colon would end the issuer's part of the label
    let issuer = services.settings.brand.product_name.replace(':', " ");
    let built = Builder::new().with_secret(seed.as_slice()).with_account_name(email).with_issuer(Some(issuer)).build();
    // the error may hold the seed: it goes no further
    built.map_err(|_| TotpError::Seed.into())
}

/// Creates a seed to set an app up with; one that was created before stops working. The app in
/// use stays in use until the new one has sent a code.
#[tracing::instrument(name = "factors.start_totp_setup", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn start_totp_setup(services: &Services, actor: &Actor) -> Result<(), Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let mut row = TotpSecret {
        id: services.uuid(),
        account_id: account.id,
        seed: Vec::new(),
        last_step: 0,
        created_at: services.now(),
        confirmed_at: None,
        last_used_at: None,
    };
    let seed = zeroize::Zeroizing::new(services.random_bytes::<SEED_BYTES>());
    row.seed = services.key_ring.seal(&*services.random, &*seed, &associated_data(&row))?;
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    totp_secrets::replace_pending(&tx, row).await?;
    Ok(store::commit(tx).await?)
}

/// The seed that waits to be set up.
///
/// # Errors
/// [`Error::NotFound`] if none is, or it waited too long.
#[tracing::instrument(name = "factors.pending_totp_setup", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn pending_totp_setup(services: &Services, actor: &Actor) -> Result<TotpSetupView, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let since = services.now() - SETUP_LIFETIME;
    let row = totp_secrets::pending(services.db.connection(), account.id, since).await?.ok_or(Error::NotFound)?;
    let totp = open_seed(services, &row, account.email.as_str())?;
    let url = totp.to_url().map_err(|_| TotpError::Seed)?;
    Ok(TotpSetupView { secret: totp.secret().to_base32(), qr: draw_qr_code(&url)? })
}

/// A QR code as one path of unit squares.
fn draw_qr_code(text: &str) -> Result<QrView, Error> {
    use std::fmt::Write as _;
    let code = QrCode::new(text).map_err(TotpError::QrCode)?;
    let width = code.width();
    let mut path = String::new();
    for (index, _) in code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark) {
        let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
        // writing to a string cannot fail
        let _ = write!(path, "M{x} {y}h1v1h-1z");
    }
    Ok(QrView { size: width + 2 * QUIET_ZONE, path })
}

/// Enables the app that this code is the first of, in the place of the one before.
#[tracing::instrument(name = "factors.confirm_totp_setup", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn confirm_totp_setup(services: &Services, actor: &Actor, code: &str) -> Result<FactorEnrolment, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let counted = AccountThrottle::own(actor, account.id);
    throttling::count_attempt(services, ThrottledAction::SecondFactor, &counted.keys()).await?;
    let now = services.now();
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    let expired = || Error::form(FieldProblem::SetupExpired);
    let row = totp_secrets::pending(&tx, account.id, now - SETUP_LIFETIME).await?.ok_or_else(expired)?;
    let step = matching_step(services, &row, code)?.ok_or_else(|| Error::field("code", FieldProblem::WrongCode))?;
    let had_any = has_second_factor(&tx, account.id).await?;
    if !totp_secrets::confirm(&tx, &row, step, now).await? {
        return Err(expired());
    }
    let added = AddedFactor { had_any, action: AuditAction::TotpAdded, news: FactorChange::TotpAdded };
    let enrolment = complete_enrolment(services, &tx, actor, account, added).await?;
    store::commit(tx).await?;
    throttling::forget_attempts(services, ThrottledAction::SecondFactor, &counted.keys()).await?;
    Ok(enrolment)
}

/// The time step that a code belongs to, if it is one of now or of a step beside it.
fn matching_step(services: &Services, row: &TotpSecret, code: &str) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = open_seed(services, row, "account")?;
    let now = u64::try_from(services.now().timestamp()).unwrap_or_default();
    Ok(totp.check(&code, now).and_then(|step| i64::try_from(step).ok()))
}

/// Verifies a code, once: its step and all before it are used up. The caller counts attempts.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the field `code`.
pub(in crate::accounts) async fn verify_totp_code(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    code: &str,
) -> Result<(), Error> {
    let refused = |problem| Err(Error::field("code", problem));
    let Some(row) = totp_secrets::confirmed(tx, account).await? else { return refused(FieldProblem::WrongCode) };
    let Some(step) = matching_step(services, &row, code)? else { return refused(FieldProblem::WrongCode) };
    if totp_secrets::use_step(tx, &row, step, services.now()).await? { Ok(()) } else { refused(FieldProblem::CodeUsed) }
}

/// Removes the app. Returns the session's new cookie.
#[tracing::instrument(name = "factors.remove_totp", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn remove_totp(services: &Services, actor: &Actor) -> Result<String, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    if !totp_secrets::delete(&tx, account.id).await? {
        return Err(Error::NotFound);
    }
    let (action, news) = (AuditAction::TotpRemoved, FactorChange::TotpRemoved);
    let cookie = complete_removal(services, &tx, actor, account, action, news).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone() {
        let qr = draw_qr_code("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!(qr.size >= 21 + 8, "{}", qr.size);
        assert!(qr.path.starts_with("M4 4h1v1h-1z"), "the first finder pattern's corner: {}", &qr.path[..20]);
    }
}
