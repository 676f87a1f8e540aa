//! Authenticator apps (RFC 6238): six digits, 30 seconds, one step of tolerance either way,
//! each step accepted once.

use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem, QrView, TotpSetupView};
use qrcode::{Color, QrCode};
use store::Tx;
use store::totp_secrets::{self, TotpSecret};
use totp_rs::{Builder, Totp};

use super::{Enrolled, enrolled, has_any, removed};
use crate::limits::{self, Counted, Purpose};
use crate::mail::FactorNews;
use crate::sealed::Place;
use crate::{Action, Actor, Error, Internal, Services};

/// How long a seed waits for the first code that proves it was taken over.
const SETUP_TIME: TimeDelta = TimeDelta::minutes(30);
/// As long as HMAC-SHA-1's output, as RFC 4226 recommends.
const SEED: usize = 20;
/// The light margin that a reader needs around a QR code, in modules.
const QUIET_ZONE: usize = 4;

fn place(row: &TotpSecret) -> Place {
    Place { column: "totp_secrets.seed", row: row.id, owner: row.account_id.as_uuid() }
}

fn open(services: &Services, row: &TotpSecret, email: &str) -> Result<Totp, Error> {
    let seed = services.keyring.open(&row.seed, &place(row))?;
    // a colon would end the issuer's part of the label
    let issuer = services.settings.brand.product_name.replace(':', " ");
    let built = Builder::new().with_secret(seed.as_slice()).with_account_name(email).with_issuer(Some(issuer)).build();
    // the error may hold the seed: it goes no further
    built.map_err(|_| Error::Internal(Internal::Totp))
}

/// Makes a seed to set an app up with; one that was begun before stops working. The app in
/// use stays in use until the new one has proved itself.
pub async fn begin(services: &Services, actor: &Actor) -> Result<(), Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let mut row = TotpSecret {
        id: services.uuid(),
        account_id: account.id,
        seed: Vec::new(),
        last_step: 0,
        created_at: services.now(),
        confirmed_at: None,
        last_used_at: None,
    };
    let seed = zeroize::Zeroizing::new(services.random_bytes::<SEED>());
    row.seed = services.keyring.seal(&*services.random, &*seed, &place(&row))?;
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    totp_secrets::replace_pending(&tx, row).await?;
    Ok(store::commit(tx).await?)
}

/// The seed that is being set up.
///
/// # Errors
/// [`Error::NotFound`] if none is, or it waited too long.
pub async fn setup(services: &Services, actor: &Actor) -> Result<TotpSetupView, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let since = services.now() - SETUP_TIME;
    let row = totp_secrets::pending(services.db.connection(), account.id, since).await?.ok_or(Error::NotFound)?;
    let totp = open(services, &row, account.email.as_str())?;
    let url = totp.to_url().map_err(|_| Error::Internal(Internal::Totp))?;
    Ok(TotpSetupView { secret: totp.secret().to_base32(), qr: draw(&url)? })
}

/// A QR code as one path of unit squares.
fn draw(text: &str) -> Result<QrView, Error> {
    use std::fmt::Write as _;
    let code = QrCode::new(text).map_err(|_| Error::Internal(Internal::Totp))?;
    let width = code.width();
    let mut path = String::new();
    for (index, _) in code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark) {
        let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
        // writing to a string cannot fail
        let _ = write!(path, "M{x} {y}h1v1h-1z");
    }
    Ok(QrView { size: width + 2 * QUIET_ZONE, path })
}

/// Takes the app into use whose first code this is, in the place of the one before.
pub async fn confirm(services: &Services, actor: &Actor, code: &str) -> Result<Enrolled, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let counted = Counted::own(actor, account.id);
    limits::count(services, Purpose::SecondFactor, &counted.subjects()).await?;
    let now = services.now();
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    let expired = || Error::form(FieldProblem::SetupExpired);
    let row = totp_secrets::pending(&tx, account.id, now - SETUP_TIME).await?.ok_or_else(expired)?;
    let step = step(services, &row, code)?.ok_or_else(|| Error::field("code", FieldProblem::WrongCode))?;
    let had_any = has_any(&tx, account.id).await?;
    if !totp_secrets::confirm(&tx, &row, step, now).await? {
        return Err(expired());
    }
    let what = (had_any, AuditAction::TotpAdded, FactorNews::TotpAdded);
    let enrolled = enrolled(services, &tx, actor, account, what).await?;
    store::commit(tx).await?;
    limits::forget(services, Purpose::SecondFactor, &counted.subjects()).await?;
    Ok(enrolled)
}

/// The time step that a code belongs to, if it is one of now or of a step beside it.
fn step(services: &Services, row: &TotpSecret, code: &str) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = open(services, row, "account")?;
    let now = u64::try_from(services.now().timestamp()).unwrap_or_default();
    Ok(totp.check(&code, now).and_then(|step| i64::try_from(step).ok()))
}

/// Accepts a code, once: its step and all before it are used up. Limits are the caller's.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the field `code`.
pub(in crate::accounts) async fn check(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    code: &str,
) -> Result<(), Error> {
    let refused = |problem| Err(Error::field("code", problem));
    let Some(row) = totp_secrets::confirmed(tx, account).await? else { return refused(FieldProblem::WrongCode) };
    let Some(step) = step(services, &row, code)? else { return refused(FieldProblem::WrongCode) };
    if totp_secrets::use_step(tx, &row, step, services.now()).await? { Ok(()) } else { refused(FieldProblem::CodeUsed) }
}

/// Removes the app. The answer is the session's new cookie.
pub async fn remove(services: &Services, actor: &Actor) -> Result<String, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let tx = services.db.begin().await?;
    totp_secrets::lock_account(&tx, account.id).await?;
    if !totp_secrets::delete(&tx, account.id).await? {
        return Err(Error::NotFound);
    }
    let what = (AuditAction::TotpRemoved, FactorNews::TotpRemoved);
    let cookie = removed(services, &tx, actor, account, what).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Seals anew what an older key sealed, and says how many seeds that were. What cannot be
/// opened stays as it is and is an error, after all others were tried.
pub async fn reseal(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let mut count = 0;
    let mut failed = None;
    for row in totp_secrets::list_all_accounts(db).await? {
        if services.keyring.is_current(&row.seed) {
            continue;
        }
        let place = place(&row);
        let opened = services.keyring.open(&row.seed, &place);
        let sealed = opened.and_then(|seed| services.keyring.seal(&*services.random, &seed, &place));
        match sealed {
            Ok(sealed) => count += u64::from(totp_secrets::replace_sealed(db, &row, sealed).await?),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), |error| Err(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone() {
        let qr = draw("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!(qr.size >= 21 + 8, "{}", qr.size);
        assert!(qr.path.starts_with("M4 4h1v1h-1z"), "the first finder pattern's corner: {}", &qr.path[..20]);
    }
}
