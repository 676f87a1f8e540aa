//! The fields of what is registered of an application.

use leptos::prelude::*;
use messages::{message, text};
use model::application_form::{TeamChoice, field, scope_field};
use model::{AccessTokenFormat, ApplicationKind, ApplicationSettings, FormState, RedirectUri, Scope, SigningAlgorithm};

use crate::components::choice::{CheckBox, Select};
use crate::components::form::{TextArea, TextField, described_by, field_problem};

/// The fields that are folded away.
const ADVANCED: [&str; 10] = [
    field::SIGNING_ALGORITHM,
    field::ACCESS_TOKEN_FORMAT,
    field::AUDIENCE,
    field::PAIRWISE_SECTOR,
    field::PKCE_OPTIONAL,
    field::JWKS,
    field::ACCESS_TOKEN_LIFETIME,
    field::ID_TOKEN_LIFETIME,
    field::REFRESH_TOKEN_LIFETIME,
    field::MAX_REFRESH_LIFETIME,
];

/// What is registered before the form is filled in.
pub struct Registered {
    /// Its name.
    pub name: String,
    /// The teams that may use it; every team if there is no list.
    pub teams: Option<Vec<String>>,
    /// Everything else.
    pub settings: ApplicationSettings,
}

/// The kind, which is chosen once.
pub fn kind_field(form: &FormState, value: ApplicationKind) -> impl IntoView + use<> {
    let choices = ApplicationKind::ALL.iter().map(|kind| {
        let code = kind.as_str();
        (code, message(&format!("application-kind-{}.explained", code.replace('_', "-")), &[]))
    });
    let choices: Vec<_> = choices.collect();
    view! {
        <Select
            form=form.clone()
            name=field::KIND
            label=text!("application-kind")
            choices=choices
            value=value.as_str()
        >
            <p>{text!("application-kind.hint")}</p>
        </Select>
    }
}

/// All fields but the kind.
pub fn settings_fields(form: &FormState, registered: &Registered) -> impl IntoView + use<> {
    let settings = &registered.settings;
    view! {
        <TextField
            form=form.clone()
            name=field::NAME
            label=text!("application-name")
            hint=text!("application-name.hint")
            value=registered.name.clone()
        />
        {addresses(form, settings)}
        {teams(form, registered.teams.as_deref())}
        {scopes(form, settings)}
        {advanced(form, settings)}
    }
}

fn lines(addresses: &[RedirectUri]) -> String {
    addresses.iter().map(RedirectUri::as_str).collect::<Vec<_>>().join("\n")
}

fn addresses(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    view! {
        <TextArea
            form=form.clone()
            name=field::REDIRECT_URIS
            label=text!("application-redirect-uris")
            hint=text!("application-redirect-uris.hint")
            value=lines(&settings.redirect_uris)
        />
        <TextArea
            form=form.clone()
            name=field::POST_LOGOUT_REDIRECT_URIS
            label=text!("application-post-logout-redirect-uris")
            hint=text!("application-post-logout-redirect-uris.hint")
            value=lines(&settings.post_logout_redirect_uris)
            rows=2
            optional=true
        />
        <TextField
            form=form.clone()
            name=field::BACKCHANNEL_LOGOUT_URI
            label=text!("application-backchannel-logout-uri")
            hint=text!("application-backchannel-logout-uri.hint")
            value=settings.backchannel_logout_uri.clone().unwrap_or_default()
            kind="url"
            optional=true
        />
        <TextField
            form=form.clone()
            name=field::INITIATE_LOGIN_URI
            label=text!("application-initiate-login-uri")
            hint=text!("application-initiate-login-uri.hint")
            value=settings.initiate_login_uri.clone().unwrap_or_default()
            kind="url"
            optional=true
        />
    }
}

fn teams(form: &FormState, listed: Option<&[String]>) -> impl IntoView + use<> {
    let name = field::TEAM_CHOICE;
    let saved = if listed.is_some() { TeamChoice::Listed } else { TeamChoice::All };
    let chosen =
        form.value(name).map_or(saved.as_str(), |typed| TeamChoice::parse(typed).map_or("", TeamChoice::as_str));
    let radios = TeamChoice::ALL.iter().map(|choice| {
        let label = match choice {
            TeamChoice::All => text!("application-teams-every"),
            TeamChoice::Listed => text!("application-teams-listed"),
        };
        // the summary of problems leads to the first one
        let id = if *choice == TeamChoice::All { name.to_owned() } else { format!("{name}_{}", choice.as_str()) };
        view! {
            <label for=id.clone()>
                <input id=id.clone() name=name type="radio" value=choice.as_str() checked={choice.as_str() == chosen} />
                {label}
            </label>
        }
    });
    let described_by = described_by(form, name, false);
    view! {
        <fieldset class="field" aria-describedby=described_by>
            <legend>{text!("application-teams-legend")}</legend>
            {field_problem(form, name)}
            {radios.collect_view()}
        </fieldset>
        <TextArea
            form=form.clone()
            name=field::TEAMS
            label=text!("application-teams-slugs")
            hint=text!("application-teams-slugs.hint")
            value=listed.unwrap_or_default().join("\n")
            rows=3
            optional=true
        />
    }
}

