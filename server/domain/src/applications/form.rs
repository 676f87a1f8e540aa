//! The form in which administrators register an application, and change what is registered: text by the
//! names of [`model::application_form`], read as far as it goes, so that everything that is wrong with it
//! is said at once.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use model::application_form::{TeamChoice, field, scope_field};
use model::pasted_text::quotable;
use model::{ApplicationKind, ApplicationSettings, FieldProblem, FormState, RedirectUri, Scope, Scopes};

use super::by_client_id;
use super::registration::{NewApplication, create, problems_of, update};
use crate::{Action, Actor, Error, Services};

/// Registers an application as it was typed, and answers with its client ID.
///
/// # Errors
/// [`Error::Invalid`] with each field that cannot be registered so.
#[tracing::instrument(name = "applications.register", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn register(services: &Services, actor: &Actor, typed: &BTreeMap<String, String>) -> Result<String, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let mut form = Form::new(typed);
    let kind = form.choice(field::KIND, ApplicationKind::default());
    let new = form.read(kind, &ApplicationSettings::default())?;
    create(services, actor, new).await
}

/// Replaces what is registered of an application by what was typed. Its client ID and kind stay.
///
/// # Errors
/// [`Error::Invalid`] with each field that cannot be registered so.
#[tracing::instrument(name = "applications.change", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn change(
    services: &Services,
    actor: &Actor,
    client_id: &str,
    typed: &BTreeMap<String, String>,
) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let before = by_client_id(services.db.connection(), client_id).await?;
    let new = Form::new(typed).read(before.kind, &before.settings)?;
    update(services, actor, client_id, new).await
}

/// The fields that the page shows first, in its order, which is that of the problems.
const FIRST_FIELDS: [&str; 7] = [
    field::NAME,
    field::REDIRECT_URIS,
    field::POST_LOGOUT_REDIRECT_URIS,
    field::BACKCHANNEL_LOGOUT_URI,
    field::INITIATE_LOGIN_URI,
    field::TEAM_CHOICE,
    field::TEAMS,
];

/// A form that is being read.
struct Form<'a> {
    typed: &'a BTreeMap<String, String>,
    problems: Vec<(String, FieldProblem)>,
}

impl<'a> Form<'a> {
    const fn new(typed: &'a BTreeMap<String, String>) -> Self {
        Self { typed, problems: Vec::new() }
    }

    /// What the form has no field for stays as it was before.
    fn read(mut self, kind: ApplicationKind, before: &ApplicationSettings) -> Result<NewApplication, Error> {
        let settings = ApplicationSettings {
            redirect_uris: self.addresses(field::REDIRECT_URIS),
            post_logout_redirect_uris: self.addresses(field::POST_LOGOUT_REDIRECT_URIS),
            backchannel_logout_uri: self.optional(field::BACKCHANNEL_LOGOUT_URI),
            initiate_login_uri: self.optional(field::INITIATE_LOGIN_URI),
            scopes: self.scopes(),
            signing_algorithm: self.choice(field::SIGNING_ALGORITHM, before.signing_algorithm),
            access_token_format: self.choice(field::ACCESS_TOKEN_FORMAT, before.access_token_format),
            audience: self.optional(field::AUDIENCE),
            pairwise_sector: self.optional(field::PAIRWISE_SECTOR),
            pkce_optional: self.is_ticked(field::PKCE_OPTIONAL),
            jwks: self.optional(field::JWKS),
            access_token_lifetime: self.seconds(field::ACCESS_TOKEN_LIFETIME, before.access_token_lifetime),
            id_token_lifetime: self.seconds(field::ID_TOKEN_LIFETIME, before.id_token_lifetime),
            refresh_token_lifetime: self.seconds(field::REFRESH_TOKEN_LIFETIME, before.refresh_token_lifetime),
            max_refresh_lifetime: self.seconds(field::MAX_REFRESH_LIFETIME, before.max_refresh_lifetime),
        };
        let teams = self.teams();
        let new = NewApplication {
            client_id: None,
            name: self.text(field::NAME).unwrap_or_default().to_owned(),
            kind,
            teams,
            settings,
        };
        self.add(problems_of(&new));
        self.problems
            .sort_by_key(|(name, _)| FIRST_FIELDS.iter().position(|field| field == name).unwrap_or(FIRST_FIELDS.len()));
        if self.problems.is_empty() { Ok(new) } else { Err(Error::Invalid(self.problems)) }
    }

