//! The vendor's applications: registering them, their secrets, and telling them that a session has ended.
//! What they ask for is in [`crate::openid`].

mod backchannel_logout;
mod form;
mod logo;
mod registration;
mod secrets;
mod view;

pub use backchannel_logout::deliver_due_logouts;
pub(crate) use backchannel_logout::tell_applications;
pub use form::{change, register};
pub(crate) use logo::shown;
pub use logo::{logo, remove_logo, set_logo, too_large as logo_too_large};
pub use registration::{NewApplication, create, set_enabled, update};
pub(crate) use secrets::is_secret_of;
pub use secrets::{NewSecret, create_secret, delete_secret, new_secret};
pub(crate) use store::authorizations::SessionSelection;
pub use view::{application, list};

use store::ConnectionTrait;
use store::applications::{self, Application};

use crate::Error;

/// The application that an operator or an administrator names by its client ID.
async fn by_client_id(db: &impl ConnectionTrait, client_id: &str) -> Result<Application, Error> {
    applications::by_client_id(db, client_id).await?.ok_or(Error::NotFound)
}
