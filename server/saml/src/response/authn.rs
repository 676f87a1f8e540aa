//! The authentication that an assertion states (core §2.7.2): when, how, and the identity
//! provider's session that came of it.

use chrono::{DateTime, SubsecRound as _, Utc};
use roxmltree::Node;

use super::Rejection;
use super::checks::{Checks, earlier};
use super::gate::wrong;
use super::report::Check;
use super::shown::shown;
use crate::logout::SessionIndexes;
use crate::names::ASSERTION;
use crate::xml::{attribute, child, children, parse_instant, text};

/// The identity provider's session: its names, its earliest end, and when the person proved
/// who they are.
#[derive(Default)]
pub(super) struct IdpSession {
    pub(super) indexes: SessionIndexes,
    pub(super) not_on_or_after: Option<DateTime<Utc>>,
    pub(super) authn_instant: Option<DateTime<Utc>>,
}

/// Asks every statement of the assertion what is to be asked: all must hold, since nobody
/// says which of them the session is of.
pub(super) fn examine(assertion: Node<'_, '_>, checks: &mut Checks<'_>) -> Option<IdpSession> {
    let statements: Vec<_> = children(assertion, ASSERTION, "AuthnStatement").collect();
    let session = checks.note(Check::Session, None, session(&statements, checks));
    if checks.expected.authn.forced_at.is_some() {
        let first = statements.first().and_then(|statement| attribute(*statement, "AuthnInstant"));
        let answer = statements.iter().try_for_each(|statement| forced(*statement, checks));
        checks.note(Check::AuthnInstant, first, answer);
    }
    if !checks.expected.authn.context_classes.is_empty() {
        let first = statements.first().and_then(|statement| context_class(*statement).ok().flatten());
        let answer = statements.iter().try_for_each(|statement| asked_for(*statement, checks));
        checks.note(Check::AuthnContext, first.as_deref(), answer);
    }
    session
}

fn session(statements: &[Node<'_, '_>], checks: &Checks<'_>) -> Result<IdpSession, Rejection> {
    // the profile asks for one: without it nobody says that the subject signed in
    if statements.is_empty() {
        return Err(wrong("the assertion has no AuthnStatement"));
    }
    let mut session = IdpSession::default();
    for statement in statements {
        if let Some(index) = attribute(*statement, "SessionIndex").filter(|index| !index.is_empty()) {
            session.indexes.add(index).map_err(|error| wrong(error.words()))?;
        }
        if let Some(end) = attribute(*statement, "SessionNotOnOrAfter") {
            let end = checks.not_on_or_after("the session at the identity provider", end)?;
            session.not_on_or_after = Some(session.not_on_or_after.map_or(end, |known| known.min(end)));
        }
        // one that cannot be read matters to nobody who has not asked for it
        if let Some(at) = attribute(*statement, "AuthnInstant").and_then(|at| parse_instant(at).ok()) {
            session.authn_instant = Some(session.authn_instant.map_or(at, |known| known.min(at)));
        }
    }
    Ok(session)
}

/// Whether the person authenticated after they were asked to, and not in the future.
fn forced(statement: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), Rejection> {
    const WHAT: &str = "the authentication";
    let Some(forced_at) = checks.expected.authn.forced_at else { return Ok(()) };
    let text = attribute(statement, "AuthnInstant").ok_or(wrong("an AuthnStatement has no AuthnInstant"))?;
    let authenticated_at = checks.instant(WHAT, text)?;
    checks.not_before(WHAT, text)?;
    // many write whole seconds
    if authenticated_at < earlier(forced_at.trunc_subsecs(0), checks.expected.clock_skew) {
        return Err(Rejection::AuthnTooOld { authenticated_at, forced_at });
    }
    Ok(())
}

/// Whether the class is exactly one of those that were asked for.
fn asked_for(statement: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), Rejection> {
    let expected = checks.expected.authn.context_classes;
    let actual = context_class(statement)?;
    if actual.as_ref().is_some_and(|actual| expected.contains(actual)) {
        return Ok(());
    }
    Err(Rejection::AuthnContextNotAsked { expected: expected.to_vec(), actual: actual.as_deref().map(shown) })
}

/// The class of the authentication context, without the white space that its type, `anyURI`,
/// does not count.
fn context_class(statement: Node<'_, '_>) -> Result<Option<String>, Rejection> {
    let twice = |_| wrong("an AuthnStatement says twice how the person authenticated");
    let Some(context) = child(statement, ASSERTION, "AuthnContext").map_err(twice)? else { return Ok(None) };
    let class = child(context, ASSERTION, "AuthnContextClassRef").map_err(twice)?;
    Ok(class.map(|class| text(class).trim_ascii().to_owned()))
}
