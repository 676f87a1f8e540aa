//! Links: patterns with their parameters in place.

use super::encode::{encode_segment, fill, with_next, with_query};
use super::parameter;
use super::patterns::{
    ACS, APPLICATION_LOGO, APPLICATION_TRIAL, AUTHORIZE_RESUME, BRAND_LOGO, CHOOSE_TEAM, EMAIL_CONFIRM, EMAIL_UNDO,
    FIRST_SUPPORT_ACCOUNT, HELP_FINDINGS, IDP_ERROR, INVITE, KEY_CERTIFICATE_DER, KEY_CERTIFICATE_PEM, LOGIN, MEMBERS,
    NEW_TEAM, PEOPLE, PEOPLE_CSV, PERSON, REAUTHENTICATE, RESET_PASSWORD, SECOND_FACTOR, SETUP, SETUP_CERTIFICATES,
    SETUP_OPTIONS, SIGN_ON, SIGN_ON_COMPLETE, SIGN_ON_CONTINUE, SIGNED_OUT, SLO, SP_METADATA, START_TEST,
    SUPPORT_APPLICATION, SUPPORT_APPLICATION_LOGO, SUPPORT_BULK, SUPPORT_IDP_ERROR, SUPPORT_TEAM, SUPPORT_TEAMS,
    SUPPORT_TEAMS_CSV, TEAM, TEAM_ATTEMPTS, TEAM_AUDIT, TEAM_CONNECTION, TEAM_SESSIONS, TEAM_SETTINGS, VERIFY_EMAIL,
};
use crate::attempts::{AttemptFilter, AttemptKind, LiveTopic};
use crate::audit::AuditFilter;
use crate::people::PeopleFilter;
use crate::sign_in::SignOutExtent;
use crate::support::{BulkAction, TeamListFilter};
use crate::{FindingCode, IdentityProvider, SetupStep, TeamSlug};

/// Sign in, then go on to `next`.
#[must_use]
pub fn login(next: Option<&str>) -> String {
    with_next(LOGIN, next)
}

/// Enter the second factor, then go on to `next`.
#[must_use]
pub fn second_factor(next: Option<&str>) -> String {
    with_next(SECOND_FACTOR, next)
}

/// Where the mailed link of a sign-up leads.
#[must_use]
pub fn verify_email(token: &str) -> String {
    with_query(VERIFY_EMAIL, [(parameter::TOKEN, token)])
}

/// Where the mailed link to a new password leads.
#[must_use]
pub fn reset_password(token: &str) -> String {
    with_query(RESET_PASSWORD, [(parameter::TOKEN, token)])
}

/// Where the link of an invitation leads.
#[must_use]
pub fn invite(token: &str) -> String {
    fill(INVITE, &[token])
}

/// Where the link to a new address leads.
#[must_use]
pub fn confirm_email(token: &str) -> String {
    with_query(EMAIL_CONFIRM, [(parameter::TOKEN, token)])
}

/// Where the link to the old address leads.
#[must_use]
pub fn undo_email(token: &str) -> String {
    with_query(EMAIL_UNDO, [(parameter::TOKEN, token)])
}

/// Re-authenticate, then go on to `next`.
#[must_use]
pub fn reauthenticate(next: Option<&str>) -> String {
    with_next(REAUTHENTICATE, next)
}

/// A team's overview.
#[must_use]
pub fn team(slug: &str) -> String {
    fill(TEAM, &[slug])
}

/// The team that an address is about, if it is about one.
#[must_use]
pub fn team_in(path: &str) -> Option<&str> {
    let (folder, _) = TEAM.split_once('{')?;
    let slug = path.strip_prefix(folder)?.split('/').next()?;
    (!slug.is_empty() && path != NEW_TEAM).then_some(slug)
}

/// A team's connection.
#[must_use]
pub fn team_connection(slug: &str) -> String {
    fill(TEAM_CONNECTION, &[slug])
}

/// A team's name, and its sessions.
#[must_use]
pub fn team_settings(slug: &str) -> String {
    fill(TEAM_SETTINGS, &[slug])
}

/// A team's members.
#[must_use]
pub fn members(slug: &str) -> String {
    fill(MEMBERS, &[slug])
}

/// The form on their page that invites.
#[must_use]
pub fn invite_member(slug: &str) -> String {
    format!("{}#invite", members(slug))
}

/// A team's people.
#[must_use]
pub fn people(slug: &str) -> String {
    fill(PEOPLE, &[slug])
}

/// A filtered page of them.
#[must_use]
pub fn people_list(slug: &str, filter: &PeopleFilter) -> String {
    with_query(&people(slug), filter.query())
}

/// All of what such a page lists, as CSV.
#[must_use]
pub fn people_csv(slug: &str, filter: &PeopleFilter) -> String {
    with_query(&fill(PEOPLE_CSV, &[slug]), filter.first_page().query())
}

