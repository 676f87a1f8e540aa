//! The assertion's conditions (core §2.5.1).

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::Rejection;
use super::assertion::only;
use super::blanks;
use super::checks::Checks;
use super::gate::wrong;
use super::report::Check;
use super::shown::shown;
use crate::names::ASSERTION;
use crate::xml::{attribute, children, elements, is, text};

/// Until when the conditions hold (core §2.5.1). All must be there, known and kept.
pub(super) fn examine(assertion: Node<'_, '_>, checks: &mut Checks<'_>) -> Option<DateTime<Utc>> {
    let conditions = only(assertion, "Conditions", "the assertion has conditions twice")
        .and_then(|conditions| conditions.ok_or(wrong("the assertion has no conditions")));
    let conditions = match conditions {
        Ok(conditions) => conditions,
        Err(rejection) => return checks.note(Check::ConditionsTime, None, Err(rejection)),
    };
    let (from, until) = (attribute(conditions, "NotBefore"), attribute(conditions, "NotOnOrAfter"));
    let span = format!("{} to {}", from.unwrap_or("no beginning"), until.unwrap_or("no end"));
    let answer = validity(from, until, checks);
    let until = checks.note(Check::ConditionsTime, Some(&span), answer);
    let audiences: Vec<String> = children(conditions, ASSERTION, "AudienceRestriction")
        .flat_map(|restriction| children(restriction, ASSERTION, "Audience"))
        .map(text)
        .collect();
    let answer = check_audience(conditions, checks);
    checks.note(Check::Audience, Some(&audiences.join(", ")), answer);
    // the replay guard uses every assertion once, and none is passed on
    let known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
    let unknown = elements(conditions)
        .find(|condition| !known.iter().any(|name| is(*condition, ASSERTION, name)))
        .map(|condition| condition.tag_name().name());
    let answer = unknown.map_or(Ok(()), |name| Err(Rejection::UnknownCondition { name: shown(name) }));
    checks.note(Check::OtherConditions, unknown, answer);
    until
}

fn validity(from: Option<&str>, until: Option<&str>, checks: &Checks<'_>) -> Result<DateTime<Utc>, Rejection> {
    // core §2.5.1.2 leaves both open; without an end an assertion could be used for ever
    let until = until.ok_or(wrong("the conditions have no end"))?;
    if let Some(from) = from {
        checks.not_before("the assertion", from)?;
    }
    checks.not_on_or_after("the assertion", until)
}

/// There is a restriction, and each of several holds (core §2.5.1.4).
fn check_audience(conditions: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), Rejection> {
    let mut restrictions = children(conditions, ASSERTION, "AudienceRestriction").peekable();
    if restrictions.peek().is_none() {
        return Err(wrong_audience(checks, Vec::new()));
    }
    restrictions.try_for_each(|restriction| audience(restriction, checks))
}

/// Within a restriction any audience will do.
fn audience(restriction: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), Rejection> {
    let expected = checks.expected.sp_entity_id;
    let audiences: Vec<String> = children(restriction, ASSERTION, "Audience").map(text).collect();
    if audiences.iter().any(|audience| audience == expected) {
        return Ok(());
    }
    audiences.iter().try_for_each(|audience| blanks::only_difference("the audience", expected, audience))?;
    Err(wrong_audience(checks, audiences.iter().take(10).map(|audience| shown(audience)).collect()))
}

fn wrong_audience(checks: &Checks<'_>, actual: Vec<String>) -> Rejection {
    Rejection::WrongAudience { expected: shown(checks.expected.sp_entity_id), actual }
}
