//! Sentences with elements inside, such as links: translated as one sentence, rendered in parts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fluent_bundle::FluentValue;
use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement};

use crate::{catalogue, language, message};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text, as it is.
    Text(String),
    /// The place of an element: the placeable `{ $name }` for which no value was given.
    Element(&'static str),
}

// Private-use characters around an element's number; values that have them lose them.
const BEGIN: char = '\u{f0001}';
const END: char = '\u{f0002}';

/// The parts of a sentence in their order. Every placeable of the message without a value among
/// `arguments` is the place of an element.
#[must_use]
pub fn segments(key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> Vec<Segment> {
    let Some((_, pattern)) = catalogue::pattern(language(), key) else {
        return vec![Segment::Text(message(key, arguments))];
    };
    let mut elements = BTreeSet::new();
    variables(pattern, &mut elements);
    elements.retain(|name| arguments.iter().all(|(given, _)| given != name));
    let elements: Vec<&'static str> = elements.into_iter().collect();
    let marks = elements.iter().enumerate().map(|(number, name)| (*name, format!("{BEGIN}{number}{END}").into()));
    let values: Vec<_> = arguments.iter().map(|(name, value)| (*name, unmarked(value))).chain(marks).collect();
    split(&message(key, &values), &elements)
}

fn unmarked<'a>(value: &FluentValue<'a>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) if text.contains([BEGIN, END]) => {
            FluentValue::String(Cow::Owned(text.replace([BEGIN, END], "\u{fffd}")))
        }
        value => value.clone(),
    }
}

fn split(text: &str, elements: &[&'static str]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (index, part) in text.split(BEGIN).enumerate() {
        let text = match part.split_once(END) {
            Some((number, rest)) if index > 0 => {
                segments.extend(number.parse().ok().and_then(|n: usize| elements.get(n)).map(|n| Segment::Element(n)));
                rest
            }
            _ => part,
        };
        if !text.is_empty() {
            segments.push(Segment::Text(text.to_owned()));
        }
    }
    segments
}

fn variables(pattern: &Pattern<&'static str>, found: &mut BTreeSet<&'static str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, found);
        }
    }
}

fn of_expression(expression: &Expression<&'static str>, found: &mut BTreeSet<&'static str>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            for variant in variants {
                variables(&variant.value, found);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&'static str>, found: &mut BTreeSet<&'static str>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name);
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                of_inline(argument, found);
            }
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_between_the_text_around_them() {
        let text = format!("See {BEGIN}0{END}, or {BEGIN}1{END}");
        let expected = [
            Segment::Text("See ".to_owned()),
            Segment::Element("page"),
            Segment::Text(", or ".to_owned()),
            Segment::Element("support"),
        ];
        assert_eq!(split(&text, &["page", "support"]), expected);
    }

    #[test]
    fn a_value_cannot_pretend_to_be_an_element() {
        let value = FluentValue::from(format!("{BEGIN}0{END}"));
        assert_eq!(unmarked(&value), FluentValue::from("\u{fffd}0\u{fffd}"));
    }
}