/// A person of the team.
#[must_use]
pub fn person(slug: &str, id: &str) -> String {
    fill(PERSON, &[slug, id])
}

/// The same, which says how many sessions were ended.
#[must_use]
pub fn person_after(slug: &str, id: &str, ended: u64) -> String {
    with_query(&person(slug, id), [(parameter::ENDED, ended.to_string())])
}

/// The sessions of a team's people.
#[must_use]
pub fn team_sessions(slug: &str) -> String {
    fill(TEAM_SESSIONS, &[slug])
}

/// The same, which says how many were ended.
#[must_use]
pub fn team_sessions_after(slug: &str, ended: u64) -> String {
    with_query(&team_sessions(slug), [(parameter::ENDED, ended.to_string())])
}

/// A team's audit trail.
#[must_use]
pub fn team_audit(slug: &str) -> String {
    fill(TEAM_AUDIT, &[slug])
}

/// A filtered page of the audit trail at this address.
#[must_use]
pub fn audit(address: &str, filter: &AuditFilter) -> String {
    with_query(address, filter.query())
}

/// All of what such a page shows, as JSON Lines.
#[must_use]
pub fn audit_export(address: &str, filter: &AuditFilter) -> String {
    audit(&format!("{address}.jsonl"), &filter.first_page())
}

/// What an error that the identity provider showed means, for a team's members. The address
/// carries the error's code, and nothing else of what was pasted.
#[must_use]
pub fn idp_error(slug: &str, code: Option<&str>) -> String {
    with_query(&fill(IDP_ERROR, &[slug]), code.map(|code| (parameter::CODE, code)))
}

/// A step of a team's set-up.
#[must_use]
pub fn setup(slug: &str, step: SetupStep) -> String {
    fill(SETUP, &[slug, step.as_str()])
}

/// A team's sign-in options and its own keys.
#[must_use]
pub fn sign_in_options(slug: &str) -> String {
    fill(SETUP_OPTIONS, &[slug])
}

/// Where the certificate form posts its file to.
#[must_use]
pub fn upload_certificate(slug: &str) -> String {
    fill(SETUP_CERTIFICATES, &[slug])
}

/// Starts a test sign-in.
#[must_use]
pub fn start_test(slug: &str) -> String {
    fill(START_TEST, &[slug])
}

/// The certificate of one of a team's keys, as DER.
#[must_use]
pub fn key_certificate_der(slug: &str, key: &str) -> String {
    fill(KEY_CERTIFICATE_DER, &[slug, key])
}

/// The same as PEM.
#[must_use]
pub fn key_certificate_pem(slug: &str, key: &str) -> String {
    fill(KEY_CERTIFICATE_PEM, &[slug, key])
}

/// A team's sign-in attempts.
#[must_use]
pub fn team_attempts(slug: &str) -> String {
    fill(TEAM_ATTEMPTS, &[slug])
}

/// A team's tests, the latest first.
#[must_use]
pub fn team_tests(slug: &str) -> String {
    attempts(&team_attempts(slug), &AttemptFilter { kind: Some(AttemptKind::Tests), ..AttemptFilter::default() })
}

/// A filtered page of the list of attempts at this address.
#[must_use]
pub fn attempts(list: &str, filter: &AttemptFilter) -> String {
    with_query(list, filter.query())
}

/// All of what such a page lists, as `csv` or `json`.
#[must_use]
pub fn attempts_export(list: &str, filter: &AttemptFilter, ending: &str) -> String {
    attempts(&format!("{list}.{ending}"), &filter.first_page())
}

/// The stream that says when the list, the latest test or an attempt has changed.
#[must_use]
pub fn attempts_live(list: &str, topic: &LiveTopic) -> String {
    with_query(&format!("{list}/live"), [("watch", topic.as_str())])
}

/// An attempt of the list at this address.
#[must_use]
pub fn attempt(list: &str, reference: &str) -> String {
    format!("{list}/{}", encode_segment(reference))
}

/// An attempt's XML.
#[must_use]
pub fn attempt_xml(list: &str, reference: &str) -> String {
    format!("{}/xml", attempt(list, reference))
}

/// The first support account, by the one-time link.
#[must_use]
pub fn first_support_account(token: &str) -> String {
    with_query(FIRST_SUPPORT_ACCOUNT, [(parameter::TOKEN, token)])
}

/// What a finding is, in the words of an identity provider.
#[must_use]
pub fn help_finding(code: FindingCode, provider: IdentityProvider) -> String {
    format!("{}#{}", with_query(HELP_FINDINGS, [(parameter::PROVIDER, provider.as_str())]), code.as_str())
}

/// An application's page.
#[must_use]
pub fn support_application(client_id: &str) -> String {
    fill(SUPPORT_APPLICATION, &[client_id])
}

