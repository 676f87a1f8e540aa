//! Text of a finding that depends on more than its code: on the values of its event, the request or the team's
//! status.

use chrono::TimeDelta;
use messages::text;
use model::attempts::AttemptEvent;
use model::{AttemptReport, EventKind, FindingCode, FindingValue, IdentityProvider, Timestamp, Verdict};

use crate::components::remediation::RemediationContext;
use crate::finding_value::day;
use crate::findings::{self, FindingText, finding_text, second_status_text, team_not_active, unrequested_status_text};
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task, TeamValue};

/// A certificate in a message that expires within this time is mentioned.
const ENDS_SOON: TimeDelta = TimeDelta::days(30);

/// The text of a finding that depends on the team's status, on the request or on the response; none where the
/// text of its code will do.
pub(super) fn specific_text(
    event: &AttemptEvent,
    code: FindingCode,
    report: &AttemptReport,
    provider: IdentityProvider,
) -> Option<(FindingText, Remediation)> {
    match code {
        FindingCode::TeamNotActive => Some(team_not_active(report.team_status)),
        FindingCode::CertificateUnknown => {
            let as_if = SignerValidity::of(event)?.advice();
            let steps = finding_text(as_if, provider).steps;
            Some((FindingText { steps, ..finding_text(code, provider) }, findings::remediation(as_if)))
        }
        // it is persistent by now: nothing is left to do
        FindingCode::NameIdChanged if event.verdict == Verdict::Noted => {
            let text = FindingText { steps: Vec::new(), ..finding_text(code, provider) };
            Some((text, Remediation::by(FixOwner::Nobody)))
        }
        // the request asked for no format: there is nothing to change here
        FindingCode::NameIdTransient if report.request.as_ref().is_some_and(|sent| sent.name_id_format.is_none()) => {
            let text = FindingText { steps: Vec::new(), ..finding_text(code, provider) };
            Some((text, Remediation::at_idp(&[Task::NameIdFormat])))
        }
        FindingCode::ValidityWrong => Some((validity_text(event, provider)?, findings::remediation(code))),
        FindingCode::WrongDestination | FindingCode::WrongRecipient => {
            Some((missing_address_text(event, code)?, findings::remediation(code)))
        }
        FindingCode::Expired => {
            Some((session_text(event)?, Remediation::by(FixOwner::PersonThenIdpAdmin).at(PortalPlace::Start)))
        }
        _ => unrequested_status_text(code, report.request.as_ref()?, provider),
    }
}

/// Whether an assertion had expired when it was issued, or is valid only later.
pub(super) fn validity_text(event: &AttemptEvent, provider: IdentityProvider) -> Option<FindingText> {
    let (title, meaning) = match event.expected {
        Some(FindingValue::After(_)) => {
            (text!("finding-validity-wrong.over"), text!("finding-validity-wrong.over-meaning"))
        }
        Some(FindingValue::AtOrBefore(_)) => {
            (text!("finding-validity-wrong.early"), text!("finding-validity-wrong.early-meaning"))
        }
        _ => return None,
    };
    Some(FindingText { title, meaning, ..finding_text(FindingCode::ValidityWrong, provider) })
}

/// The title of a finding that says more than that of its code; none where that will do.
pub(super) fn specific_title(event: &AttemptEvent, code: FindingCode, provider: IdentityProvider) -> Option<String> {
    let text = match code {
        FindingCode::ValidityWrong => validity_text(event, provider),
        FindingCode::WrongDestination | FindingCode::WrongRecipient => missing_address_text(event, code),
        FindingCode::Expired => session_text(event),
        _ => None,
    };
    text.map(|text| text.title)
}

/// No address is named, which is not another one.
fn missing_address_text(event: &AttemptEvent, code: FindingCode) -> Option<FindingText> {
    let came = event.actual.as_ref()?;
    if *came != FindingValue::Missing && came.as_text().is_none_or(|text| !text.trim().is_empty()) {
        return None;
    }
    let (title, meaning, step) = if code == FindingCode::WrongDestination {
        (
            text!("finding-wrong-destination.missing"),
            text!("finding-wrong-destination.missing-meaning"),
            text!("finding-wrong-destination.missing-step"),
        )
    } else {
        (
            text!("finding-wrong-recipient.missing"),
            text!("finding-wrong-recipient.missing-meaning"),
            text!("finding-wrong-recipient.missing-step"),
        )
    };
    Some(FindingText { title, meaning, steps: vec![step] })
}

/// Not the assertion is over, but the session that it speaks of.
fn session_text(event: &AttemptEvent) -> Option<FindingText> {
    (event.kind == EventKind::Session).then(|| FindingText {
        title: text!("finding-expired.session"),
        meaning: text!("finding-expired.session-meaning"),
        steps: vec![text!("finding-expired.session-step-1"), text!("finding-expired.session-step-2")],
    })
}

