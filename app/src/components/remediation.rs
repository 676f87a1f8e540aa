//! Who can fix something, where at the identity provider, with which steps and which values.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::ids::PersonId;
use model::{AttemptReport, Endpoints, IdentityProvider, IdpSettings};

use super::copy::Copy;
use super::layout::brand;
use crate::api::attempts::AttemptList;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue, provider_name};
use crate::routes;

/// Whom a remediation is shown to: the values it can quote, and where it may lead them.
#[derive(Clone, Copy, Debug)]
pub struct RemediationContext<'a> {
    /// The team's values.
    pub endpoints: &'a Endpoints,
    /// What was entered of its identity provider.
    pub idp: Option<&'a IdpSettings>,
    /// The same as it is edited or live by now.
    pub current_idp: Option<&'a IdpSettings>,
    /// In whose words it is said.
    pub provider: IdentityProvider,
    /// The team's slug, for its members: its own pages are not there for others.
    pub team: Option<&'a str>,
    /// Whether they may edit and test the connection.
    pub may_configure: bool,
    /// Whether a test is what to begin again with, not a sign-in.
    pub is_test: bool,
    /// Whose sign-in it was, if the team knows them.
    pub person: Option<PersonId>,
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
            current_idp: report.draft_or_live().and_then(|shown| shown.idp.as_ref()),
            provider: report.identity_provider,
            team,
            may_configure: report.may_configure,
            is_test: report.summary.is_test,
            person: report.person,
        }
    }

    /// What whoever can fix it is called by these readers; none where nobody has to.
    pub fn fix_owner(&self, owner: FixOwner) -> Option<String> {
        let vendor = brand().vendor_name;
        let name = if self.may_configure { FixOwner::name } else { FixOwner::name_for_others };
        name(owner, &vendor, self.provider)
    }

    /// Where a link leads and what it says; none to where they may not go.
    pub fn link(&self, place: PortalPlace) -> Option<(String, String)> {
        let slug = self.team.filter(|_| place != PortalPlace::Start || !self.is_test || self.may_configure)?;
        let address = match (place, self.person) {
            (PortalPlace::Person, Some(person)) => routes::person(slug, &person.to_string()),
            _ => place.address(slug, self.endpoints, self.is_test),
        };
        Some((address, place.label(self.is_test)))
    }
}

/// Who can fix something.
pub fn fix_by(owner: String) -> impl IntoView {
    view! {
        <p>
            <b>{text!("attempt-fix-by")}</b>
            " "
            {owner}
        </p>
    }
}

/// How something is fixed. The value that is `shown` beside it already is not shown again.
pub fn remediation(
    remediation: &Remediation,
    steps: &[String],
    context: &RemediationContext<'_>,
    shown: Option<&str>,
) -> AnyView {
    let provider = context.provider;
    let blade = remediation.blade.map(|blade| idp_place(blade.path(), provider));
    let values: Vec<_> = remediation.all_values().into_iter().map(|known| values(known, context, shown)).collect();
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
        {context.fix_owner(remediation.fixer).map(fix_by)}
        {blade}
        {to_do(remediation, steps, provider)}
        {values}
        {place}
        {remediation.make_live_hint().map(|text| view! { <p>{text}</p> })}
    }
    .into_any()
}

/// A value as the configuration has it that judged, and as it is by now where that differs.
fn values(known: TeamValue, context: &RemediationContext<'_>, shown: Option<&str>) -> impl IntoView + use<> {
    let of = |idp| known.value(context.endpoints, idp).filter(|value| Some(*value) != shown);
    let judged = of(context.idp);
    let current = of(context.current_idp).filter(|value| Some(*value) != known.value(context.endpoints, context.idp));
    let label = known.label(context.provider);
    let current = current.map(|value| {
        let label = text!("remediation-value-by-now", name = known.name(context.provider));
        view! { <Copy label=label value=value.to_owned() /> }
    });
    let judged = judged.map(|value| view! { <Copy label=label value=value.to_owned() /> });
    view! {
        {judged}
        {current}
    }
}

/// What is done, in its order: tasks, steps besides them, and the tasks that come after those.
pub fn to_do(remediation: &Remediation, steps: &[String], provider: IdentityProvider) -> impl IntoView + use<> {
    let tasks = |tasks: &[Task]| tasks.iter().map(|task| idp_task(*task, provider)).collect_view();
    // what is left after the last task goes on in its list
    let before = match remediation.tasks.split_last() {
        Some((last, first)) => Either::Left((tasks(first), task_and_steps(*last, steps, provider))),
        None => Either::Right(step_list(steps)),
    };
    (before, tasks(remediation.tasks_after))
}