    /// Adds what the whole is refused for, but for fields that could not be read in the first place.
    fn add(&mut self, problems: Vec<(String, FieldProblem)>) {
        let unread: Vec<String> = self.problems.iter().map(|(name, _)| name.clone()).collect();
        self.problems.extend(problems.into_iter().filter(|(name, _)| !unread.contains(name)));
    }

    fn refuse(&mut self, name: &str, problem: FieldProblem) {
        self.problems.push((name.to_owned(), problem));
    }

    /// What was typed, without white space around it; nothing if the form has no such field.
    fn text(&self, name: &str) -> Option<&'a str> {
        self.typed.get(name).map(|text| text.trim())
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn lines(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(name).unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty())
    }

    fn is_ticked(&self, name: &str) -> bool {
        self.text(name) == Some(FormState::TICKED)
    }

    fn addresses(&mut self, name: &str) -> Vec<RedirectUri> {
        let mut addresses = Vec::new();
        for line in self.lines(name) {
            match line.parse() {
                Ok(address) => addresses.push(address),
                Err(_) => self.refuse(name, FieldProblem::NotARedirectUri { line: quotable(line) }),
            }
        }
        addresses
    }

    /// Every application asks for `openid`.
    fn scopes(&self) -> Scopes {
        let scopes = Scope::ALL.iter().copied();
        scopes.filter(|scope| *scope == Scope::Openid || self.is_ticked(scope_field(*scope))).collect()
    }

    fn teams(&mut self) -> Option<Vec<String>> {
        let choice = self.text(field::TEAM_CHOICE).and_then(TeamChoice::parse);
        let Some(choice) = choice else {
            self.refuse(field::TEAM_CHOICE, FieldProblem::NotAChoice);
            return None;
        };
        if choice == TeamChoice::All {
            return None;
        }
        let slugs: BTreeSet<String> = self.lines(field::TEAMS).map(str::to_lowercase).collect();
        if slugs.is_empty() {
            self.refuse(field::TEAMS, FieldProblem::Missing);
        }
        Some(slugs.into_iter().collect())
    }

    fn choice<T: FromStr>(&mut self, name: &str, before: T) -> T {
        match self.text(name).map(str::parse) {
            None => before,
            Some(Ok(chosen)) => chosen,
            Some(Err(_)) => {
                self.refuse(name, FieldProblem::NotAChoice);
                before
            }
        }
    }

    /// What is no number is no time that is allowed either.
    fn seconds(&self, name: &str, before: u32) -> u32 {
        self.text(name).map_or(before, |text| text.parse().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        let least = [("name", "Notes"), ("redirect_uris", "https://notes.example/callback"), ("team_choice", "all")];
        let all = least.iter().chain(fields);
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn read(fields: &[(&str, &str)]) -> Result<NewApplication, Error> {
        Form::new(&typed(fields)).read(ApplicationKind::Web, &ApplicationSettings::default())
    }

    fn problems(fields: &[(&str, &str)]) -> Vec<(String, FieldProblem)> {
        match read(fields) {
            Err(Error::Invalid(problems)) => problems,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lines_are_addresses_and_boxes_are_scopes() {
        let addresses = "https://a.example/callback\r\n\r\n  http://localhost:3000/callback \r\n";
        let new = read(&[("redirect_uris", addresses), ("scope_email", "true"), ("jwks", " ")]).unwrap();
        let addresses: Vec<_> = new.settings.redirect_uris.iter().map(RedirectUri::as_str).collect();
        assert_eq!(addresses, ["https://a.example/callback", "http://localhost:3000/callback"]);
        assert_eq!(new.settings.scopes.to_string(), "openid email");
        assert_eq!((new.teams, new.settings.jwks, new.settings.id_token_lifetime), (None, None, 600));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_each_thing_once() {
        let wrong = [
            ("name", ""),
            ("redirect_uris", "http://a.example/\nhttps://b.example/*"),
            ("signing_algorithm", "HS256"),
            ("team_choice", "listed"),
            ("id_token_lifetime", "soon"),
        ];
        let names: Vec<_> = problems(&wrong).into_iter().map(|(name, _)| name).collect();
        let expected = ["name", "redirect_uris", "redirect_uris", "teams", "signing_algorithm", "id_token_lifetime"];
        assert_eq!(names, expected, "as the page shows them");
        let line = "http://a.example/".to_owned();
        assert_eq!(problems(&wrong)[1].1, FieldProblem::NotARedirectUri { line });
    }
}
