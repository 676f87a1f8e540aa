//! What needs a look on a team, each with what to do about it.

use leptos::prelude::*;
use messages::text;
use model::{CertificateView, RevisionState, Role, SetupStep, SetupView, TeamStatistics, Timestamp};

use crate::findings::title;
use crate::routes;

/// One thing, and the link to where it is mended.
#[derive(Debug, PartialEq, Eq)]
struct Item {
    text: String,
    link: Option<(String, String)>,
}

/// The list, or that there is nothing on it; none for a team that has nothing live yet, whose next step is
/// what needs a look.
pub fn needs_attention(view: &SetupView, statistics: &TeamStatistics) -> Option<impl IntoView + use<>> {
    view.live.as_ref()?;
    let items = items(view, statistics, crate::api::now()?);
    let list = if items.is_empty() {
        view! { <p class="empty">{text!("team-attention-none")}</p> }.into_any()
    } else {
        view! { <ul role="list" class="attention">{items.into_iter().map(item).collect_view()}</ul> }.into_any()
    };
    Some(view! {
        <section class="card stack stack--tight" aria-labelledby="needs-attention">
            <h2 class="card__title" id="needs-attention">{text!("team-attention")}</h2>
            {list}
        </section>
    })
}

fn item(item: Item) -> impl IntoView {
    let link = item.link.map(|(address, label)| {
        view! {
            <a class="button" href=address>
                {label}
            </a>
        }
    });
    view! {
        <li>
            <span>{item.text}</span>
            {link}
        </li>
    }
}

fn items(view: &SetupView, statistics: &TeamStatistics, now: Timestamp) -> Vec<Item> {
    let slug = view.team.slug.as_str();
    let may_edit = view.team.role >= Role::Admin;
    let certificates = view.live.as_ref().and_then(|live| certificates(&live.certificates, now)).map(|text| {
        let link = (routes::setup(slug, SetupStep::Certificates), text!("team-attention-certificate-link"));
        Item { text, link: may_edit.then_some(link) }
    });
    let draft = (view.connection.state == RevisionState::Draft).then(|| {
        let link = (routes::setup(slug, SetupStep::Test), text!("team-attention-draft-link"));
        let text = text!("team-attention-draft", number = view.connection.number.to_string());
        Item { text, link: may_edit.then_some(link) }
    });
    let list = routes::team_attempts(slug);
    let failing = statistics.failing.iter().map(|failing| Item {
        text: text!("team-attention-failing", count = failing.count, title = title(failing.code)),
        link: Some((routes::attempt(&list, failing.latest.as_str()), text!("team-attention-failing-link"))),
    });
    let without = statistics.members_without_second_factor;
    let second_factor = (without > 0 && view.team.role == Role::Owner).then(|| Item {
        text: text!("team-attention-second-factor", count = without),
        link: Some((routes::members(slug), text!("team-attention-second-factor-link"))),
    });
    certificates.into_iter().chain(failing).chain(draft).chain(second_factor).collect()
}

/// What is wrong with all of the certificates: one that is over beside one that is not is no worry.
fn certificates(certificates: &[CertificateView], now: Timestamp) -> Option<String> {
    let valid = certificates.iter().filter(|certificate| certificate.not_before <= now && certificate.not_after > now);
    let Some(end) = valid.map(|certificate| certificate.not_after).max() else {
        return Some(text!("team-attention-certificate-over"));
    };
    // the next one may be uploaded already, and begin before the last one ends
    let end = certificates.iter().filter(|next| next.not_before <= end).map(|next| next.not_after).max().unwrap_or(end);
    let days = (end - now).num_days();
    (days < CertificateView::WARN_DAYS).then(|| text!("team-attention-certificate-ends", days = days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::fixture;

    fn certificate(from: &str, until: &str) -> CertificateView {
        let day = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
        CertificateView { not_before: day(from), not_after: day(until), ..fixture::certificate("AA11") }
    }

    #[test]
    fn certificates_need_a_look_once_the_last_of_them_ends_soon() {
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        let said = |list: &[CertificateView]| certificates(list, now).unwrap_or_default();
        let old = || certificate("2023-11-30", "2026-11-30");
        assert!(said(&[old()]).contains("7 days"), "{}", said(&[old()]));
        assert_eq!(said(&[old(), certificate("2026-11-01", "2029-11-01")]), "");
        assert_eq!(said(&[old(), certificate("2026-11-29", "2029-11-01")]), "", "the next one begins in time");
        assert!(said(&[old(), certificate("2026-12-15", "2029-11-01")]).contains("7 days"), "there is a gap");
        assert!(said(&[certificate("2020-01-01", "2023-01-01")]).contains("nobody can sign in"));
        assert!(said(&[]).contains("nobody can sign in"));
    }
}
