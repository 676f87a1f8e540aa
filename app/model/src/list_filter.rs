//! What filters of lists have in common: each field is a parameter of the list's address.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer};

/// A field of a filter, and the text that an address carries for it. Anybody can write an address: a text that nobody
/// could have chosen filters nothing, as an empty one does.
pub trait FilterField: Default + PartialEq {
    /// What a text asks for.
    fn from_parameter(text: &str) -> Self;

    /// The text that asks for it; empty if it filters nothing.
    fn to_parameter(&self) -> String;
}

impl FilterField for String {
    fn from_parameter(text: &str) -> Self {
        text.to_owned()
    }

    fn to_parameter(&self) -> String {
        self.clone()
    }
}

/// One of several, or any.
impl<E: Copy + PartialEq + FromStr + Into<&'static str>> FilterField for Option<E> {
    fn from_parameter(text: &str) -> Self {
        text.trim().parse().ok()
    }

    fn to_parameter(&self) -> String {
        self.map_or_else(String::new, |choice| {
            let code: &'static str = choice.into();
            code.to_owned()
        })
    }
}

/// Writes a field as its text: for `#[serde(with = "…")]`.
pub(crate) fn serialize<F: FilterField, S: Serializer>(field: &F, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&field.to_parameter())
}

/// Reads a field from its text: for `#[serde(with = "…")]`.
pub(crate) fn deserialize<'de, F: FilterField, D: Deserializer<'de>>(deserializer: D) -> Result<F, D::Error> {
    String::deserialize(deserializer).map(|text| F::from_parameter(&text))
}

/// A filter: its fields with the names of their parameters as constants, and how an address carries it. The fields
/// after `pages` say which page of the list is meant; they filter nothing.
macro_rules! list_filter {
    (
        $(#[$doc:meta])*
        $name:ident {
            $($(#[$field_doc:meta])* $parameter:ident = $field:ident: $type:ty,)+
        }
        pages {
            $($(#[$page_doc:meta])* $page_parameter:ident = $page:ident,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(default, with = "crate::list_filter")] pub $field: $type,)+
            $($(#[$page_doc])* #[serde(default)] pub $page: String,)+
        }

        impl $name {
            $(
                #[doc = concat!("The parameter of `", stringify!($field), "`.")]
                pub const $parameter: &'static str = stringify!($field);
            )+
            $(
                #[doc = concat!("The parameter of `", stringify!($page), "`.")]
                pub const $page_parameter: &'static str = stringify!($page);
            )+

            /// The filter of an address, whose parameters `value` tells by their names.
            #[must_use]
            pub fn of_address(value: impl Fn(&'static str) -> String) -> Self {
                Self {
                    $($field: $crate::list_filter::FilterField::from_parameter(&value(Self::$parameter)),)+
                    $($page: value(Self::$page_parameter),)+
                }
            }

            /// Its parameters by name, as an address carries them; those that say nothing left out.
            #[must_use]
            pub fn query(&self) -> Vec<(&'static str, String)> {
                let all = [
                    $((Self::$parameter, $crate::list_filter::FilterField::to_parameter(&self.$field)),)+
                    $((Self::$page_parameter, self.$page.clone()),)+
                ];
                all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
            }

            /// The same list from its beginning.
            #[must_use]
            pub fn first_page(&self) -> Self {
                Self { $($page: String::new(),)+ ..self.clone() }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::attempts::{AttemptFilter, AttemptKind};
    use crate::support::{QuietDays, TeamListFilter, TeamSort, WaitingFor};
    use crate::{FindingCode, TeamStatus};

    #[test]
    fn an_address_reads_back() {
        let filter = AttemptFilter {
            team: "contoso".into(),
            finding: Some(FindingCode::WrongAudience),
            kind: Some(AttemptKind::Tests),
            older: "1_2".into(),
            ..AttemptFilter::default()
        };
        let query = filter.query();
        let text =
            |name: &str| query.iter().find(|(set, _)| *set == name).map(|(_, text)| text.clone()).unwrap_or_default();
        assert_eq!(AttemptFilter::of_address(text), filter);
        assert_eq!(query.len(), 4);
    }

    #[test]
    fn what_nobody_could_have_chosen_filters_nothing() {
        let read = TeamListFilter::of_address(|_| "x".to_owned());
        let is_read = TeamListFilter { q: "x".into(), after: "x".into(), before: "x".into(), ..read.clone() };
        assert_eq!(read, is_read);
        assert_eq!(TeamListFilter { q: String::new(), ..read.first_page() }, TeamListFilter::default());
    }

    #[test]
    fn a_filter_is_kept_as_texts_and_read_whatever_they_are() {
        let filter = TeamListFilter {
            state: Some(TeamStatus::InReview),
            waiting: Some(WaitingFor::Support),
            quiet: QuietDays::new(30),
            sort: TeamSort::StatusSince,
            ..TeamListFilter::default()
        };
        let kept = serde_json::to_value(&filter).unwrap();
        let text = |name: &str| kept[name].as_str().unwrap().to_owned();
        assert_eq!([text("state"), text("quiet"), text("sort"), text("provider")], ["in_review", "30", "waiting", ""]);
        assert_eq!(serde_json::from_value::<TeamListFilter>(kept).unwrap(), filter);
        let other = serde_json::json!({ "state": "archived", "sort": "x", "q": "contoso", "else": 1 });
        let read: TeamListFilter = serde_json::from_value(other).unwrap();
        assert_eq!(read, TeamListFilter { q: "contoso".into(), ..TeamListFilter::default() });
    }
}
