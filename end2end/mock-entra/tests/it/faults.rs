//! Every fault, as the protocol layer of the portal meets it.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::app::SigningOption;
use mock_entra::certificates::{KeySlot, Keys};
use mock_entra::directory::{User, preset};
use mock_entra::encrypt::ContentCipher;
use mock_entra::fault::{Answer, EarlierMessages, Fault, Faults, answer};
use mock_entra::keys::SigningKey;
use mock_entra::response::{ResponseOptions, ResponseProtection};
use mock_entra::server::now;
use mock_entra::sign_in_request::SignInRequest;
use saml::certificate::SigningCertificate;
use saml::response::{ExpectedRequest, GatedResponse, Rejection, Trust, VerifiedAssertion};
use saml::sp_key::SpKey;

use crate::support::{IDENTIFIER, REPLY_URL, expected, sp_key, tenant};

mod documents;

const REQUEST: &str = "_request";

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::new(SigningKey::generate(now()).unwrap(), now()));
static SP_KEY: LazyLock<SpKey> = LazyLock::new(sp_key);

type Verdict = Result<VerifiedAssertion, Rejection>;

fn certificate(which: KeySlot) -> SigningCertificate {
    SigningCertificate::from_der(&KEYS.get(which).unwrap().certificate_der().unwrap()).unwrap()
}

/// What Entra would say of B.Simon.
fn honest() -> ResponseOptions {
    of(&preset()[0])
}

fn of(user: &User) -> ResponseOptions {
    let asked = SignInRequest {
        id: REQUEST.into(),
        identifier: IDENTIFIER.into(),
        reply_url: REPLY_URL.into(),
        relay_state: None,
        login_hint: None,
    };
    let mut random = [0; 32];
    getrandom::fill(&mut random).unwrap();
    ResponseOptions::entra(&tenant(), &asked, user, now(), random)
}

fn made(faults: impl Into<Faults>, protection: &ResponseProtection) -> Answer {
    answer(&KEYS, honest(), protection, faults, &EarlierMessages::default()).unwrap()
}

/// What the portal says that trusts the active certificate and those two that it must hold.
fn verdict(answer: &Answer) -> Verdict {
    let certificates = [KeySlot::Active, KeySlot::Expired, KeySlot::Future].map(certificate);
    trusting(answer, &certificates)
}

fn trusting(answer: &Answer, certificates: &[SigningCertificate]) -> Verdict {
    let entity_id = tenant().entity_id();
    let keys = [SP_KEY.clone()];
    let trust = Trust { decryption_keys: &keys, ..Trust::new(&entity_id, certificates) };
    GatedResponse::decode(&answer.saml_response)?.verify(&trust, &expected(ExpectedRequest::Id(REQUEST)), now())
}

/// The rejection's name, or nothing.
fn name(verdict: &Verdict) -> String {
    let Err(rejection) = verdict else { return String::new() };
    format!("{rejection:?}").split([' ', '{']).next().unwrap().to_owned()
}

fn xml(answer: &Answer) -> String {
    String::from_utf8(STANDARD.decode(&answer.saml_response).unwrap()).unwrap()
}

