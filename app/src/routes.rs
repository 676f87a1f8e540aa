//! Paths as Leptos' router takes them. The paths themselves and their links are in
//! [`model::paths`], from where axum's routes and mails take them, too.

use leptos_router::{ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch, StaticSegment};
pub use model::paths::*;

/// A pattern of [`model::paths`] as the path of a Leptos route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagePath(pub &'static str);

#[derive(Clone, Copy, Debug)]
enum PageSegment {
    Fixed(StaticSegment<&'static str>),
    Parameter(ParamSegment),
}

impl PagePath {
    fn segments(self) -> impl Iterator<Item = PageSegment> {
        let segments = self.0.split('/').filter(|segment| !segment.is_empty());
        segments.map(|segment| match segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
            Some(name) => PageSegment::Parameter(ParamSegment(name)),
            None => PageSegment::Fixed(StaticSegment(segment)),
        })
    }
}

impl PossibleRouteMatch for PagePath {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let (mut remaining, mut parameters) = (path, Vec::new());
        for segment in self.segments() {
            let found = match segment {
                PageSegment::Fixed(segment) => segment.test(remaining),
                PageSegment::Parameter(segment) => segment.test(remaining),
            }?;
            remaining = found.remaining();
            parameters.extend(found.params());
        }
        let matched = path.strip_suffix(remaining).unwrap_or(path);
        Some(PartialPathMatch::new(remaining, parameters, matched))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        for segment in self.segments() {
            match segment {
                PageSegment::Fixed(segment) => segment.generate_path(path),
                PageSegment::Parameter(segment) => segment.generate_path(path),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_at_its_pattern_with_its_parameters() {
        let path = PagePath(TEAM_ATTEMPT);
        let found = path.test("/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M").unwrap();
        assert!(found.is_complete());
        let parameters = found.params();
        assert_eq!(
            parameters,
            [("slug".into(), "contoso-7k2m9q".to_owned()), ("reference".into(), "SSO-7F3K-2Q9M".to_owned()),]
        );
        assert!(path.test("/teams/contoso-7k2m9q/members").is_none());
        assert!(!PagePath(TEAM).test("/teams/contoso-7k2m9q/members").unwrap().is_complete());
        assert!(PagePath(HOME).test("/").unwrap().is_complete());
        assert!(!PagePath(HOME).test("/teams/new").unwrap().is_complete());
    }
}