/// What the second status code says that came; none where it is not one of SAML's that is explained by itself.
pub(super) fn status_meaning(event: &AttemptEvent) -> Option<String> {
    match &event.actual {
        Some(FindingValue::Status { sub_code: Some(sub_code), .. }) => second_status_text(sub_code),
        _ => None,
    }
}

/// What came is right elsewhere: another value of the team's that was entered in the wrong field.
pub(super) fn misplaced_value(
    event: &AttemptEvent,
    code: FindingCode,
    context: &RemediationContext<'_>,
) -> Option<String> {
    use FindingCode as Code;
    let is_compared = matches!(
        code,
        Code::WrongAudience | Code::WrongDestination | Code::WrongRecipient | Code::WrongIssuer | Code::ReplyUrlUnknown
    );
    let came = event.actual.as_ref().filter(|_| is_compared)?.copyable();
    if came.contains(&context.endpoints.metadata_url.as_str()) {
        return Some(text!("findings-misplaced-metadata-url"));
    }
    let own = [TeamValue::Identifier, TeamValue::ReplyUrl, TeamValue::SignOnUrl, TeamValue::LogoutUrl];
    let is_it = |value: &TeamValue| value.value(context.endpoints, None).is_some_and(|value| came.contains(&value));
    own.into_iter().find(is_it).map(|value| text!("findings-misplaced-value", name = value.name(context.provider)))
}

/// Neither the certificate nor the issuer is the one that is known: another application answered.
pub(super) fn other_application(code: FindingCode, report: &AttemptReport) -> Option<String> {
    use FindingCode as Code;
    let is_other_issuer =
        |event: &AttemptEvent| matches!(event.finding, Some(Code::WrongIssuer | Code::IssuerOtherTenant));
    let is_so = code == Code::CertificateUnknown && report.events.iter().any(is_other_issuer);
    is_so.then(|| text!("findings-other-application"))
}

/// Why uploading the certificate that a message names is no help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignerValidity {
    /// Its validity begins later.
    NotYetValid(Timestamp),
    /// It has expired.
    Expired(Timestamp),
    /// It expires soon.
    ExpiresSoon(Timestamp),
}

impl SignerValidity {
    /// Of the certificate that signed and is not uploaded; none where nothing is wrong with its time.
    fn of(event: &AttemptEvent) -> Option<Self> {
        let is_unknown = event.finding == Some(FindingCode::CertificateUnknown);
        let Some(FindingValue::Certificates(named)) = event.actual.as_ref().filter(|_| is_unknown) else { return None };
        let signer = named.first()?;
        if signer.not_before > event.at {
            return Some(Self::NotYetValid(signer.not_before));
        }
        if signer.not_after <= event.at {
            return Some(Self::Expired(signer.not_after));
        }
        (signer.not_after - event.at <= ENDS_SOON).then_some(Self::ExpiresSoon(signer.not_after))
    }

    fn text(self) -> String {
        match self {
            Self::NotYetValid(at) => text!("findings-named-certificate-begins", at = day(at)),
            Self::Expired(at) => text!("findings-named-certificate-ended", at = day(at)),
            Self::ExpiresSoon(at) => text!("findings-named-certificate-ends", at = day(at)),
        }
    }

    /// The finding whose advice helps instead.
    const fn advice(self) -> FindingCode {
        match self {
            Self::NotYetValid(_) => FindingCode::CertificateNotYetValid,
            Self::Expired(_) | Self::ExpiresSoon(_) => FindingCode::CertificateExpired,
        }
    }
}

/// The date of a message that is off by days: by it somebody may know why.
fn date_of_clock(event: &AttemptEvent) -> Option<String> {
    let Some(FindingValue::ClockOffset { seconds }) = event.actual else { return None };
    let offset = TimeDelta::try_seconds(seconds).filter(|offset| offset.abs() >= TimeDelta::days(1))?;
    let shown = event.at.checked_add_signed(offset)?;
    Some(text!("findings-clock-shows", at = day(shown)))
}

