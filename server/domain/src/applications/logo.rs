//! The logo of an application, which people see where they sign in.

use model::application::ApplicationSummary;
use model::application_form::LOGO_FIELD;
use model::{AuditAction, FieldProblem, paths};
use serde_json::json;
use store::application_logos::{self, ApplicationLogo};
use store::applications::{self, Application};

use super::by_client_id;
use crate::audit::{self, NewAuditEvent};
use crate::image_type::{self, MAX_KILOBYTES, media_type};
use crate::{Action, Actor, Error, Services};

/// Replaces an application's logo by this file.
///
/// # Errors
/// [`Error::Invalid`] if it is no picture, or too large.
#[tracing::instrument(name = "applications.set_logo", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn set_logo(services: &Services, actor: &Actor, client_id: &str, content: Vec<u8>) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    if content.is_empty() {
        return Err(Error::field(LOGO_FIELD, FieldProblem::Missing));
    }
    if content.len() > MAX_KILOBYTES * 1024 {
        return Err(too_large());
    }
    let Some(media_type) = media_type(&content) else { return Err(Error::field(LOGO_FIELD, FieldProblem::NotALogo)) };
    let version = image_type::version(&content);
    let tx = services.db.begin().await?;
    let application = by_client_id(&tx, client_id).await?;
    let logo = ApplicationLogo { application_id: application.id, media_type: media_type.to_owned(), content };
    application_logos::set(&tx, logo, &version, services.now()).await?;
    let event = changed(client_id, application.logo_version.as_deref(), Some(&version));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Takes an application's logo away.
#[tracing::instrument(name = "applications.remove_logo", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn remove_logo(services: &Services, actor: &Actor, client_id: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let tx = services.db.begin().await?;
    let application = by_client_id(&tx, client_id).await?;
    application_logos::remove(&tx, application.id, services.now()).await?;
    let event = changed(client_id, application.logo_version.as_deref(), None);
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Said of a file that is larger than logos are, whether it was read to its end or not.
#[must_use]
pub fn too_large() -> Error {
    Error::field(LOGO_FIELD, FieldProblem::LogoTooLarge { max_kilobytes: MAX_KILOBYTES })
}

fn changed(client_id: &str, before: Option<&str>, after: Option<&str>) -> NewAuditEvent {
    let event = NewAuditEvent::vendor(AuditAction::ApplicationChanged).target(client_id);
    event.changed(json!({ "logo": before }), json!({ "logo": after }))
}

/// The logo of an application, for everybody: it is shown where people sign in.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn logo(services: &Services, client_id: &str) -> Result<ApplicationLogo, Error> {
    let db = services.db.connection();
    let application = applications::by_client_id(db, client_id).await?.ok_or(Error::NotFound)?;
    application_logos::of_application(db, application.id).await?.ok_or(Error::NotFound)
}

/// An application, as people see it.
pub(crate) fn shown(application: &Application) -> ApplicationSummary {
    ApplicationSummary { name: application.name.clone(), logo: logo_address(application) }
}

/// The address of an application's logo, which another version has another of.
pub(super) fn logo_address(application: &Application) -> Option<String> {
    let version = application.logo_version.as_deref()?;
    Some(paths::application_logo(&application.client_id, version))
}
