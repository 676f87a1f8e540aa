//! Every mail has all its text, and is given what the text asks for.

use chrono::TimeDelta;
use model::{Brand, Role, SupportRole, Timestamp};

use super::*;
use crate::settings::{GoLive, Retention, SamlPolicy, SecondFactor, SecondOpinion, SignUp, ValidityPolicy};
use crate::urls::PublicUrls;

const LINK: &str = "https://account.example/link?token=1";

fn settings() -> Settings {
    let url = |text: &str| text.parse().unwrap();
    Settings {
        polis_compatible: false,
        brand: Brand {
            product_name: "Krisp".to_owned(),
            vendor_name: "Krisp Technologies".to_owned(),
            support_email: "support@krisp.example".to_owned(),
            accent: "#123456".to_owned(),
        },
        urls: PublicUrls::new(url("https://account.example/"), url("https://api.example/"), &[]),
        go_live: GoLive::Review,
        sign_up: SignUp::Open,
        session_lifetime: TimeDelta::hours(12),
        session_idle: TimeDelta::hours(1),
        reauthentication_lifetime: TimeDelta::minutes(10),
        person_session_lifetime: TimeDelta::hours(12),
        second_factor: SecondFactor::Support,
        saml: SamlPolicy {
            clock_skew: TimeDelta::minutes(3),
            validity: ValidityPolicy::Enforced,
            second_opinion: SecondOpinion::Tests,
        },
        retention: Retention { attempts: TimeDelta::days(30), xml: TimeDelta::zero(), people: None },
        allow_private_addresses: false,
        mail_to_folder: None,
    }
}

fn origin() -> RequestOrigin {
    RequestOrigin::for_test("23 November 2026, 12:00 UTC, from 192.0.2.1")
}

fn credentials() -> Vec<Message> {
    let (link, origin, address) = (LINK.to_owned(), origin(), "b.simon@contoso.com".to_owned());
    let all = vec![
        Credentials::ResetPassword { link: link.clone(), origin: origin.clone() },
        Credentials::PasswordChanged { origin: origin.clone() },
        Credentials::ConfirmNewAddress { link: link.clone(), origin: origin.clone() },
        Credentials::AddressTaken,
        Credentials::EmailChangeRequested { new: address.clone(), origin: origin.clone() },
        Credentials::EmailChanged { new: address.clone(), undo: link.clone(), origin: origin.clone() },
        Credentials::EmailRestored { link },
        Credentials::EmailChangeUndone { old: address, origin },
        Credentials::FailedLogins { lines: vec!["23 November 2026, 12:00 UTC".to_owned()] },
    ];
    all.into_iter().map(Message::Credentials).collect()
}

fn factors() -> Vec<Message> {
    let name = "Laptop".to_owned();
    let all = vec![
        FactorNews::TotpAdded,
        FactorNews::TotpRemoved,
        FactorNews::PasskeyAdded { name: name.clone() },
        FactorNews::PasskeyRemoved { name },
        FactorNews::RecoveryCodeUsed { left: 0 },
        FactorNews::RecoveryCodeUsed { left: 1 },
        FactorNews::RecoveryCodeUsed { left: 9 },
        FactorNews::RecoveryCodesReplaced,
        FactorNews::Reset,
    ];
    all.into_iter().map(|news| Message::Factors(news, origin())).collect()
}

fn members() -> Vec<Message> {
    let (link, team, slug) = (LINK.to_owned(), "Contoso".to_owned(), "contoso-7k2m9q".parse::<TeamSlug>().unwrap());
    let (act, expires_at) = (AuditedAct::for_test("ada@contoso.com", origin()), Timestamp::from_timestamp_nanos(0));
    let changed = MembershipChange::Role { member: "b.simon@contoso.com", before: Role::Viewer, after: Role::Admin };
    let (you, others) = changed.sentences(&team);
    let support = SupportAccountChange::Role {
        account: "eve@krisp.example",
        before: SupportRole::Reviewer,
        after: SupportRole::Administrator,
    };
    let all = vec![
        MembersMail::Invitation { link: link.clone(), team: team.clone(), role: "admin", expires_at, act: act.clone() },
        MembersMail::OnboardingLink { link: link.clone(), team: team.clone(), expires_at },
        MembersMail::SupportInvitation { link, role: "reviewer", expires_at, act: act.clone() },
        MembersMail::You { team: team.clone(), slug: Some(slug.clone()), change: you, act: act.clone() },
        MembersMail::Owners { team, slug, change: others, act: act.clone() },
        MembersMail::SupportAccounts { change: support.sentence(), act },
    ];
    all.into_iter().map(Message::Members).collect()
}

fn teams() -> Vec<Message> {
    let (team, slug) = ("Contoso".to_owned(), "contoso-7k2m9q".parse::<TeamSlug>().unwrap());
    vec![
        Message::VerifyEmail { link: LINK.to_owned() },
        Message::Test,
        Message::AlreadySignedUp,
        Message::TeamSubmitted { team: team.clone(), slug: slug.clone(), by: "ada@contoso.com".to_owned() },
        Message::TeamApproved { team: team.clone(), slug: slug.clone() },
        Message::ChangesRequested { team: team.clone(), slug: slug.clone(), words: "Upload it again.".to_owned() },
        Message::TeamSuspended { team: team.clone(), slug: slug.clone(), reason: "A reason.".to_owned() },
        Message::TeamResumed { team, slug },
    ]
}

#[test]
fn every_mail_has_its_text_and_what_the_text_asks_for() {
    let settings = settings();
    for message in [credentials(), factors(), members(), teams()].concat() {
        let parts = message.parts(&settings);
        let rendered = message.render(&settings).unwrap();
        for text in [&rendered.subject, &rendered.text, &rendered.html] {
            assert!(!text.contains("{$") && !text.contains("mail-"), "{message:?}: {text}");
        }
        assert!(!parts.paragraphs.is_empty(), "{message:?}");
        for sentence in parts.paragraphs.iter().chain([&parts.closing]) {
            assert!(sentence.ends_with(['.', ':']), "{message:?}: {sentence}");
        }
    }
}

#[test]
fn a_mail_is_the_same_sentence_for_one_and_for_many() {
    let settings = settings();
    let used = |left| Message::Factors(FactorNews::RecoveryCodeUsed { left }, origin()).render(&settings).unwrap().text;
    assert!(used(0).contains("your last recovery code"));
    assert!(used(1).contains("1 of them is left"));
    assert!(used(9).contains("9 of them are left"));
}

#[test]
fn what_a_mail_says_was_done_names_both_roles() {
    let settings = settings();
    let text = |message: Message| message.render(&settings).unwrap().text;
    let all: Vec<String> = members().into_iter().map(text).collect();
    assert!(all.iter().any(|mail| mail.contains("You were viewer of the team Contoso and are admin now.")), "{all:?}");
    assert!(all.iter().any(|mail| mail.contains("b.simon@contoso.com was viewer and is admin now.")), "{all:?}");
    assert!(all.iter().any(|mail| mail.contains("Done by ada@contoso.com on 23 November 2026")), "{all:?}");
}
