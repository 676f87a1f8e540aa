//! Who can fix something, on which blade, with which steps and which values.

use leptos::prelude::*;
use messages::text;
use model::{AttemptReport, Endpoints, IdpSettings};

use super::copy::Copy;
use super::layout::brand;
use crate::api::attempts::AttemptList;
use crate::remediation::{PortalPlace, Remediation};

/// Whom a remediation is shown to: the values it can quote, and where it may lead them.
#[derive(Clone, Copy, Debug)]
pub struct RemediationContext<'a> {
    /// The team's values.
    pub endpoints: &'a Endpoints,
    /// What was entered of its identity provider.
    pub idp: Option<&'a IdpSettings>,
    /// The team's slug, for its members: its own pages are not there for others.
    pub team: Option<&'a str>,
    /// Whether they may edit and test the connection.
    pub may_configure: bool,
    /// Whether a test is what to begin again with, not a sign-in.
    pub is_test: bool,
}

impl<'a> RemediationContext<'a> {
    /// Whoever sees this report.
    pub fn of(report: &'a AttemptReport, list: &'a AttemptList) -> Self {
        let team = match list {
            AttemptList::Team(slug) => Some(slug.as_str()),
            AttemptList::Support => None,
        };
        Self {
            endpoints: &report.endpoints,
            idp: report.idp.as_ref(),
            team,
            may_configure: report.may_configure,
            is_test: report.summary.is_test,
        }
    }

    /// Where a link leads and what it says; none to where they may not go.
    pub fn link(&self, place: PortalPlace) -> Option<(String, String)> {
        let slug = self.team.filter(|_| place != PortalPlace::Start || !self.is_test || self.may_configure)?;
        Some((place.address(slug, self.endpoints, self.is_test), place.label(self.is_test)))
    }
}

/// How something is fixed. The value that is `shown` beside it already is not shown again.
pub fn remediation(
    remediation: &Remediation,
    steps: &[String],
    context: &RemediationContext<'_>,
    shown: Option<&str>,
) -> AnyView {
    let vendor = brand().vendor_name;
    let fixer = remediation.fixer;
    let fixer = if context.may_configure { fixer.name(&vendor) } else { fixer.name_for_others(&vendor) };
    let blade = remediation.blade.map(|blade| {
        view! {
            <p>
                <b>{text!("attempt-fix-in-entra")}</b>
                " "
                <span class="entra">{blade.path()}</span>
            </p>
        }
    });
    let steps = (!steps.is_empty())
        .then(|| view! { <ol>{steps.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view()}</ol> });
    let values = remediation.values.iter().filter_map(|known| {
        let value = known.value(context.endpoints, context.idp).filter(|value| Some(*value) != shown)?;
        Some(view! { <Copy label=known.label() value=value.to_owned() /> })
    });
    let values: Vec<_> = values.collect();
    let place = remediation.place.and_then(|place| context.link(place)).map(|(address, text)| {
        view! {
            <p>
                <b>{text!("attempt-fix-here")}</b>
                " "
                <a href=address>{text}</a>
            </p>
        }
    });
    view! {
        <p>
            <b>{text!("attempt-fix-by")}</b>
            " "
            {fixer}
        </p>
        {blade}
        {steps}
        {values}
        {place}
        {remediation.afterwards().map(|text| view! { <p>{text}</p> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use model::FindingCode;

    use super::*;
    use crate::aadsts::explain;
    use crate::components::fixture::{SLUG, endpoints, idp};
    use crate::findings;

    fn context(endpoints: &Endpoints) -> RemediationContext<'_> {
        RemediationContext { endpoints, idp: None, team: Some(SLUG), may_configure: true, is_test: false }
    }

    fn html(known: &Remediation, context: &RemediationContext<'_>, shown: Option<&str>) -> String {
        Owner::new().with(|| remediation(known, &[], context, shown).to_html())
    }

    #[test]
    fn a_test_is_begun_again_as_a_test_and_by_those_who_may() {
        let endpoints = endpoints();
        let replayed = findings::remediation(FindingCode::Replayed);
        let (sign_on, start) = (&format!("href=\"{}\"", endpoints.sign_on_url), "/setup/test/start\"");
        let sign_in = html(&replayed, &context(&endpoints), None);
        assert!(sign_in.contains(sign_on) && !sign_in.contains(start), "{sign_in}");
        let test = RemediationContext { is_test: true, ..context(&endpoints) };
        let html_of_test = html(&replayed, &test, None);
        assert!(html_of_test.contains(start) && html_of_test.contains("Start the test again"), "{html_of_test}");
        assert!(!html_of_test.contains(sign_on), "{html_of_test}");
        let viewer = html(&replayed, &RemediationContext { may_configure: false, ..test }, None);
        assert!(!viewer.contains("href="), "a viewer may not test: {viewer}");
    }

    #[test]
    fn only_those_who_may_edit_are_told_to() {
        let endpoints = endpoints();
        let wrong_issuer = findings::remediation(FindingCode::WrongIssuer);
        assert!(html(&wrong_issuer, &context(&endpoints), None).contains("You, in this portal"));
        let viewer = html(&wrong_issuer, &RemediationContext { may_configure: false, ..context(&endpoints) }, None);
        assert!(!viewer.contains("You, in this portal") && viewer.contains("An admin of the team"), "{viewer}");
        let support =
            html(&wrong_issuer, &RemediationContext { team: None, may_configure: false, ..context(&endpoints) }, None);
        assert!(!support.contains("/teams/") && support.contains("An admin of the team"), "{support}");
    }

    #[test]
    fn what_was_entered_here_is_shown_where_it_was_and_nothing_twice() {
        let (endpoints, idp) = (endpoints(), idp());
        let tenant_missing = explain(90002).unwrap().remediation;
        let entered = RemediationContext { idp: Some(&idp), ..context(&endpoints) };
        let all = html(&tenant_missing, &entered, None);
        assert!(all.contains(&idp.sso_url) && all.contains(&idp.entity_id), "{all}");
        let rest = html(&tenant_missing, &entered, Some(&idp.entity_id));
        assert!(rest.contains(&idp.sso_url) && !rest.contains(&idp.entity_id), "{rest}");
        let nothing = html(&tenant_missing, &context(&endpoints), None);
        assert!(!nothing.contains("entered here</span>") && !nothing.contains("copy__value"), "{nothing}");
    }

    #[test]
    fn what_is_saved_in_a_revision_has_to_go_live() {
        let endpoints = endpoints();
        let says =
            |code| html(&findings::remediation(code), &context(&endpoints), None).contains("in the step Go live");
        assert!(says(FindingCode::WrongIssuer) && says(FindingCode::EmailDomain));
        assert!(!says(FindingCode::WrongAudience), "that one is mended in Entra");
        assert!(!says(FindingCode::Encrypted), "keys belong to the team");
    }
}
