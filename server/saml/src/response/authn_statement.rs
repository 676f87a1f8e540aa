//! The authentication that an assertion states (core §2.7.2): when, how, and the identity
//! provider's session that began with it.

use chrono::{DateTime, SubsecRound as _, Utc};
use roxmltree::Node;

use super::check::Check;
use super::problems::TimedPart;
use super::rejection::{Rejection, invalid, missing_attribute, missing_element, repeated_in};
use super::validation_context::{ValidationContext, earlier};
use crate::display::displayable;
use crate::identifiers::ASSERTION;
use crate::session_indexes::SessionIndexes;
use crate::xml::{attribute, child, children, parse_instant, text};

/// The longest authentication context class that is kept, in bytes.
const MAX_CONTEXT_CLASS: usize = 256;

/// The identity provider's session: its names, its earliest end, and when and how the person
/// authenticated.
#[derive(Default)]
pub(super) struct IdpSession {
    pub(super) indexes: SessionIndexes,
    pub(super) not_on_or_after: Option<DateTime<Utc>>,
    pub(super) authn_instant: Option<DateTime<Utc>>,
    pub(super) context_class: Option<String>,
}

/// Checks every statement of the assertion. All must hold, since nothing says which of them the
/// session belongs to.
pub(super) fn check(assertion: Node<'_, '_>, context: &mut ValidationContext<'_>) -> Option<IdpSession> {
    let statements: Vec<_> = children(assertion, ASSERTION, "AuthnStatement").collect();
    let session = context.record(Check::Session, None, read_session(&statements, context));
    if context.expected.authn.forced_at.is_some() {
        let first = statements.first().and_then(|statement| attribute(*statement, "AuthnInstant"));
        let result = statements.iter().try_for_each(|statement| check_authn_instant(*statement, context));
        context.record(Check::AuthnInstant, first, result);
    }
    if !context.expected.authn.context_classes.is_empty() {
        let first = statements.first().and_then(|statement| context_class(*statement).ok().flatten());
        let result = statements.iter().try_for_each(|statement| check_authn_context(*statement, context));
        context.record(Check::AuthnContext, first.as_deref(), result);
    }
    session
}

fn read_session(statements: &[Node<'_, '_>], context: &ValidationContext<'_>) -> Result<IdpSession, Rejection> {
    // the profile asks for one: without it nobody says that the subject signed in
    if statements.is_empty() {
        return Err(missing_element("Assertion", "AuthnStatement"));
    }
    let mut session = IdpSession::default();
    for statement in statements {
        if let Some(index) = attribute(*statement, "SessionIndex").filter(|index| !index.is_empty()) {
            session.indexes.add(index).map_err(|error| invalid(error.into()))?;
        }
        if let Some(end) = attribute(*statement, "SessionNotOnOrAfter") {
            let end = context.check_not_on_or_after(TimedPart::IdpSession, end)?;
            session.not_on_or_after = Some(session.not_on_or_after.map_or(end, |known| known.min(end)));
        }
        // one that cannot be read matters only where the request asked for it
        if let Some(at) = attribute(*statement, "AuthnInstant").and_then(|at| parse_instant(at).ok()) {
            session.authn_instant = Some(session.authn_instant.map_or(at, |known| known.min(at)));
        }
        // nobody depends on one that cannot be read, or that is longer than any
        if session.context_class.is_none() {
            let class = context_class(*statement).ok().flatten();
            session.context_class = class.filter(|class| !class.is_empty() && class.len() <= MAX_CONTEXT_CLASS);
        }
    }
    Ok(session)
}

/// Checks that the person authenticated after the request, and not in the future.
fn check_authn_instant(statement: Node<'_, '_>, context: &ValidationContext<'_>) -> Result<(), Rejection> {
    const WHAT: TimedPart = TimedPart::Authentication;
    let Some(forced_at) = context.expected.authn.forced_at else { return Ok(()) };
    let text = attribute(statement, "AuthnInstant").ok_or(missing_attribute("AuthnStatement", "AuthnInstant"))?;
    let authenticated_at = context.read_instant(WHAT, text)?;
    context.check_not_before(WHAT, text)?;
    // many write whole seconds
    if authenticated_at < earlier(forced_at.trunc_subsecs(0), context.expected.clock_skew) {
        return Err(Rejection::AuthnTooOld { authenticated_at, forced_at });
    }
    Ok(())
}

/// Checks that the class is exactly one of those that were requested.
fn check_authn_context(statement: Node<'_, '_>, context: &ValidationContext<'_>) -> Result<(), Rejection> {
    let expected = context.expected.authn.context_classes;
    let actual = context_class(statement)?;
    if actual.as_ref().is_some_and(|actual| expected.contains(actual)) {
        return Ok(());
    }
    Err(Rejection::AuthnContextNotRequested { expected: expected.to_vec(), actual: actual.as_deref().map(displayable) })
}

/// The class of the authentication context, without the white space that its type, `anyURI`,
/// does not count.
fn context_class(statement: Node<'_, '_>) -> Result<Option<String>, Rejection> {
    let context = child(statement, ASSERTION, "AuthnContext").map_err(repeated_in("AuthnStatement"))?;
    let Some(context) = context else { return Ok(None) };
    let class = child(context, ASSERTION, "AuthnContextClassRef").map_err(repeated_in("AuthnContext"))?;
    Ok(class.map(|class| text(class).trim_ascii().to_owned()))
}
