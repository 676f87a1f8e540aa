//! Mail about what happens to support accounts.

use model::SupportRole;
use store::{Tx, support_accounts};

use crate::mail::{self, AuditedAct, MembersMail, Message, SupportAccountChange};
use crate::{Actor, Error, Services};

/// Mails all administrators, and the account that it is about.
pub(crate) async fn notify_administrators(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    change: SupportAccountChange<'_>,
    about: Option<&str>,
) -> Result<(), Error> {
    let act = AuditedAct::of(services, actor);
    let mail = MembersMail::SupportAccounts { change: change.sentence(), act: act.clone() };
    let mail = Message::Members(mail);
    let administrator = Some(SupportRole::Administrator);
    let support = support_accounts::active(tx).await?;
    let administrators = support.iter().filter(|account| account.support_role == administrator);
    let recipients: Vec<&str> = administrators.map(|account| account.email.as_str()).collect();
    for recipient in &recipients {
        mail::enqueue(services, tx, recipient, &mail).await?;
    }
    if let Some(about) = about.filter(|about| !recipients.contains(about)) {
        let is_active = change.leaves_account_active();
        let mail = MembersMail::YourSupportAccount { change: change.sentence(), is_active, act };
        mail::enqueue(services, tx, about, &Message::Members(mail)).await?;
    }
    Ok(())
}
