//! The tenant's people.

use openssl::sha::sha256;

/// Somebody in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `user.userprincipalname`, which is the name identifier.
    pub upn: String,
    /// `user.mail`.
    pub mail: String,
    /// `user.displayname`.
    pub display_name: String,
    /// `user.givenname`.
    pub given_name: String,
    /// `user.surname`.
    pub surname: String,
}

impl User {
    /// `user.objectid`: a GUID that is the same for the same user in every run.
    #[must_use]
    pub fn object_id(&self) -> String {
        let digest = hex::encode(sha256(self.upn.to_ascii_lowercase().as_bytes()));
        let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
        format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
    }

    /// Somebody who is typed in, with names made from `first.last@domain`.
    #[must_use]
    pub fn from_upn(upn: &str) -> Option<Self> {
        let upn = upn.trim();
        let (local, domain) = upn.split_once('@')?;
        if local.is_empty() || domain.is_empty() || upn.len() > 113 || upn.contains(char::is_whitespace) {
            return None;
        }
        let mut names = local.split(['.', '_', '-']).filter(|name| !name.is_empty()).map(capitalised);
        let given_name = names.next().unwrap_or_else(|| local.to_owned());
        let rest: Vec<String> = names.collect();
        let surname = if rest.is_empty() { given_name.clone() } else { rest.join(" ") };
        let display_name = if rest.is_empty() { given_name.clone() } else { format!("{given_name} {surname}") };
        Some(Self { upn: upn.to_owned(), mail: upn.to_owned(), display_name, given_name, surname })
    }
}

/// The people that are there from the start: Microsoft's B.Simon, a colleague, and a guest.
#[must_use]
pub fn preset() -> Vec<User> {
    vec![
        user(["b.simon@contoso.com", "b.simon@contoso.com", "B.Simon", "B.", "Simon"]),
        user(["a.vance@contoso.com", "a.vance@contoso.com", "A.Vance", "Adele", "Vance"]),
        guest(),
    ]
}

/// Somebody of another organisation, whose name here Entra makes of theirs there.
#[must_use]
pub fn guest() -> User {
    let upn = "g.guest_fabrikam.com#EXT#@contoso.onmicrosoft.com";
    user([upn, "g.guest@fabrikam.com", "G.Guest (Fabrikam)", "Gerhart", "Guest"])
}

fn user(parts: [&str; 5]) -> User {
    let [upn, mail, display_name, given_name, surname] = parts.map(str::to_owned);
    User { upn, mail, display_name, given_name, surname }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_id_is_stable_and_a_guid() {
        let simon = &preset()[0];
        assert_eq!(simon.object_id(), User::from_upn("B.SIMON@contoso.com").unwrap().object_id());
        let lengths: Vec<usize> = simon.object_id().split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
    }

    #[test]
    fn names_come_from_the_address() {
        let user = User::from_upn("megan.bowen@contoso.com").unwrap();
        assert_eq!((user.given_name.as_str(), user.surname.as_str()), ("Megan", "Bowen"));
        assert_eq!(User::from_upn("nobody"), None);
    }
}