/// A sentence on the time of a certificate that a message names, or on the date of a message.
pub(super) fn validity_sentence(event: &AttemptEvent) -> Option<String> {
    SignerValidity::of(event).map(SignerValidity::text).or_else(|| date_of_clock(event))
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use model::options::NameIdFormat;
    use model::{AttemptOutcome, SentRequest, SignInOptions};

    use super::*;
    use crate::components::finding::finding;
    use crate::components::fixture;

    /// The card of a finding, in a report with others.
    fn card(kind: EventKind, code: FindingCode, actual: FindingValue, others: &[FindingCode]) -> String {
        let event = |code: FindingCode, actual: FindingValue| AttemptEvent {
            actual: Some(actual),
            ..fixture::event(kind, Verdict::Failed, Some(code), "")
        };
        let mut events = vec![event(code, actual)];
        events.extend(others.iter().map(|other| event(*other, FindingValue::text("x"))));
        let report = fixture::report(AttemptOutcome::Failed(code), events);
        Owner::new().with(|| finding(&report.events[0], &report, &fixture::list()).unwrap().to_html())
    }

    #[test]
    fn an_address_that_is_missing_is_not_another_one() {
        for (code, missing, other) in [
            (FindingCode::WrongDestination, "The response names no Reply URL", "The response names another Reply URL"),
            (FindingCode::WrongRecipient, "The assertion names no Reply URL", "The assertion names another Reply URL"),
        ] {
            for actual in [FindingValue::Missing, FindingValue::text("")] {
                let shown = card(EventKind::Audience, code, actual, &[]);
                assert!(shown.contains(missing) && !shown.contains(other), "{shown}");
            }
            let shown = card(EventKind::Audience, code, FindingValue::text("https://a.example/acs"), &[]);
            assert!(shown.contains(other) && !shown.contains(missing), "{shown}");
        }
    }

    #[test]
    fn an_option_here_is_named_for_a_transient_name_id_only_where_it_is_set() {
        let code = FindingCode::NameIdTransient;
        let shown = |name_id_format| {
            let options = SignInOptions { name_id_format, ..SignInOptions::default() };
            let found = fixture::event(EventKind::NameId, Verdict::Failed, Some(code), "x");
            let report = AttemptReport {
                request: Some(SentRequest::from_options(&options, &fixture::idp())),
                ..fixture::report(AttemptOutcome::Failed(code), vec![found])
            };
            Owner::new().with(|| finding(&report.events[0], &report, &fixture::list()).unwrap().to_html())
        };
        let (words, link) = ("As the identity provider is configured", "/setup/options\"");
        let asked = shown(Some(NameIdFormat::Persistent));
        assert!(asked.contains(words) && asked.contains(link), "{asked}");
        let unasked = shown(None);
        assert!(!unasked.contains(words) && !unasked.contains(link), "{unasked}");
        assert!(unasked.contains("Set Name identifier format to"), "{unasked}");
    }

    #[test]
    fn a_session_that_is_over_is_told_from_an_assertion_that_is() {
        let at = FindingValue::Moment(Timestamp::from_timestamp_nanos(0));
        let (session, late) = ("The session at the identity provider was over already", "The response came too late");
        let shown = card(EventKind::Session, FindingCode::Expired, at.clone(), &[]);
        assert!(shown.contains(session) && !shown.contains(late), "{shown}");
        let shown = card(EventKind::ConditionsTime, FindingCode::Expired, at, &[]);
        assert!(shown.contains(late) && !shown.contains(session), "{shown}");
    }

    #[test]
    fn a_value_of_the_teams_in_the_wrong_field_is_named() {
        let endpoints = fixture::endpoints();
        let name = |value: TeamValue| value.name(IdentityProvider::Entra);
        for (code, came, named) in [
            (FindingCode::WrongAudience, &endpoints.reply_url, name(TeamValue::ReplyUrl)),
            (FindingCode::WrongRecipient, &endpoints.sign_on_url, name(TeamValue::SignOnUrl)),
            (FindingCode::WrongIssuer, &endpoints.identifier, name(TeamValue::Identifier)),
        ] {
            let shown = card(EventKind::Audience, code, FindingValue::text(came.as_str()), &[]);
            assert!(shown.contains("in the wrong field") && shown.contains(&named), "{shown}");
        }
        let metadata = FindingValue::list([endpoints.metadata_url]);
        let shown = card(EventKind::Audience, FindingCode::WrongAudience, metadata, &[]);
        assert!(shown.contains("own metadata"), "{shown}");
        let shown = card(EventKind::Audience, FindingCode::WrongAudience, FindingValue::text("urn:other"), &[]);
        assert!(!shown.contains("in the wrong field"), "{shown}");
    }

    #[test]
    fn another_certificate_and_another_issuer_are_another_application() {
        let words = "The issuer is another one, too";
        let unknown = |others: &[FindingCode]| {
            card(EventKind::Signature, FindingCode::CertificateUnknown, FindingValue::text("AA11"), others)
        };
        for other in [FindingCode::WrongIssuer, FindingCode::IssuerOtherTenant] {
            assert!(unknown(&[other]).contains(words), "{other:?}");
        }
        for others in [&[][..], &[FindingCode::WrongAudience]] {
            assert!(!unknown(others).contains(words), "{others:?}");
        }
    }
}
