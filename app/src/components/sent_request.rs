//! What our request asked for: what of it can be the cause of a finding, and all of it for those
//! who look into the identity provider's log.

use leptos::prelude::*;
use messages::text;
use model::attempts::AttemptEvent;
use model::{AttemptReport, FindingCode, SentRequest};

use super::layout::brand;
use super::remediation::{RemediationContext, fix_by};
use crate::findings::{request_facts, suspected_options};
use crate::remediation::{FixOwner, PortalPlace};

/// The options of our request that can be the cause of the finding, with the place to change them.
pub fn suspected_options_notice(
    event: &AttemptEvent,
    code: FindingCode,
    report: &AttemptReport,
    context: &RemediationContext<'_>,
) -> Option<impl IntoView + use<>> {
    let asked = suspected_options(code, report.request.as_ref()?, event.status_message());
    if asked.is_empty() {
        return None;
    }
    let vendor = brand().vendor_name;
    let is_on_page = asked.iter().any(|asked| asked.fix_owner() == FixOwner::TeamAdmin);
    let fixer = if is_on_page { FixOwner::TeamAdmin } else { FixOwner::Support };
    let link = context.link(PortalPlace::Options).filter(|_| is_on_page);
    let link = link.map(|(address, _)| {
        view! {
            <p>
                <a href=address>{text!("findings-asked.link")}</a>
            </p>
            <p>{text!("remediation-make-live")}</p>
        }
    });
    let items = asked.iter().map(|option| view! { <li>{option.text(&vendor)}</li> }).collect_view();
    Some(view! {
        <div class="notice notice--info">
            <strong>{text!("findings-asked")}</strong>
            <ul>{items}</ul>
            {context.fix_owner(fixer).map(fix_by)}
            {link}
        </div>
        <p>{text!("findings-asked.otherwise")}</p>
    })
}

/// What the request asked for that was answered so.
pub fn requested(request: &SentRequest) -> impl IntoView + use<> {
    let facts = request_facts(request).into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
    view! {
        <div>
            <b>{text!("findings-request")}</b>
            <ul>{facts}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use model::{AttemptOutcome, EventKind, FindingValue, SignInOptions, Verdict};

    use super::super::finding::finding;
    use super::*;
    use crate::components::fixture::{self, event, list};

    fn html(report: &AttemptReport) -> String {
        Owner::new().with(|| finding(&report.events[0], report, &list()).unwrap().to_html())
    }

    fn status() -> AttemptEvent {
        let actual = FindingValue::Status {
            code: "urn:oasis:names:tc:SAML:2.0:status:Responder".into(),
            sub_code: Some("urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext".into()),
            message: Some("no".into()),
        };
        let code = Some(FindingCode::NoAuthnContext);
        AttemptEvent { actual: Some(actual), ..event(EventKind::Status, Verdict::Failed, code, "") }
    }

    #[test]
    fn an_option_that_asked_for_it_comes_first_with_the_link() {
        let code = FindingCode::NoAuthnContext;
        let asked = SignInOptions {
            authn_context: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password".parse().ok(),
            ..SignInOptions::default()
        };
        let report = |options: SignInOptions| AttemptReport {
            request: Some(SentRequest::from_options(&options, &fixture::idp())),
            ..fixture::report(AttemptOutcome::Failed(code), vec![status()])
        };
        let shown = html(&report(asked.clone()));
        let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
        assert!(place("Change this option here") < place("In Entra:"), "{shown}");
        assert!(shown.contains("ac:classes:Password") && shown.contains("/setup/options\""), "{shown}");
        assert!(shown.contains("Responder / NoAuthnContext: no"), "the code with the message: {shown}");
        let nothing = html(&report(SignInOptions::default()));
        assert!(!nothing.contains("Change this option here"), "nobody asked for it here: {nothing}");
        assert!(nothing.contains("Our request asks for none, so either a policy there does"), "{nothing}");
        assert!(nothing.contains("find the gateway that adds it"), "{nothing}");
        assert!(nothing.contains("Authentication context: none is asked for"), "{nothing}");
        let viewer = html(&AttemptReport { may_configure: false, ..report(asked) });
        assert!(viewer.contains("An admin of the team"), "{viewer}");
    }
}