/// What the protocol layer says to each; nothing where it is for others to notice.
fn refused_as(fault: Fault) -> &'static str {
    match fault {
        Fault::WrongAudience | Fault::NoAudience => "WrongAudience",
        Fault::WrongRecipient => "WrongRecipient",
        Fault::WrongDestination => "WrongDestination",
        Fault::OtherTenant | Fault::IssuerWithoutSlash | Fault::OtherIssuer => "WrongIssuer",
        Fault::OtherCertificate | Fault::NextCertificate | Fault::KeyReplaced => "SignatureInvalid",
        Fault::CertificateExpired => "CertificateExpired",
        Fault::CertificateNotYetValid => "CertificateNotYetValid",
        Fault::Unsigned => "SignatureMissing",
        Fault::Altered => "DigestMismatch",
        Fault::Sha1 | Fault::UnknownAlgorithm => "AlgorithmNotAllowed",
        Fault::EncryptedForNobody => "EncryptedForOther",
        Fault::Expired => "Expired",
        Fault::NotYetValid => "NotYetValid",
        Fault::ImplausibleDate | Fault::ClockAhead | Fault::ClockBehind => "ImplausibleTime",
        Fault::AnswersOtherRequest | Fault::IdpInitiatedId => "UnknownRequest",
        Fault::Unsolicited | Fault::ForeignRelayState => "Unsolicited",
        Fault::StatusNotAssigned
        | Fault::StatusPassive
        | Fault::StatusNoAuthnContext
        | Fault::StatusInvalidNameIdPolicy
        | Fault::StatusRequestUnsupported
        | Fault::StatusRequestDenied
        | Fault::StatusAuthnFailed
        | Fault::StatusUnsupportedBinding
        | Fault::StatusRequester
        | Fault::StatusVersionMismatch
        | Fault::StatusOther => "StatusNotSuccess",
        Fault::NoNameId => "NameIdMissing",
        Fault::EmptyNameId => "NameIdEmpty",
        Fault::TooLarge => "TooLarge",
        // a token of WS-Federation's is posted as it is
        Fault::NotBase64 | Fault::WsFederation => "NotBase64",
        Fault::Compressed => "NotUtf8",
        Fault::LogoutAnswer => "WrongShape",
        Fault::NotXml => "NotXml",
        Fault::Doctype => "ForbiddenConstruct",
        Fault::TwoAssertions => "SeveralAssertions",
        // seen by who was asked before, how it comes, or what it says of the person
        Fault::None
        | Fault::Replay
        | Fault::AnswersEarlierRequest
        | Fault::AnswersForeignRequest
        | Fault::Hold
        | Fault::ByGet
        | Fault::ByArtifact
        | Fault::ReplyUrlMistyped
        | Fault::StopsAtEntra
        | Fault::StopsAtAdFs
        | Fault::StopsAtGoogle
        | Fault::StopsAtKeycloak
        | Fault::StopsAtOkta
        | Fault::LogoutKept
        | Fault::TransientNameId
        | Fault::NoEmail
        | Fault::NoEmailClaim
        | Fault::EmptyEmail
        | Fault::EmailUpperCase
        | Fault::EmailPlus
        | Fault::GroupsJoined
        | Fault::NewNameId
        | Fault::WeakerAuthnContext
        | Fault::ClockThreeMinutesAhead
        | Fault::ClockThreeMinutesBehind
        | Fault::EmailNoAddress
        | Fault::TwoEmails
        | Fault::EmailTwice
        | Fault::OtherDomain
        | Fault::Guest
        | Fault::GuestPersistent
        | Fault::GuestEmail
        | Fault::GroupOverage
        | Fault::ManyGroups => "",
    }
}

fn assert_each_fault_is_what_it_says(encryption: Option<&(SigningCertificate, ContentCipher)>) {
    for signing in [SigningOption::Assertion, SigningOption::Response, SigningOption::Both] {
        let protection = ResponseProtection { signing, encryption: encryption.cloned() };
        for fault in Fault::ALL.iter().copied().filter(|fault| !fault.stops()) {
            let verdict = verdict(&made(fault, &protection));
            assert_eq!(name(&verdict), refused_as(fault), "{fault:?} {signing:?}: {verdict:?}");
        }
    }
}

#[test]
fn each_fault_is_what_it_says_whatever_is_signed() {
    assert_each_fault_is_what_it_says(None);
}

#[test]
fn each_fault_is_what_it_says_when_encrypted() {
    assert_each_fault_is_what_it_says(Some(&(SP_KEY.certificate().clone(), ContentCipher::Aes256Gcm)));
}

#[test]
fn where_entra_stops_nothing_is_sent() {
    let stopped =
        answer(&KEYS, honest(), &ResponseProtection::default(), Fault::StopsAtEntra, &EarlierMessages::default());
    assert!(stopped.is_err());
    assert_eq!(Faults::from(Fault::StopsAtEntra).entra_error().unwrap().number, 50_105);
    assert_eq!(Faults::from(Fault::None).entra_error(), None);
}

#[test]
fn names_are_the_ones_of_the_api_and_of_the_browser_tests() {
    let typed = include_str!("../../../support/mock-entra.ts");
    for fault in Fault::ALL {
        let json = serde_json::to_string(fault).unwrap();
        assert_eq!(json, format!("\"{}\"", fault.name()));
        assert_eq!(Fault::from_name(fault.name()), Some(*fault));
        assert!(typed.contains(&format!("| {json}")), "{json}");
        assert!(fault.description().ends_with('.') && !fault.description().contains('!'), "{}", fault.description());
    }
    assert_eq!(Fault::GROUPS.iter().map(|(_, faults)| faults.len()).sum::<usize>(), Fault::ALL.len());
}

#[test]
fn certificates_that_a_portal_holds_are_no_fault_of_the_key() {
    let protection = ResponseProtection::default();
    let next = made(Fault::NextCertificate, &protection);
    assert_eq!(name(&trusting(&next, &[certificate(KeySlot::Active), certificate(KeySlot::Next)])), "");
    let only_active = [certificate(KeySlot::Active)];
    for fault in [Fault::CertificateExpired, Fault::CertificateNotYetValid] {
        assert_eq!(name(&trusting(&made(fault, &protection), &only_active)), "SignatureInvalid");
    }
    // what the message says it was signed with
    let names = |fault, which| xml(&made(fault, &protection)).contains(&STANDARD.encode(certificate(which).der()));
    assert!(names(Fault::OtherCertificate, KeySlot::Other));
    assert!(names(Fault::KeyReplaced, KeySlot::Active));
    assert!(names(Fault::CertificateExpired, KeySlot::Expired));
}

