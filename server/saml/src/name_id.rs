//! Name identifiers, and when two of them mean the same person.

/// The format that stands for any (core §8.3.1), and that of an identifier without one.
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// Formats that identity providers write with the wrong version, and what they mean.
const MISNAMED: [(&str, &str); 2] = [
    ("urn:oasis:names:tc:SAML:2.0:nameid-format:unspecified", UNSPECIFIED),
    (
        "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress",
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    ),
];

/// An identifier of a person with all its parts (core §2.2.2), exactly as the assertion has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameId {
    /// The identifier.
    pub value: String,
    /// Its format.
    pub format: Option<String>,
    /// The domain that it means somebody in.
    pub name_qualifier: Option<String>,
    /// The service provider that it means somebody at.
    pub sp_name_qualifier: Option<String>,
}

impl NameId {
    /// Whether a logout request that says `self` is about whom an assertion called `named`:
    /// every part counts (core §3.3.4), and a qualifier that is left out is the entity that it
    /// goes without saying (core §8.3.7).
    ///
    /// A request that leaves the format open means the person under any: Entra leaves it out
    /// although its assertions state one, and a session that it takes for ended must not live on.
    #[must_use]
    pub fn matches(&self, named: &Self, idp_entity_id: &str, sp_entity_id: &str) -> bool {
        let same = |ours: &Option<String>, theirs: &Option<String>, unsaid| {
            ours.as_deref().unwrap_or(unsaid) == theirs.as_deref().unwrap_or(unsaid)
        };
        let format = self.known_format();
        self.value == named.value
            && (format == UNSPECIFIED || format == named.known_format())
            && same(&self.name_qualifier, &named.name_qualifier, idp_entity_id)
            && same(&self.sp_name_qualifier, &named.sp_name_qualifier, sp_entity_id)
    }

    fn known_format(&self) -> &str {
        let format = self.format.as_deref().unwrap_or(UNSPECIFIED);
        MISNAMED.iter().find(|(misnamed, _)| *misnamed == format).map_or(format, |(_, meant)| meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDP: &str = "https://sts.windows.net/t/";
    const SP: &str = "contoso-222222";
    const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    fn name(format: Option<&str>, name_qualifier: Option<&str>, sp_name_qualifier: Option<&str>) -> NameId {
        let [format, name_qualifier, sp_name_qualifier] =
            [format, name_qualifier, sp_name_qualifier].map(|part| part.map(str::to_owned));
        NameId { value: "b.simon".to_owned(), format, name_qualifier, sp_name_qualifier }
    }

    #[test]
    fn every_part_of_a_name_counts() {
        let named = name(Some(PERSISTENT), None, None);
        for (requested, expected) in [
            (name(Some(PERSISTENT), None, None), true),
            (name(Some(PERSISTENT), Some(IDP), Some(SP)), true),
            (name(None, None, None), true),
            (name(Some(UNSPECIFIED), None, None), true),
            (name(Some(EMAIL), None, None), false),
            (name(Some(PERSISTENT), Some("https://other.example/"), None), false),
            (name(Some(PERSISTENT), None, Some("fabrikam-222222")), false),
            (name(None, Some("https://other.example/"), None), false),
            (NameId { value: "B.Simon".to_owned(), ..name(Some(PERSISTENT), None, None) }, false),
            (NameId { value: "b.simon ".to_owned(), ..name(None, None, None) }, false),
        ] {
            assert_eq!(requested.matches(&named, IDP, SP), expected, "{requested:?}");
        }
        let qualified = name(Some(PERSISTENT), Some("https://other.example/"), None);
        assert!(!name(Some(PERSISTENT), None, None).matches(&qualified, IDP, SP));
        assert!(!name(Some(EMAIL), None, None).matches(&name(None, None, None), IDP, SP), "a format that is not said");
    }

    #[test]
    fn a_format_with_the_wrong_version_is_the_format() {
        for (misnamed, meant) in MISNAMED {
            assert!(name(Some(misnamed), None, None).matches(&name(Some(meant), None, None), IDP, SP), "{misnamed}");
            assert!(name(Some(meant), None, None).matches(&name(Some(misnamed), None, None), IDP, SP), "{misnamed}");
        }
    }
}
