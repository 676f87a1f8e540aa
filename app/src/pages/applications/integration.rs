//! Code that is ready to be copied into an application, with its values filled in. The snippets are files of
//! their own, in `app/src/integration`.

use leptos::prelude::*;
use messages::text;
use model::application_form::ApplicationPage;
use model::{ApplicationKind, RedirectUri, Scope};

use crate::components::copy::copy_button;

/// A way to connect an application, by the names of its makers.
struct Snippet {
    title: &'static str,
    template: &'static str,
}

/// For what keeps a secret.
const WEB: &[Snippet] = &[
    Snippet { title: "Node.js: openid-client", template: include_str!("../../integration/node.mjs") },
    Snippet { title: "Next.js: Auth.js", template: include_str!("../../integration/nextjs.ts") },
    Snippet { title: "Python: Authlib", template: include_str!("../../integration/authlib.py") },
    Snippet { title: "Go: x/oauth2, go-oidc", template: include_str!("../../integration/main.go") },
    Snippet { title: "Java: Spring Security", template: include_str!("../../integration/spring.yaml") },
    Snippet { title: ".NET: ASP.NET Core", template: include_str!("../../integration/aspnet.cs") },
    Snippet { title: "PHP: OpenID-Connect-PHP", template: include_str!("../../integration/openid-connect.php") },
    Snippet { title: "Apache: mod_auth_openidc", template: include_str!("../../integration/apache.conf") },
    Snippet { title: "nginx: oauth2-proxy", template: include_str!("../../integration/nginx.conf") },
    Snippet { title: "curl", template: include_str!("../../integration/curl.sh") },
];
/// For what runs in a browser.
const SINGLE_PAGE: &[Snippet] =
    &[Snippet { title: "JavaScript: oidc-client-ts", template: include_str!("../../integration/browser.ts") }];
/// For what runs on a phone or a desktop.
const NATIVE: &[Snippet] = &[
    Snippet { title: "iOS: AppAuth", template: include_str!("../../integration/appauth.swift") },
    Snippet { title: "Android: AppAuth", template: include_str!("../../integration/appauth.kt") },
];
/// What an application usually asks for: the other scopes are for those that know why.
const USUAL_SCOPES: [Scope; 5] = [Scope::Openid, Scope::Profile, Scope::Email, Scope::Groups, Scope::Organization];

/// The snippets for this kind of application.
pub fn integration(page: &ApplicationPage) -> impl IntoView + use<> {
    let (intro, snippets) = match page.application.kind {
        ApplicationKind::Web => (text!("application-integration-web"), WEB),
        ApplicationKind::SinglePage => (text!("application-integration-public"), SINGLE_PAGE),
        ApplicationKind::Native => (text!("application-integration-public"), NATIVE),
    };
    let items = snippets.iter().map(|snippet| item(snippet.title, filled(snippet.template, page))).collect_view();
    view! {
        <p>{intro}</p>
        {items}
    }
}

fn item(title: &'static str, code: String) -> impl IntoView {
    view! {
        <details>
            <summary>{title}</summary>
            <div class="stack stack--tight">
                <p class="cluster">{copy_button(code.clone(), text!("application-integration-code", name = title))}</p>
                // wider than its box: who has no mouse scrolls it by the arrow keys
                <pre tabindex="0">
                    <code>{code}</code>
                </pre>
            </div>
        </details>
    }
}

/// The template with the application's values in their places.
fn filled(template: &str, page: &ApplicationPage) -> String {
    let settings = &page.application.settings;
    let scopes = USUAL_SCOPES.into_iter().filter(|scope| settings.scopes.contains(*scope));
    let scopes = scopes.map(Scope::as_str).collect::<Vec<_>>();
    let redirect_uri = settings.redirect_uris.first().map_or("", RedirectUri::as_str);
    template
        .replace("{issuer}", &page.issuer)
        .replace("{client_id}", &page.application.client_id)
        .replace("{redirect_uri}", redirect_uri)
        .replace("{scopes}", &scopes.join(" "))
        .replace("{scope_list}", &scopes.join(","))
}

#[cfg(test)]
mod tests {
    use model::ApplicationSettings;
    use model::application::ApplicationView;

    use super::*;

    fn page() -> ApplicationPage {
        let redirect_uris = vec!["https://notes.example/callback".parse().unwrap()];
        ApplicationPage {
            application: ApplicationView {
                client_id: "app_1".to_owned(),
                name: "Notes".to_owned(),
                logo: None,
                kind: ApplicationKind::Web,
                teams: None,
                settings: ApplicationSettings { redirect_uris, ..ApplicationSettings::default() },
                secrets: Vec::new(),
                created_at: "2026-11-23T12:00:00Z".parse().unwrap(),
                disabled_at: None,
                refused_requests: Vec::new(),
                logouts: Vec::new(),
            },
            issuer: "https://sso.example".to_owned(),
            discovery_url: "https://sso.example/.well-known/openid-configuration".to_owned(),
        }
    }

    #[test]
    fn every_snippet_has_all_of_the_applications_values_and_no_secret() {
        for snippet in WEB.iter().chain(SINGLE_PAGE).chain(NATIVE) {
            let code = filled(snippet.template, &page());
            for value in ["https://sso.example", "app_1", "https://notes.example/callback", "openid"] {
                assert!(code.contains(value), "{} lacks {value}", snippet.title);
            }
            for place in ["{issuer}", "{client_id}", "{redirect_uri}", "{scopes}", "{scope_list}"] {
                assert!(!code.contains(place), "{} has {place}", snippet.title);
            }
            assert!(!code.contains("sso_secret_"), "{}", snippet.title);
        }
    }

    #[test]
    fn code_is_shown_as_text() {
        let html = Owner::new().with(|| integration(&page()).to_html());
        assert!(html.contains("Node.js") && html.contains("&lt;?php"), "{html}");
    }
}