fn scopes(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    let boxes = Scope::ALL.iter().filter(|scope| **scope != Scope::Openid).map(|scope| {
        let hint = message(&format!("application-scope-{}", scope.as_str().replace('_', "-")), &[]);
        let checked = settings.scopes.contains(*scope);
        view! {
            // the names of the specification, in every language
            <CheckBox form=form.clone() name=scope_field(*scope) label=scope.as_str() checked=checked>
                <p>{hint}</p>
            </CheckBox>
        }
    });
    view! {
        <fieldset class="stack stack--tight">
            <legend>{text!("application-scopes")}</legend>
            <p class="field__hint">{text!("application-scopes.hint")}</p>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// What most applications leave as it is. Unfolded where something in it was refused.
fn advanced(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    let is_open = ADVANCED.iter().any(|name| form.problem(name).is_some());
    view! {
        <details open=is_open>
            <summary>{text!("application-advanced")}</summary>
            <div class="card stack">{tokens(form, settings)} {keys(form, settings)} {lifetimes(form, settings)}</div>
        </details>
    }
}

fn tokens(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    let algorithms = SigningAlgorithm::ALL.iter().map(|algorithm| (algorithm.as_str(), algorithm.as_str()));
    let formats = AccessTokenFormat::ALL.iter().map(|format| {
        let label = match format {
            AccessTokenFormat::Opaque => text!("application-access-token-opaque"),
            AccessTokenFormat::Jwt => text!("application-access-token-jwt"),
        };
        (format.as_str(), label)
    });
    let (algorithms, formats): (Vec<_>, Vec<_>) = (algorithms.collect(), formats.collect());
    view! {
        <Select
            form=form.clone()
            name=field::SIGNING_ALGORITHM
            label=text!("application-signing-algorithm")
            choices=algorithms
            value=settings.signing_algorithm.as_str()
        >
            <p>{text!("application-signing-algorithm.hint")}</p>
        </Select>
        <Select
            form=form.clone()
            name=field::ACCESS_TOKEN_FORMAT
            label=text!("application-access-token-format")
            choices=formats
            value=settings.access_token_format.as_str()
        >
            <p>{text!("application-access-token-format.hint")}</p>
        </Select>
        <TextField
            form=form.clone()
            name=field::AUDIENCE
            label=text!("application-audience")
            hint=text!("application-audience.hint")
            value=settings.audience.clone().unwrap_or_default()
            optional=true
        />
        <TextField
            form=form.clone()
            name=field::PAIRWISE_SECTOR
            label=text!("application-pairwise-sector")
            hint=text!("application-pairwise-sector.hint")
            value=settings.pairwise_sector.clone().unwrap_or_default()
            optional=true
        />
    }
}

fn keys(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    view! {
        <CheckBox
            form=form.clone()
            name=field::PKCE_OPTIONAL
            label=text!("application-pkce-optional")
            checked=settings.pkce_optional
        >
            <p>{text!("application-pkce-optional.hint")}</p>
        </CheckBox>
        <TextArea
            form=form.clone()
            name=field::JWKS
            label=text!("application-jwks")
            hint=text!("application-jwks.hint")
            value=settings.jwks.clone().unwrap_or_default()
            optional=true
        />
    }
}

fn lifetimes(form: &FormState, settings: &ApplicationSettings) -> impl IntoView + use<> {
    let seconds = [
        (field::ACCESS_TOKEN_LIFETIME, text!("application-access-token-lifetime"), settings.access_token_lifetime),
        (field::ID_TOKEN_LIFETIME, text!("application-id-token-lifetime"), settings.id_token_lifetime),
        (field::REFRESH_TOKEN_LIFETIME, text!("application-refresh-token-lifetime"), settings.refresh_token_lifetime),
        (field::MAX_REFRESH_LIFETIME, text!("application-max-refresh-lifetime"), settings.max_refresh_lifetime),
    ];
    let fields = seconds.map(|(name, label, value)| {
        view! {
            <TextField form=form.clone() name=name label=label value=value.to_string() kind="number" />
        }
    });
    view! {
        <fieldset class="stack stack--tight">
            <legend>{text!("application-lifetimes")}</legend>
            {fields.collect_view()}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use model::FieldProblem;

    use super::*;

    fn html(form: &FormState, teams: Option<Vec<String>>) -> String {
        let registered = Registered { name: "Notes".to_owned(), teams, settings: ApplicationSettings::default() };
        Owner::new().with(|| settings_fields(form, &registered).to_html())
    }

    #[test]
    fn advanced_settings_are_folded_unless_one_of_them_was_refused() {
        let page = html(&FormState::default(), None);
        assert!(page.contains("<details>") && page.contains("value=\"Notes\""), "{page}");
        let problems = vec![(field::JWKS.to_owned(), FieldProblem::NotAJwkSet)];
        let page = html(&FormState { problems, ..FormState::default() }, None);
        assert!(page.contains("<details open"), "{page}");
    }

    #[test]
    fn listed_teams_are_chosen_and_named() {
        let page = html(&FormState::default(), Some(vec!["contoso-7k2m9q".to_owned()]));
        assert!(page.contains("value=\"listed\" checked") && page.contains(">contoso-7k2m9q</textarea>"), "{page}");
        assert!(!page.contains("value=\"all\" checked"), "{page}");
    }
}
