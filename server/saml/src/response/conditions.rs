//! The assertion's conditions (core §2.5.1).

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::check::Check;
use super::document::single_child;
use super::invisible_characters::reject_invisible_difference;
use super::problems::TimedPart;
use super::rejection::{Rejection, missing_attribute, missing_element};
use super::validation_context::ValidationContext;
use crate::display::displayable;
use crate::identifiers::ASSERTION;
use crate::xml::{attribute, children, elements, is_named, text};

/// Checks the conditions (core §2.5.1), and returns until when they hold. All must be there,
/// known and kept.
pub(super) fn check(assertion: Node<'_, '_>, context: &mut ValidationContext<'_>) -> Option<DateTime<Utc>> {
    let conditions = single_child(assertion, "Assertion", "Conditions")
        .and_then(|conditions| conditions.ok_or(missing_element("Assertion", "Conditions")));
    let conditions = match conditions {
        Ok(conditions) => conditions,
        Err(rejection) => return context.record(Check::ConditionsTime, None, Err(rejection)),
    };
    let (from, until) = (attribute(conditions, "NotBefore"), attribute(conditions, "NotOnOrAfter"));
    let result = check_validity(from, until, context);
    let until = context.record_validity(Check::ConditionsTime, from, until, result);
    let audiences: Vec<String> = children(conditions, ASSERTION, "AudienceRestriction")
        .flat_map(|restriction| children(restriction, ASSERTION, "Audience"))
        .map(text)
        .collect();
    let result = check_audience(conditions, context);
    context.record(Check::Audience, Some(&audiences.join(", ")), result);
    // the replay guard uses every assertion once, and none is passed on
    let known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
    let unknown = elements(conditions)
        .find(|condition| !known.iter().any(|name| is_named(*condition, ASSERTION, name)))
        .map(|condition| condition.tag_name().name());
    let result = unknown.map_or(Ok(()), |name| Err(Rejection::UnknownCondition { name: displayable(name) }));
    context.record(Check::OtherConditions, unknown, result);
    until
}

fn check_validity(
    from: Option<&str>,
    until: Option<&str>,
    context: &ValidationContext<'_>,
) -> Result<DateTime<Utc>, Rejection> {
    // core §2.5.1.2 leaves both open; without an end an assertion could be used for ever
    let until = until.ok_or(missing_attribute("Conditions", "NotOnOrAfter"))?;
    if let Some(from) = from {
        context.check_not_before(TimedPart::Assertion, from)?;
    }
    context.check_not_on_or_after(TimedPart::Assertion, until)
}

/// There is a restriction, and each of several holds (core §2.5.1.4).
fn check_audience(conditions: Node<'_, '_>, context: &ValidationContext<'_>) -> Result<(), Rejection> {
    let mut restrictions = children(conditions, ASSERTION, "AudienceRestriction").peekable();
    if restrictions.peek().is_none() {
        return Err(wrong_audience(context, Vec::new()));
    }
    restrictions.try_for_each(|restriction| check_restriction(restriction, context))
}

/// Within a restriction any audience will do.
fn check_restriction(restriction: Node<'_, '_>, context: &ValidationContext<'_>) -> Result<(), Rejection> {
    let expected = context.expected.sp_entity_id;
    let audiences: Vec<String> = children(restriction, ASSERTION, "Audience").map(text).collect();
    if audiences.iter().any(|audience| audience == expected) {
        return Ok(());
    }
    audiences.iter().try_for_each(|audience| reject_invisible_difference("the audience", expected, audience))?;
    Err(wrong_audience(context, audiences.iter().take(10).map(|audience| displayable(audience)).collect()))
}

fn wrong_audience(context: &ValidationContext<'_>, actual: Vec<String>) -> Rejection {
    Rejection::WrongAudience { expected: displayable(context.expected.sp_entity_id), actual }
}
