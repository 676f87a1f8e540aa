//! The sign-in options of a draft.

use model::AuditAction;
use model::email::InvalidEmailDomains;
use model::options::{NameIdFormat, SsoBinding, field};
use model::{EmailDomains, FieldProblem, FormState, IdpSettings, Notice, SignInOptions, SpKeyState};
use store::Tx;
use store::revisions;
use store::sp_keys;
use store::teams::Team;

use super::draft_edit::{DraftEdit, field_problems, require_saved};
use crate::decision_digest::SetupForm;
use crate::{Actor, Error, Services};

/// Saves how a connection asks for sign-ins, given by field name as a form posts it: a box
/// that is not ticked is empty, and so is a choice that is left to the identity provider. `shown` is the
/// digest of what the form showed.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn save_options(
    services: &Services,
    actor: &Actor,
    slug: &str,
    values: &[(&'static str, &str)],
    shown: &str,
) -> Result<Notice, Error> {
    let form = check(values)?;
    let tx = services.db.begin().await?;
    let mut edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let known = edit.contents().options;
    // what the form does not ask stays as it is
    let options = SignInOptions { is_passive: known.is_passive, email_domains: known.email_domains, ..form.options };
    require_key(&tx, &edit.team, &options).await?;
    let idp = edit.contents().idp;
    let changes_binding = form.binding.is_some_and(|binding| idp.is_some_and(|idp| idp.sso_binding != binding));
    if changes_binding || options != edit.contents().options {
        edit.require_unchanged(SetupForm::Options, shown)?;
    }
    save(&mut edit, options).await?;
    if let Some(binding) = form.binding {
        save_binding(&mut edit, binding).await?;
    }
    let notice = edit.notice().await?;
    store::commit(tx).await?;
    Ok(notice)
}

/// Saves whose e-mail addresses may sign in, as they are typed: domains with commas between
/// them, and none for everybody's. `shown` is the digest of what the form showed.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn save_email_domains(
    services: &Services,
    actor: &Actor,
    slug: &str,
    typed: &str,
    shown: &str,
) -> Result<Notice, Error> {
    let refused = |InvalidEmailDomains| Error::field(field::EMAIL_DOMAINS, FieldProblem::NotADomainList);
    let email_domains: EmailDomains = typed.parse().map_err(refused)?;
    let tx = services.db.begin().await?;
    let mut edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let options = SignInOptions { email_domains, ..edit.contents().options };
    if options != edit.contents().options {
        edit.require_unchanged(SetupForm::EmailDomains, shown)?;
    }
    save(&mut edit, options).await?;
    let notice = edit.notice().await?;
    store::commit(tx).await?;
    Ok(notice)
}

async fn save(edit: &mut DraftEdit<'_>, options: SignInOptions) -> Result<(), Error> {
    let known = edit.contents().options;
    if options == known {
        return Ok(());
    }
    let (draft, team) = (edit.draft().await?, edit.team.team_id());
    require_saved(revisions::set_options(edit.tx, team, draft, &options, edit.services.now()).await?, &edit.team)?;
    edit.record(AuditAction::OptionsSaved, |event| event.changed(known, options)).await
}

/// How requests travel belongs to the address that they go to: without one there is none.
async fn save_binding(edit: &mut DraftEdit<'_>, binding: SsoBinding) -> Result<(), Error> {
    let Some(idp) = edit.contents().idp.filter(|idp| idp.sso_binding != binding) else { return Ok(()) };
    let before = idp.sso_binding;
    let idp = IdpSettings { sso_binding: binding, ..idp };
    let (draft, team) = (edit.draft().await?, edit.team.team_id());
    require_saved(revisions::set_idp(edit.tx, team, draft, &idp, edit.services.now()).await?, &edit.team)?;
    edit.record(AuditAction::BindingSaved, |event| event.changed(before.as_str(), binding.as_str())).await
}

/// Requests are signed with the team's current key, so there must be one.
async fn require_key(tx: &Tx, team: &Team, options: &SignInOptions) -> Result<(), Error> {
    let missing = options.sign_requests && sp_keys::in_state(tx, team.team_id(), SpKeyState::Current).await?.is_none();
    if missing { Err(Error::field(field::SIGN_REQUESTS, FieldProblem::KeyNeeded)) } else { Ok(()) }
}

#[derive(Debug, PartialEq, Eq)]
struct OptionsForm {
    options: SignInOptions,
    binding: Option<SsoBinding>,
}

fn check(values: &[(&'static str, &str)]) -> Result<OptionsForm, Error> {
    let value = |name: &str| values.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value.trim());
    let mut problems = Vec::new();
    let name_id_format = NameIdFormat::parse(value(field::NAME_ID_FORMAT));
    if name_id_format.is_none() && !value(field::NAME_ID_FORMAT).is_empty() {
        problems.push((field::NAME_ID_FORMAT, FieldProblem::NotAChoice));
    }
    let authn_context = value(field::AUTHN_CONTEXT).parse().ok();
    if authn_context.is_none() && !value(field::AUTHN_CONTEXT).is_empty() {
        problems.push((field::AUTHN_CONTEXT, FieldProblem::NotAnAuthnContext));
    }
    let binding = SsoBinding::parse(value(field::SSO_BINDING));
    if binding.is_none() && !value(field::SSO_BINDING).is_empty() {
        problems.push((field::SSO_BINDING, FieldProblem::NotAChoice));
    }
    if !problems.is_empty() {
        return Err(field_problems(problems));
    }
    let options = SignInOptions {
        sign_requests: value(field::SIGN_REQUESTS) == FormState::TICKED,
        force_authn: value(field::FORCE_AUTHN) == FormState::TICKED,
        is_passive: false,
        name_id_format,
        authn_context,
        allow_idp_initiated: value(field::ALLOW_IDP_INITIATED) == FormState::TICKED,
        email_domains: EmailDomains::default(),
    };
    Ok(OptionsForm { options, binding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_asks_for_nothing_special() {
        let form = check(&[]).unwrap();
        assert_eq!(form, OptionsForm { options: SignInOptions::default(), binding: None });
    }

    #[test]
    fn every_problem_stands_at_its_field() {
        let values = [
            (field::NAME_ID_FORMAT, "x"),
            (field::AUTHN_CONTEXT, "Password"),
            (field::SSO_BINDING, "soap"),
            (field::EMAIL_DOMAINS, "all"),
        ];
        let Err(Error::Invalid(problems)) = check(&values) else { panic!("accepted") };
        let fields: Vec<_> = problems.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, [field::NAME_ID_FORMAT, field::AUTHN_CONTEXT, field::SSO_BINDING]);
    }
}