/// A task at the identity provider: where it is done, and how.
pub fn idp_task(task: Task, provider: IdentityProvider) -> impl IntoView + use<> {
    task_and_steps(task, &[], provider)
}

fn task_and_steps(task: Task, steps: &[String], provider: IdentityProvider) -> impl IntoView + use<> {
    view! {
        {idp_place(task.place(provider), provider)}
        {step_list(&[task.steps(provider).as_slice(), steps].concat())}
    }
}

fn idp_place(place: String, provider: IdentityProvider) -> impl IntoView + use<> {
    view! {
        <p>
            <b>{text!("attempt-fix-there", provider = provider_name(provider))}</b>
            " "
            <span class="entra">{place}</span>
        </p>
    }
}

/// Steps, each one action.
fn step_list(steps: &[String]) -> Option<impl IntoView + use<>> {
    let items = steps.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view();
    (!steps.is_empty()).then(|| view! { <ol>{items}</ol> })
}

#[cfg(test)]
mod tests {
    use model::FindingCode;

    use super::*;
    use crate::aadsts::explain;
    use crate::components::fixture::{SLUG, endpoints, idp};
    use crate::findings;

    fn context(endpoints: &Endpoints) -> RemediationContext<'_> {
        RemediationContext {
            endpoints,
            idp: None,
            current_idp: None,
            provider: IdentityProvider::Entra,
            team: Some(SLUG),
            may_configure: true,
            is_test: false,
            person: None,
        }
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
    fn what_is_left_to_do_after_a_task_goes_on_in_its_list() {
        let endpoints = endpoints();
        let wrong_audience = findings::remediation(FindingCode::WrongAudience);
        let with = |then: &[String]| {
            Owner::new().with(|| remediation(&wrong_audience, then, &context(&endpoints), None).to_html())
        };
        let (alone, followed) = (with(&[]), with(&["Sign in again.".to_owned()]));
        assert!(alone.contains("<ol>") && followed.contains("Sign in again."), "{followed}");
        assert_eq!(alone.matches("<ol>").count(), followed.matches("<ol>").count(), "{followed}");
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
        let draft = IdpSettings { sso_url: "https://idp.example/draft".into(), ..idp.clone() };
        let both = html(&tenant_missing, &RemediationContext { current_idp: Some(&draft), ..entered }, None);
        assert!(both.contains(&idp.sso_url) && both.contains(&draft.sso_url), "{both}");
        assert_eq!(both.matches("entra\">Login URL, as configured by now").count(), 1, "{both}");
        assert!(!both.contains("Identifier, as configured by now"), "only what differs: {both}");
        let nothing = html(&tenant_missing, &context(&endpoints), None);
        assert!(!nothing.contains("entered here</span>") && !nothing.contains("copy__value"), "{nothing}");
    }

    #[test]
    fn what_is_saved_in_a_revision_has_to_go_live() {
        let endpoints = endpoints();
        let says =
            |code| html(&findings::remediation(code), &context(&endpoints), None).contains("in the step Go live");
        assert!(says(FindingCode::WrongIssuer) && says(FindingCode::EmailDomain));
        assert!(!says(FindingCode::WrongAudience), "that one is mended at the identity provider");
        assert!(!says(FindingCode::Encrypted), "keys belong to the team");
    }

    #[test]
    fn places_fields_and_fixers_are_those_of_the_identity_provider_in_use() {
        let endpoints = endpoints();
        for (provider, words) in [
            (IdentityProvider::Okta, ["Your Okta administrator", "In Okta:", "Audience URI (SP Entity ID)<!></span>"]),
            (IdentityProvider::Keycloak, ["Your Keycloak administrator", "In Keycloak:", "Client ID<!></span>"]),
            (
                IdentityProvider::Other,
                [
                    "The administrator of your identity provider",
                    "In your identity provider:",
                    "Entity ID of the service provider<!></span>",
                ],
            ),
        ] {
            let context = RemediationContext { provider, ..context(&endpoints) };
            let shown = html(&findings::remediation(FindingCode::WrongAudience), &context, None);
            for word in words {
                assert!(shown.contains(word), "{provider:?}: {word}: {shown}");
            }
            assert!(shown.contains(&endpoints.identifier), "the team's value to paste: {shown}");
        }
    }
}
