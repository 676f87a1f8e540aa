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
    let mail = Message::Members(MembersMail::SupportAccounts { change: change.sentence(), act });
    let administrator = Some(SupportRole::Administrator);
    let support = support_accounts::active(tx).await?;
    let administrators = support.iter().filter(|account| account.support_role == administrator);
    let mut recipients: Vec<&str> = administrators.map(|account| account.email.as_str()).collect();
    recipients.extend(about.filter(|about| !recipients.contains(about)));
    for recipient in recipients {
        mail::enqueue(services, tx, recipient, &mail).await?;
    }
    Ok(())
}
