//! What came with an attempt, to be taken over into the draft by one button.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use messages::text;
use model::attempts::{AttemptEvent, issuer_to_take_over};
use model::{AttemptReport, Claim, FindingCode, FindingValue};

use super::remediation::RemediationContext;
use crate::api::attempts::{TakeOverEmailClaim, TakeOverIssuer};

/// The value that a finding offers to take over: to those who may edit the connection.
pub fn take_over(
    code: FindingCode,
    report: &AttemptReport,
    context: &RemediationContext<'_>,
) -> Option<impl IntoView + use<>> {
    use FindingCode as Code;
    match code {
        Code::WrongIssuer | Code::IssuerWithoutSlash => issuer(report, context).map(Either::Left),
        Code::EmailMissing | Code::EmailEmpty | Code::EmailInvalid => Some(Either::Right(email_claim(report, context))),
        _ => None,
    }
}

fn issuer(report: &AttemptReport, context: &RemediationContext<'_>) -> Option<impl IntoView + use<>> {
    // one of the team's own values is entered there in the wrong field: it is refused here
    let is_own = |event: &AttemptEvent| {
        let came = event.actual.as_ref().filter(|_| event.finding == Some(FindingCode::WrongIssuer));
        came.and_then(FindingValue::as_text).is_some_and(|came| context.endpoints.contains(came))
    };
    if report.events.iter().any(is_own) {
        return None;
    }
    let holds = |signer: &str| {
        report
            .draft_or_live()
            .is_some_and(|shown| shown.certificates.iter().any(|known| known.thumbprint_sha1 == signer))
    };
    let Some(issuer) = issuer_to_take_over(&report.events).filter(|issuer| holds(issuer.signed_by)) else {
        return Some(Either::Left(view! { <p>{text!("take-over-issuer-unverified")}</p> }));
    };
    let slug = context.team.filter(|_| context.may_configure)?;
    Some(Either::Right(issuer_form(slug, issuer.entity_id, report)))
}

fn issuer_form(slug: &str, issuer: &str, report: &AttemptReport) -> impl IntoView + use<> {
    view! {
        <form method="post" action=TakeOverIssuer::url() class="stack stack--tight">
            {hidden(slug.to_owned(), report)} <p>{text!("take-over-issuer.text", issuer = issuer)}</p>
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("take-over-issuer")}
                </button>
            </div>
        </form>
    }
}

/// The claims in which an address came that nothing reads.
fn email_claim(report: &AttemptReport, context: &RemediationContext<'_>) -> Option<impl IntoView + use<>> {
    let claims: Vec<&Claim> =
        report.claims.iter().map(|mapped| &mapped.claim).filter(|claim| claim.has_email_address()).collect();
    if claims.is_empty() {
        return None;
    }
    let slug = context.team.filter(|_| context.may_configure);
    let items = claims.into_iter().map(|claim| {
        let name = claim.name.clone();
        let value = claim.values.first().cloned().unwrap_or_default();
        let form = slug.map(|slug| {
            view! {
                <form method="post" action=TakeOverEmailClaim::url() class="form-actions">
                    {hidden(slug.to_owned(), report)} <input type="hidden" name="claim" value=name.clone() />
                    <button type="submit" class="button">
                        {text!("take-over-email-claim", claim = name.as_str())}
                    </button>
                </form>
            }
        });
        view! {
            <li>
                <span class="mono">{name}</span>
                ": "
                <span class="mono">{value}</span>
                {form}
            </li>
        }
    });
    let items = items.collect_view();
    Some(view! {
        <p>{text!("take-over-email-claims")}</p>
        <ul>{items}</ul>
    })
}

fn hidden(slug: String, report: &AttemptReport) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="slug" value=slug />
        <input type="hidden" name="reference" value=report.summary.reference.to_string() />
    }
}

#[cfg(test)]
mod tests {
    use model::attempts::MappedClaim;
    use model::{AttemptOutcome, EventKind, RevisionState, Verdict};

    use super::*;
    use crate::components::fixture::{self, event, list};

    fn html(report: &AttemptReport, code: FindingCode) -> String {
        let list = list();
        let context = RemediationContext::of(report, &list);
        Owner::new().with(|| take_over(code, report, &context).map(RenderHtml::to_html).unwrap_or_default())
    }

    #[test]
    fn an_issuer_is_taken_over_only_if_it_was_verified_and_by_those_who_may() {
        let code = FindingCode::WrongIssuer;
        let issuer = |is_verified| AttemptEvent {
            is_verified,
            ..event(EventKind::Issuer, Verdict::Failed, Some(code), "https://idp.example/<b>")
        };
        let signature = || event(EventKind::Signature, Verdict::Noted, Some(FindingCode::SignedAssertion), "AA11");
        let report = |is_verified| AttemptReport {
            live: Some(fixture::connection(RevisionState::Live, &["AA11"])),
            ..fixture::report(AttemptOutcome::Failed(code), vec![signature(), issuer(is_verified)])
        };
        let verified = html(&report(true), code);
        assert!(verified.contains("take_over_issuer") && verified.contains("idp.example/&lt;b&gt;"), "{verified}");
        let unverified = html(&report(false), code);
        assert!(!unverified.contains("<form") && unverified.contains("Compare it"), "{unverified}");
        let viewer = html(&AttemptReport { may_configure: false, ..report(true) }, code);
        assert!(!viewer.contains("<form"), "{viewer}");
        for is_verified in [true, false] {
            let mut own = report(is_verified);
            own.events[1].actual = Some(FindingValue::text(own.endpoints.identifier.as_str()));
            assert_eq!(html(&own, code), "", "it is refused as an issuer");
        }
        let edited = fixture::connection(RevisionState::Draft, &["BB22"]);
        let removed = html(&AttemptReport { draft: Some(edited), ..report(true) }, code);
        assert!(!removed.contains("<form") && removed.contains("Compare it"), "{removed}");
        for other in [FindingCode::IssuerOtherTenant, FindingCode::CommonTenant, FindingCode::CertificateUnknown] {
            assert_eq!(html(&report(true), other), "", "{other:?}");
        }
    }

    #[test]
    fn claims_that_hold_an_address_are_offered() {
        let code = FindingCode::EmailMissing;
        let claim = |name: &str, value: &str| MappedClaim {
            claim: Claim { name: name.into(), values: vec![value.into()] },
            fills: None,
        };
        let claims = vec![claim("Work Mail", "b.simon@contoso.example"), claim("upn", "a_b.c#EXT#@d.example")];
        let report = AttemptReport { claims, ..fixture::report(AttemptOutcome::Failed(code), Vec::new()) };
        let shown = html(&report, code);
        assert!(shown.contains("value=\"Work Mail\"") && !shown.contains("#EXT#"), "{shown}");
        let viewer = html(&AttemptReport { may_configure: false, ..report.clone() }, code);
        assert!(viewer.contains("Work Mail") && !viewer.contains("<form"), "{viewer}");
        let nothing = html(&AttemptReport { claims: Vec::new(), ..report }, code);
        assert!(!nothing.contains("<ul"), "{nothing}");
    }
}
