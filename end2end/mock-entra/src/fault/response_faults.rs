//! What a response gets wrong.

use chrono::{DateTime, TimeDelta, Utc};
use openssl::sha::sha256;

use super::catalogue::Fault;
use super::faults::Faults;
use super::status::failure;
use crate::claims::{EMAIL, EMAIL_ADDRESS, GROUPS, GROUPS_LINK, IDENTITY_PROVIDER, OBJECT_ID, TENANT_ID, user_claims};
use crate::directory::guest;
use crate::response::{Claim, ResponseOptions};
use crate::signature::SignatureKind;
use crate::tenant::Tenant;

const ELSEWHERE: &str = "https://fabrikam.example/saml/acs";
const OTHER_TENANT: &str = "2c1f0f9e-6a5d-4f7b-8a56-0d3b9c1e7f42";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const UNSPECIFIED_CONTEXT: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/// What some identity providers answer where no request asked.
const IDP_INITIATED: &str = "IdP_Initiated_Login";
/// How far [`Fault::NotYetValid`] is ahead, unless somebody says otherwise.
const AHEAD: i64 = 600;
/// The beginning of the year 2000, in seconds since 1970.
const YEAR_2000: i64 = 946_684_800;

/// Earlier requests that a response can answer instead of its own.
#[derive(Clone, Copy)]
pub(super) struct EarlierRequestIds<'a> {
    pub(super) same_application: Option<&'a str>,
    pub(super) other_application: Option<&'a str>,
}

/// The response with its faults.
pub(super) fn apply_faults(
    mut options: ResponseOptions,
    faults: Faults,
    earlier: EarlierRequestIds<'_>,
) -> ResponseOptions {
    let Faults { fault, clock_skew_seconds, shape, .. } = faults;
    shape.apply(&mut options);
    apply_address_fault(&mut options, fault);
    apply_request_fault(&mut options, fault, earlier);
    apply_name_id_fault(&mut options, fault);
    apply_claim_fault(&mut options, fault);
    apply_document_fault(&mut options, fault);
    apply_time_fault(&mut options, fault, clock_skew_seconds);
    options
}

fn apply_address_fault(options: &mut ResponseOptions, fault: Fault) {
    match fault {
        Fault::WrongAudience => options.audience = "https://fabrikam.example/saml".into(),
        Fault::NoAudience => options.audience.clear(),
        Fault::WrongRecipient => options.recipient = ELSEWHERE.into(),
        Fault::WrongDestination => options.destination = ELSEWHERE.into(),
        Fault::OtherTenant => {
            let other = Tenant { id: OTHER_TENANT.to_owned(), base_url: String::new() };
            options.issuer = other.entity_id();
            options.set_claim(IDENTITY_PROVIDER, vec![other.entity_id()]);
            options.set_claim(TENANT_ID, vec![other.id]);
        }
        Fault::IssuerWithoutSlash => options.issuer = options.issuer.trim_end_matches('/').to_owned(),
        Fault::OtherIssuer => options.issuer = "https://idp.fabrikam.example/saml/metadata".into(),
        _ => {}
    }
}

fn apply_request_fault(options: &mut ResponseOptions, fault: Fault, earlier: EarlierRequestIds<'_>) {
    let instead = match fault {
        Fault::AnswersOtherRequest => Some(made_up_id(options, "request")),
        Fault::AnswersEarlierRequest => earlier.same_application.map(str::to_owned),
        Fault::AnswersForeignRequest => earlier.other_application.map(str::to_owned),
        Fault::Unsolicited | Fault::ForeignRelayState => Some(String::new()),
        Fault::IdpInitiatedId => Some(IDP_INITIATED.to_owned()),
        _ => None,
    };
    if let Some(id) = instead {
        options.in_response_to = id;
    }
}

fn apply_name_id_fault(options: &mut ResponseOptions, fault: Fault) {
    match fault {
        Fault::NoNameId => options.name_id.clear(),
        Fault::EmptyNameId => {
            options.name_id.clear();
            options.empty_name_id = true;
        }
        Fault::NewNameId => {
            options.name_id = made_up_id(options, "name");
            options.name_id_format = PERSISTENT.into();
        }
        Fault::TransientNameId => {
            options.name_id = made_up_id(options, "name");
            options.name_id_format = TRANSIENT.into();
            options.claims.retain(|claim| ![TENANT_ID, OBJECT_ID].contains(&claim.name.as_str()));
        }
        Fault::NoEmail => {
            without_address_as_name_id(options);
            without_email(options);
        }
        Fault::NoEmailClaim => without_email(options),
        Fault::Guest => as_guest(options),
        Fault::GuestPersistent => {
            as_guest(options);
            options.name_id = hex::encode(sha256(format!("{} {}", options.audience, options.name_id).as_bytes()));
            options.name_id_format = PERSISTENT.into();
        }
        Fault::GuestEmail => {
            as_guest(options);
            options.set_claim(EMAIL, vec![options.name_id.clone()]);
        }
        _ => {}
    }
}

/// A name identifier that is no address does not stand in for the e-mail claim.
fn without_address_as_name_id(options: &mut ResponseOptions) {
    options.name_id = local_part(&options.name_id);
    options.name_id_format = UNSPECIFIED.into();
}

fn without_email(options: &mut ResponseOptions) {
    options.claims.retain(|claim| ![EMAIL, EMAIL_ADDRESS].contains(&claim.name.as_str()));
}