#[test]
fn algorithms_are_named_as_they_are() {
    let protection = ResponseProtection::default();
    let algorithm = |fault| match verdict(&made(fault, &protection)) {
        Err(Rejection::AlgorithmNotAllowed { algorithm }) => algorithm,
        other => panic!("{other:?}"),
    };
    assert_eq!(algorithm(Fault::Sha1), "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
    assert!(
        xml(&made(Fault::Sha1, &protection))
            .contains("DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"")
    );
    assert_eq!(algorithm(Fault::UnknownAlgorithm), "https://contoso.example/signature#home-made");
}

#[test]
fn encryption_is_for_somebody_else() {
    let answer = made(Fault::EncryptedForNobody, &ResponseProtection::default());
    let (entity_id, certificates) = (tenant().entity_id(), [certificate(KeySlot::Active)]);
    let gated = GatedResponse::decode(&answer.saml_response).unwrap();
    let without_key =
        gated.verify(&Trust::new(&entity_id, &certificates), &expected(ExpectedRequest::Id(REQUEST)), now());
    assert_eq!(name(&without_key), "Encrypted");
}

#[test]
fn issuers_are_wrong_in_their_own_ways() {
    let issuer = |fault| match verdict(&made(fault, &ResponseProtection::default())) {
        Err(Rejection::WrongIssuer { actual, .. }) => actual,
        other => panic!("{other:?}"),
    };
    assert_eq!(issuer(Fault::IssuerWithoutSlash), tenant().entity_id().trim_end_matches('/'));
    let other = issuer(Fault::OtherTenant);
    assert!(other.starts_with("https://sts.windows.net/") && other.ends_with('/') && other != tenant().entity_id());
    assert!(!issuer(Fault::OtherIssuer).contains("windows.net"));
}

#[test]
fn the_clock_shifts_every_instant_or_where_the_assertion_begins() {
    let wrong = |fault, clock_skew_seconds| {
        let faults = Faults { fault, clock_skew_seconds, ..Faults::default() };
        name(&verdict(&made(faults, &ResponseProtection::default())))
    };
    assert_eq!(wrong(Fault::None, 600), "ImplausibleTime");
    assert_eq!(wrong(Fault::None, -3600), "ImplausibleTime");
    assert_eq!(wrong(Fault::None, 60), "");
    assert_eq!(wrong(Fault::NotYetValid, 60), "", "within what the portal allows");
    assert_eq!(wrong(Fault::NotYetValid, 900), "NotYetValid");
}

#[test]
fn an_implausible_date_is_when_the_answer_was_made() {
    let answer = made(Fault::ImplausibleDate, &ResponseProtection::default());
    let Err(Rejection::ImplausibleTime { value, .. }) = verdict(&answer) else { panic!("it is implausible") };
    assert_eq!(value, "2000-01-01T00:00:00.000Z");
    assert!(answer.response.not_on_or_after > now(), "and nothing else is wrong");
}

#[test]
fn what_was_before_comes_back() {
    let protection = ResponseProtection::default();
    let first = made(Fault::None, &protection);
    let earlier = EarlierMessages {
        answer: Some(first.clone()),
        request_id: Some("_before".into()),
        foreign_request_id: Some("_foreign".into()),
    };
    let again = |fault| answer(&KEYS, honest(), &protection, fault, &earlier).unwrap();
    assert_eq!(again(Fault::Replay).saml_response, first.saml_response);
    assert_ne!(again(Fault::None).saml_response, first.saml_response);
    for (fault, id) in [(Fault::AnswersEarlierRequest, "_before"), (Fault::AnswersForeignRequest, "_foreign")] {
        let Err(Rejection::UnknownRequest { actual, .. }) = verdict(&again(fault)) else {
            panic!("{fault:?} answers another request")
        };
        assert_eq!(actual, id);
        assert_eq!(earlier.lacks(fault), None);
        assert!(EarlierMessages::default().lacks(fault).is_some_and(|why| why.ends_with('.')), "{fault:?}");
    }
    assert_eq!(EarlierMessages::default().lacks(Fault::None), None);
}

#[test]
fn errors_are_said_as_entra_says_them() {
    let status = |fault| match verdict(&made(fault, &ResponseProtection::default())) {
        Err(Rejection::StatusNotSuccess { code, sub_code, message }) => (code, sub_code, message.unwrap()),
        other => panic!("{other:?}"),
    };
    let (code, sub_code, message) = status(Fault::StatusNotAssigned);
    assert_eq!((code.as_str(), sub_code), ("urn:oasis:names:tc:SAML:2.0:status:Responder", None));
    assert!(message.starts_with("AADSTS50105: "), "{message}");
    let (_, sub_code, message) = status(Fault::StatusPassive);
    assert_eq!(sub_code.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:status:NoPassive"));
    assert!(message.starts_with("AADSTS50058: "), "{message}");
    let xml = xml(&made(Fault::StatusPassive, &ResponseProtection::default()));
    assert!(!xml.contains("<Assertion") && !xml.contains("<Signature"), "{xml}");
}

fn values(fault: Fault, claim: &str) -> Vec<String> {
    let assertion = verdict(&made(fault, &ResponseProtection::default())).unwrap();
    let found = assertion.attributes().iter().filter(|attribute| attribute.name == claim);
    found.flat_map(|attribute| attribute.values.clone()).collect()
}

const NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
const EMAIL_ADDRESS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
const OBJECT_ID: &str = "http://schemas.microsoft.com/identity/claims/objectidentifier";
const TENANT_ID: &str = "http://schemas.microsoft.com/identity/claims/tenantid";

#[test]
fn persons_are_named_wrongly() {
    let name_id = |fault| verdict(&made(fault, &ResponseProtection::default())).unwrap().name_id().to_owned();
    assert_eq!(name_id(Fault::None), "b.simon@contoso.com");
    assert_eq!(name_id(Fault::NoEmail), "b.simon");
    for claim in ["email", EMAIL_ADDRESS] {
        assert_eq!(values(Fault::None, claim), ["b.simon@contoso.com"]);
        assert!(values(Fault::NoEmail, claim).is_empty());
        assert!(values(Fault::NoEmailClaim, claim).is_empty());
        assert_eq!(values(Fault::OtherDomain, claim), ["b.simon@fabrikam.example"]);
        assert_eq!(values(Fault::Guest, claim), ["g.guest@fabrikam.com"]);
    }
    assert_eq!(name_id(Fault::NoEmailClaim), "b.simon@contoso.com");
    assert_eq!(values(Fault::EmailNoAddress, "email"), ["n/a"]);

    assert_ne!(name_id(Fault::TransientNameId), name_id(Fault::TransientNameId));
    assert!(xml(&made(Fault::TransientNameId, &ResponseProtection::default())).contains("nameid-format:transient"));
    for claim in [OBJECT_ID, TENANT_ID] {
        assert_eq!(values(Fault::None, claim).len(), 1);
        assert!(values(Fault::TransientNameId, claim).is_empty());
    }
}

#[test]
fn a_guest_shows_in_one_place_or_another() {
    let said = |fault| verdict(&made(fault, &ResponseProtection::default())).unwrap();
    let guest = preset()[2].upn.clone();
    assert!(guest.contains("#EXT#"));
    for fault in [Fault::Guest, Fault::GuestEmail] {
        assert_eq!(said(fault).name_id(), guest, "{fault:?}");
    }
    assert_eq!(values(Fault::GuestEmail, "email"), std::slice::from_ref(&guest));
    let persistent = said(Fault::GuestPersistent);
    assert_eq!(persistent.name_id_format(), Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"));
    assert!(!persistent.name_id().contains('#'), "{}", persistent.name_id());
    assert_eq!(said(Fault::GuestPersistent).name_id(), persistent.name_id(), "the same each time");
    assert_eq!(values(Fault::GuestPersistent, NAME), [guest]);
    assert_eq!(values(Fault::GuestPersistent, "email"), ["g.guest@fabrikam.com"]);
}

#[test]
fn two_addresses_are_values_of_one_claim_or_claims_of_one_name() {
    let both = values(Fault::TwoEmails, "email");
    assert_eq!(both, ["b.simon@contoso.com", "b.simon@contoso.example"]);
    assert_eq!(values(Fault::EmailTwice, "email"), both);
    let named = |fault| xml(&made(fault, &ResponseProtection::default())).matches("<Attribute Name=\"email\">").count();
    assert_eq!((named(Fault::TwoEmails), named(Fault::EmailTwice)), (1, 2));
}

#[test]
fn groups_are_many_or_too_many() {
    let groups = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
    assert_eq!(values(Fault::ManyGroups, groups).len(), 140);
    assert!(values(Fault::GroupOverage, groups).is_empty());
    let links = values(Fault::GroupOverage, "http://schemas.microsoft.com/claims/groups.link");
    let user = preset()[0].object_id();
    assert_eq!(links, [format!("https://graph.windows.net/{}/users/{user}/getMemberObjects", tenant().id)]);
}
