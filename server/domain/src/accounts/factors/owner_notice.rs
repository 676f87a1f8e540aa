//! Mail to the owner of an account whose second factors changed.

use store::Tx;

use crate::mail::{self, FactorChange, Message, RequestOrigin};
use crate::{AccountActor, Actor, Error, Services};

/// Mails the account's owner.
pub(in crate::accounts) async fn notify_owner(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    news: FactorChange,
) -> Result<(), Error> {
    mail::enqueue(services, tx, account.email.as_str(), &Message::Factors(news, RequestOrigin::of(services, actor)))
        .await
}
