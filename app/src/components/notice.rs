//! The notice of what a save or a decision did, on the page that comes after it.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::{FormState, Notice, NoticeKind, SetupStep};

use super::form::form_state;
use crate::notices::notice_text;
use crate::routes;

/// The refused state of the page's form, or what the form before it did.
pub async fn form_or_notice(name: &'static str) -> FormState {
    let form = form_state(name).await;
    if form == FormState::default() { form_state(Notice::FORM).await } else { form }
}

/// What was done, if something was. With the team's slug: and where to go on from it.
pub fn notice(form: &FormState, slug: Option<&str>) -> Option<impl IntoView + use<>> {
    let notice = form.notice.as_ref()?;
    let (title, text) = notice_text(notice);
    let kind = match notice.kind {
        NoticeKind::Unchanged | NoticeKind::CertificateKnown | NoticeKind::LoginUrlChecked => "info",
        _ => "success",
    };
    let links = slug.filter(|_| notice.kind == NoticeKind::Saved).map(|slug| {
        let (test, go_live) = (routes::setup(slug, SetupStep::Test), routes::setup(slug, SetupStep::GoLive));
        let go = if notice.other.is_some() {
            text!("connection-notice-make-live")
        } else {
            text!("connection-notice-go-live")
        };
        view! {
            <p class="cluster">
                <a href=test>{text!("connection-notice-test")}</a>
                <a href=go_live>{go}</a>
            </p>
        }
    });
    let team = notice.team.as_ref().map(|team| {
        view! {
            <p>
                <a href=routes::support_team(team.slug.as_str())>{text!("connection-notice-open-team", team = team.name)}</a>
            </p>
        }
    });
    let next = notice.next.as_ref().map(|next| {
        view! {
            <p>
                <a href=routes::support_team(next.slug.as_str())>{text!("notices-next-team", team = next.name)}</a>
            </p>
        }
    });
    let login_url = notice.login_url.as_ref().map(|check| view! { <p>{check.text()}</p> });
    Some(view! {
        <div class=format!("notice notice--{kind}") role="status">
            <strong>{title}</strong>
            {login_url} <p>{text}</p>
            {links} {team} {next}
        </div>
    })
}

#[cfg(test)]
mod tests {
    use model::RevisionPart;

    use super::*;

    #[test]
    fn a_notice_leads_to_what_comes_next() {
        let parts = vec![RevisionPart::Certificates];
        let saved = Notice { parts, ..Notice::on(NoticeKind::Saved, Some(2), Some(1)) };
        let form = FormState { notice: Some(Box::new(saved)), ..FormState::default() };
        let html = Owner::new().with(|| notice(&form, Some("contoso-7k2m9q")).to_html());
        assert!(html.contains("Saved in revision 2") && html.contains("Signing certificates"), "{html}");
        assert!(html.contains("/teams/contoso-7k2m9q/setup/go-live") && html.contains("Make it live"), "{html}");
        let approved = Notice::on(NoticeKind::Approved, Some(1), None);
        let approved = approved.about("fabrikam-7k2m9q".parse().unwrap(), "Fabrikam".to_owned());
        let form = FormState { notice: Some(Box::new(approved)), ..FormState::default() };
        let html = Owner::new().with(|| notice(&form, None).to_html());
        assert!(html.contains("Fabrikam is live") && html.contains("/support/teams/fabrikam-7k2m9q"), "{html}");
        let nothing = Owner::new().with(|| notice(&FormState::default(), None).to_html());
        assert!(!nothing.contains("notice"), "{nothing}");
    }
}
