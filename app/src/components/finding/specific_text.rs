//! Text of a finding that depends on more than its code: on the values of its event, the request or the team's
//! status.

use chrono::TimeDelta;
use messages::text;
use model::attempts::AttemptEvent;
use model::{AttemptReport, FindingCode, FindingValue, IdentityProvider, Timestamp, Verdict};

use crate::finding_value::day;
use crate::findings::{self, FindingText, finding_text, team_not_active, unrequested_status_text};
use crate::remediation::{FixOwner, Remediation};

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
        FindingCode::ValidityWrong => Some((validity_text(event, provider)?, findings::remediation(code))),
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

/// What a clock shows that is off by days: by the date somebody may know why.
fn date_of_clock(event: &AttemptEvent) -> Option<String> {
    let Some(FindingValue::ClockOffset { seconds }) = event.actual else { return None };
    let offset = TimeDelta::try_seconds(seconds).filter(|offset| offset.abs() >= TimeDelta::days(1))?;
    let shown = event.at.checked_add_signed(offset)?;
    Some(text!("findings-clock-shows", at = day(shown)))
}

/// A sentence on the time of a certificate that a message names, or on what a clock shows.
pub(super) fn validity_sentence(event: &AttemptEvent) -> Option<String> {
    SignerValidity::of(event).map(SignerValidity::text).or_else(|| date_of_clock(event))
}
