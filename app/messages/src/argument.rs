//! What can be given to a message as a parameter.

use std::borrow::Cow;
use std::sync::Arc;

use fluent_bundle::FluentValue;

/// Text or a number. Numbers choose plural forms; text is inserted as it is.
pub trait Argument {
    /// The value as Fluent has it.
    fn to_value(&self) -> FluentValue<'_>;
}

impl Argument for str {
    fn to_value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Argument for String {
    fn to_value(&self) -> FluentValue<'_> {
        self.as_str().to_value()
    }
}

impl Argument for Cow<'_, str> {
    fn to_value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Argument for Arc<str> {
    fn to_value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn to_value(&self) -> FluentValue<'_> {
        T::to_value(self)
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {
        $(impl Argument for $number {
            fn to_value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        })+
    };
}
numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize f64);