fn as_guest(options: &mut ResponseOptions) {
    let guest = guest();
    for claim in user_claims(&guest) {
        options.set_claim(&claim.name, claim.values);
    }
    options.name_id = guest.upn;
}

fn apply_claim_fault(options: &mut ResponseOptions, fault: Fault) {
    match fault {
        Fault::EmptyEmail => {
            without_address_as_name_id(options);
            set_email(options, String::new());
        }
        Fault::EmailUpperCase => set_email(options, "B.Simon@Contoso.Example".to_owned()),
        Fault::EmailPlus => {
            let own = options.claim(EMAIL).unwrap_or(&options.name_id);
            let tagged = own.replacen('@', "+sso@", 1);
            set_email(options, tagged);
        }
        Fault::GroupsJoined => options.set_claim(GROUPS, vec!["Sales, Engineering, All staff".to_owned()]),
        Fault::EmailNoAddress => options.set_claim(EMAIL, vec!["n/a".to_owned()]),
        Fault::TwoEmails => {
            let addresses = two_addresses(options);
            options.set_claim(EMAIL, addresses.into());
        }
        Fault::EmailTwice => {
            let [own, second] = two_addresses(options);
            options.set_claim(EMAIL, vec![own]);
            options.claims.push(Claim { name: EMAIL.to_owned(), values: vec![second] });
        }
        Fault::OtherDomain => {
            let other = format!("{}@fabrikam.example", local_part(&options.name_id));
            set_email(options, other);
        }
        Fault::GroupOverage => {
            let tenant = options.claim(TENANT_ID).unwrap_or_default();
            let user = options.claim(OBJECT_ID).unwrap_or_default();
            let link = format!("https://graph.windows.net/{tenant}/users/{user}/getMemberObjects");
            options.claims.retain(|claim| claim.name != GROUPS);
            options.set_claim(GROUPS_LINK, vec![link]);
        }
        Fault::ManyGroups => {
            let groups = (1..=140).map(|number| format!("9b0f5c1e-7d24-4c3a-8e61-{number:012x}"));
            options.set_claim(GROUPS, groups.collect());
        }
        _ => {}
    }
}

/// Sets both claims that hold the address.
fn set_email(options: &mut ResponseOptions, address: String) {
    options.set_claim(EMAIL, vec![address.clone()]);
    options.set_claim(EMAIL_ADDRESS, vec![address]);
}

/// The person's own address, and another one.
fn two_addresses(options: &ResponseOptions) -> [String; 2] {
    let own = options.claim(EMAIL).unwrap_or(&options.name_id).to_owned();
    let second = format!("{}@contoso.example", local_part(&own));
    [own, second]
}

fn apply_document_fault(options: &mut ResponseOptions, fault: Fault) {
    match fault {
        Fault::Unsigned => options.signature = SignatureKind::Missing,
        Fault::Altered => options.signature = SignatureKind::Altered,
        Fault::Sha1 => options.signature = SignatureKind::RsaSha1,
        Fault::UnknownAlgorithm => options.signature = SignatureKind::UnknownMethod,
        Fault::WeakerAuthnContext => UNSPECIFIED_CONTEXT.clone_into(&mut options.authn_context),
        Fault::TwoAssertions => options.second_assertion_id = Some(made_up_id(options, "assertion")),
        _ => options.failure = failure(fault).or(options.failure.take()),
    }
}

/// A response that is older than ten minutes, or that is from the future, is refused for when
/// it was made, whatever its conditions say; so only what shows the one thing is changed.
fn apply_time_fault(options: &mut ResponseOptions, fault: Fault, skew: i64) {
    if fault == Fault::NotYetValid {
        options.not_before = later(options.issued_at, if skew > 0 { skew } else { AHEAD });
        options.not_on_or_after = later(options.not_before, 3600);
        return;
    }
    if fault == Fault::Expired {
        // made now: one that was made before it was asked for would be a clock that is behind
        options.not_on_or_after = later(options.issued_at, -6 * 60);
        options.not_before = later(options.issued_at, -9 * 60);
    }
    if fault == Fault::ImplausibleDate {
        options.issued_at = DateTime::from_timestamp(YEAR_2000, 0).unwrap_or_default();
    }
    for instant in [&mut options.issued_at, &mut options.not_before, &mut options.not_on_or_after] {
        *instant = later(later(*instant, skew), clock_of(fault));
    }
}

/// How many seconds a fault's clock is ahead.
const fn clock_of(fault: Fault) -> i64 {
    match fault {
        Fault::ClockAhead => 600,
        Fault::ClockBehind => -900,
        Fault::ClockThreeMinutesAhead => 180,
        Fault::ClockThreeMinutesBehind => -180,
        _ => 0,
    }
}

fn later(instant: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    TimeDelta::try_seconds(seconds).and_then(|by| instant.checked_add_signed(by)).unwrap_or(instant)
}

fn local_part(address: &str) -> String {
    address.split('@').next().unwrap_or_default().to_owned()
}

/// An ID that nobody gave to anything, and another one for each response.
fn made_up_id(options: &ResponseOptions, what: &str) -> String {
    let digest = hex::encode(sha256(format!("{what} {}", options.response_id).as_bytes()));
    format!("_{}", digest.get(..32).unwrap_or(&digest))
}
