//! Realms of Keycloak in addresses.

/// What follows a realm of Keycloak in a path.
pub(super) fn after_realm<'a>(path: &'a [&'a str]) -> Option<&'a [&'a str]> {
    path.get(realm(path)? + 1..)
}

/// Where in a path the realm of Keycloak is. Other products have realms within OAuth.
pub(super) fn realm(path: &[&str]) -> Option<usize> {
    let place = path.iter().position(|segment| *segment == "realms")? + 1;
    (place < path.len() && !path.contains(&"oauth2")).then_some(place)
}