/// Changes an application's logo.
#[must_use]
pub fn support_application_logo(client_id: &str) -> String {
    fill(SUPPORT_APPLICATION_LOGO, &[client_id])
}

/// A version of an application's logo.
#[must_use]
pub fn application_logo(client_id: &str, version: &str) -> String {
    fill(APPLICATION_LOGO, &[client_id, version])
}

/// A version of the vendor's logo.
#[must_use]
pub fn brand_logo(version: &str) -> String {
    fill(BRAND_LOGO, &[version])
}

/// A trial of an application.
#[must_use]
pub fn application_trial(client_id: &str) -> String {
    fill(APPLICATION_TRIAL, &[client_id])
}

/// A filtered page of the list of all teams.
#[must_use]
pub fn support_teams(filter: &TeamListFilter) -> String {
    with_query(SUPPORT_TEAMS, filter.query())
}

/// The preview of what is done to the teams of such a page.
#[must_use]
pub fn support_bulk(action: BulkAction, filter: &TeamListFilter) -> String {
    let action = [(BulkAction::FIELD, action.as_str().to_owned())];
    with_query(SUPPORT_BULK, action.into_iter().chain(filter.query()))
}

/// All of what such a page lists, as CSV.
#[must_use]
pub fn support_teams_csv(filter: &TeamListFilter) -> String {
    with_query(SUPPORT_TEAMS_CSV, filter.first_page().query())
}

/// A team's page for support.
#[must_use]
pub fn support_team(slug: &str) -> String {
    fill(SUPPORT_TEAM, &[slug])
}

/// Support's notes on a team's page.
#[must_use]
pub fn support_team_notes(slug: &str) -> String {
    format!("{}#notes", support_team(slug))
}

/// What an error that the identity provider showed means, for support.
#[must_use]
pub fn support_idp_error(slug: &str, code: Option<&str>) -> String {
    with_query(&fill(SUPPORT_IDP_ERROR, &[slug]), code.map(|code| (parameter::CODE, code)))
}

/// A team's Sign on URL; without a team, where one is asked for it.
#[must_use]
pub fn sign_on(team: Option<&TeamSlug>) -> String {
    team.map_or_else(|| CHOOSE_TEAM.to_owned(), |team| sign_on_url(team.as_str()))
}

/// A team's Sign on URL, by its slug as it is stored.
#[must_use]
pub fn sign_on_url(slug: &str) -> String {
    fill(SIGN_ON, &[slug])
}

/// A Sign on URL that has the person authenticate again and leads back to `next`.
#[must_use]
pub fn sign_on_again(sign_on: &str, next: &str) -> String {
    with_query(sign_on, [("return_to", next), ("force_authn", "true")])
}

/// Where the browser redeems a one-time code.
#[must_use]
pub fn sign_on_complete(slug: &str, code: &str) -> String {
    with_query(&fill(SIGN_ON_COMPLETE, &[slug]), [(parameter::CODE, code)])
}

/// Where a sign-in asks before it goes on: with its one-time code, or without one for the
/// answer, which carries it in its form.
#[must_use]
pub fn sign_on_continue(slug: &str, code: Option<&str>) -> String {
    with_query(&fill(SIGN_ON_CONTINUE, &[slug]), code.map(|code| (parameter::CODE, code)))
}

/// A team's Reply URL, on the API host.
#[must_use]
pub fn acs(slug: &str) -> String {
    fill(ACS, &[slug])
}

/// A team's service provider metadata, on the API host.
#[must_use]
pub fn sp_metadata(slug: &str) -> String {
    fill(SP_METADATA, &[slug])
}

/// A team's Logout Url, on the API host.
#[must_use]
pub fn slo(slug: &str) -> String {
    fill(SLO, &[slug])
}

/// Where signing out ends; `team` is the one whose sign-in the page leads to.
#[must_use]
pub fn signed_out(extent: SignOutExtent, team: Option<&TeamSlug>) -> String {
    with_query(SIGNED_OUT, [("how_far", extent.as_str()), ("team", team.map_or("", TeamSlug::as_str))])
}

/// A page that says what was just done there. What it was asked for, and the part of it that is shown, stay.
#[must_use]
pub fn with_done(page: &str, done: impl Into<&'static str>) -> String {
    let (address, fragment) = page.split_at(page.find('#').unwrap_or(page.len()));
    let separator = if address.contains('?') { '&' } else { '?' };
    // a code needs no encoding
    let code: &'static str = done.into();
    format!("{address}{separator}{}={code}{fragment}", parameter::DONE)
}

/// Where the sign-in that an application asked for goes on.
#[must_use]
pub fn authorize_resume(reference: &str) -> String {
    fill(AUTHORIZE_RESUME, &[reference])
}
