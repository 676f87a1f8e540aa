//! The claim mapping of a draft.

use model::{AuditAction, ClaimMapping, FieldProblem, Notice, SetupStep};
use store::{revisions, teams};

use super::draft_edit::{DraftEdit, field_problems, require_saved};
use crate::decision_digest::SetupForm;
use crate::{Actor, Error, Services};

/// In characters.
const MAX_ATTRIBUTE_NAME: usize = 256;

/// Saves the claim mapping, given by field name. `shown` is the digest of what the form showed.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn save_claims(
    services: &Services,
    actor: &Actor,
    slug: &str,
    values: &[(&'static str, &str)],
    shown: &str,
) -> Result<Notice, Error> {
    let claims = check_claims(values)?;
    let tx = services.db.begin().await?;
    let edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    if edit.contents().claims != claims {
        edit.require_unchanged(SetupForm::Claims, shown)?;
    }
    let notice = save(edit, claims).await?;
    store::commit(tx).await?;
    Ok(notice)
}

/// Maps the e-mail address to another claim.
pub(crate) async fn save_email_claim(
    services: &Services,
    actor: &Actor,
    slug: &str,
    claim: &str,
) -> Result<Notice, Error> {
    let email = check_claims(&[("email", claim)])?.email;
    let tx = services.db.begin().await?;
    let edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let claims = ClaimMapping { email, ..edit.contents().claims };
    let notice = save(edit, claims).await?;
    store::commit(tx).await?;
    Ok(notice)
}

async fn save(mut edit: DraftEdit<'_>, claims: ClaimMapping) -> Result<Notice, Error> {
    let (tx, services, id) = (edit.tx, edit.services, edit.team.team_id());
    let known = edit.contents().claims;
    if known != claims {
        let draft = edit.draft().await?;
        let saved = revisions::set_claims(tx, id, draft, &claims, services.now()).await?;
        require_saved(saved, &edit.team)?;
        edit.record(AuditAction::ClaimsSaved, |event| event.changed(known, claims)).await?;
    }
    teams::confirm_step(tx, id, SetupStep::Attributes, services.now()).await?;
    edit.notice().await
}

fn check_claims(values: &[(&'static str, &str)]) -> Result<ClaimMapping, Error> {
    let mut problems = Vec::new();
    let mut field = |name: &'static str| {
        let value = values.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value.trim());
        if value.is_empty() {
            return None;
        }
        // a name may hold blanks (core §2.7.3.1: any string), but no line breaks
        let one_line = !value.contains(char::is_control);
        if !one_line || value.chars().count() > MAX_ATTRIBUTE_NAME {
            problems.push((name, FieldProblem::NotAnAttributeName));
        }
        Some(value.to_owned())
    };
    let claims = ClaimMapping {
        email: field("email"),
        first_name: field("first_name"),
        last_name: field("last_name"),
        display_name: field("display_name"),
        groups: field("groups"),
    };
    if problems.is_empty() { Ok(claims) } else { Err(field_problems(problems)) }
}
