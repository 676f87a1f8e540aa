//! Every path of the portal, once: the pattern that a route is registered with, and the
//! function that makes a link of it. Pages (`app`), axum's routes (`server/src/router.rs`) and
//! mails (`domain`) all take them from here.
//!
//! A pattern has its parameters in braces, as axum writes them. A link's parameters are
//! percent-encoded, so that a value can end neither its segment nor its query parameter.

mod encode;
mod links;
pub mod parameter;
mod patterns;
mod sections;

pub use links::*;
pub use patterns::*;
pub use sections::{SupportSection, TeamSection};

/// Whether a path is one that a pattern stands for: each parameter is one segment, not empty.
#[must_use]
pub fn matches(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let fits = pattern.split('/').all(|expected| {
        let is_parameter = expected.starts_with('{');
        segments.next().is_some_and(|segment| if is_parameter { !segment.is_empty() } else { segment == expected })
    });
    fits && segments.next().is_none()
}

/// What a pattern begins with, before its first parameter.
#[must_use]
pub fn fixed_part(pattern: &'static str) -> &'static str {
    pattern.split('{').next().unwrap_or(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SetupStep;
    use crate::attempts::{AttemptFilter, LiveTopic, OutcomeKind};
    use crate::audit::AuditFilter;

    #[test]
    fn a_value_can_end_neither_its_parameter_nor_its_segment() {
        assert_eq!(login(Some("/teams/a?b=c&d")), "/login?next=/teams/a%3Fb%3Dc%26d");
        assert_eq!(invite("a/b?c"), "/invite/a%2Fb%3Fc");
        assert_eq!(login(None), "/login");
    }

    #[test]
    fn a_list_carries_its_filter_and_an_export_all_its_pages() {
        let filter =
            AttemptFilter { outcome: Some(OutcomeKind::Failed), older: "x".into(), ..AttemptFilter::default() };
        assert_eq!(attempts(SUPPORT_ATTEMPTS, &filter), "/support/sign-ins?outcome=failed&older=x");
        assert_eq!(attempts_export(SUPPORT_ATTEMPTS, &filter, "csv"), "/support/sign-ins.csv?outcome=failed");
    }

    #[test]
    fn what_was_done_is_added_to_what_an_address_says_already() {
        for (page, said) in [
            ("/support/teams", "/support/teams?done=saved"),
            ("/support/teams?state=draft", "/support/teams?state=draft&done=saved"),
            ("/support/teams/a#notes", "/support/teams/a?done=saved#notes"),
        ] {
            assert_eq!(with_done(page, "saved"), said);
        }
    }

    #[test]
    fn links_below_a_list_are_what_the_routes_are_registered_with() {
        let filter = AttemptFilter::default();
        for (list, [csv, json, live, one, xml]) in [
            (
                team_attempts("a"),
                [TEAM_ATTEMPTS_CSV, TEAM_ATTEMPTS_JSON, TEAM_ATTEMPTS_LIVE, TEAM_ATTEMPT, TEAM_ATTEMPT_XML],
            ),
            (
                SUPPORT_ATTEMPTS.to_owned(),
                [
                    SUPPORT_ATTEMPTS_CSV,
                    SUPPORT_ATTEMPTS_JSON,
                    SUPPORT_ATTEMPTS_LIVE,
                    SUPPORT_ATTEMPT,
                    SUPPORT_ATTEMPT_XML,
                ],
            ),
        ] {
            assert!(matches(csv, &attempts_export(&list, &filter, "csv")));
            assert!(matches(json, &attempts_export(&list, &filter, "json")));
            let watched = attempts_live(&list, &LiveTopic::List);
            assert!(watched.split('?').next().is_some_and(|path| matches(live, path)));
            assert!(matches(one, &attempt(&list, "SSO-7F3K-2Q9M")));
            assert!(matches(xml, &attempt_xml(&list, "SSO-7F3K-2Q9M")));
        }
        for (export, page) in [(TEAM_AUDIT_EXPORT, team_audit("a")), (SUPPORT_AUDIT_EXPORT, SUPPORT_AUDIT.to_owned())] {
            assert!(matches(export, &audit_export(&page, &AuditFilter::default())));
        }
        assert!(matches(SETUP, &setup("a", SetupStep::Certificates)));
        assert_eq!(setup("a", SetupStep::Certificates), upload_certificate("a"));
    }

    #[test]
    fn a_parameter_is_one_segment() {
        assert!(
            matches(ACS, "/v2/auth/sso/saml/contoso-7k2m9q") && matches(SLO, "/v2/auth/sso/saml/contoso-7k2m9q/logout")
        );
        for path in ["/v2/auth/sso/saml/", "/v2/auth/sso/saml/a/b", "/v2/auth/sso/saml", "/x/v2/auth/sso/saml/a"] {
            assert!(!matches(ACS, path), "{path}");
        }
        assert!(matches(ACS_WITH_SLASH, "/v2/auth/sso/saml/contoso-7k2m9q/"));
        for path in ["/v2/auth/sso/saml/contoso-7k2m9q", "/v2/auth/sso/saml//", "/v2/auth/sso/saml/a/b"] {
            assert!(!matches(ACS_WITH_SLASH, path), "{path}");
        }
        assert!(!matches(SLO, "/v2/auth/sso/saml//logout"));
    }

    #[test]
    fn a_teams_pages_name_their_team() {
        assert_eq!(team_in("/teams/contoso-7k2m9q/members"), Some("contoso-7k2m9q"));
        assert_eq!(team_in("/teams/contoso-7k2m9q"), Some("contoso-7k2m9q"));
        for path in ["/teams/new", "/teams/", "/support/teams/contoso-7k2m9q", "/"] {
            assert_eq!(team_in(path), None, "{path}");
        }
    }
}
