//! A sample of each mail, and one for each branch that its text can take.

use chrono::TimeDelta;
use model::{Role, SupportRole, TeamSlug, Timestamp};
use strum::VariantArray as _;

use crate::mail::message::{
    CredentialsKind, FactorNewsKind, MembersMailKind, MembershipChangeKind, MessageKind, SupportAccountChangeKind,
    at_and_from,
};
use crate::mail::{
    AuditedAct, Credentials, FactorChange, MembersMail, MembershipChange, Message, RequestOrigin, SignOnTeam,
    SupportAccountChange,
};

/// 23 November 2026, 12:00 UTC.
const NOW: Timestamp = Timestamp::from_timestamp_nanos(1_795_435_200_000_000_000);

/// What people have typed, and what their programs say of themselves.
#[derive(Clone, Debug)]
pub struct SampleValues {
    /// A team's name.
    pub team: String,
    /// A member's address.
    pub member: String,
    /// Another member's address.
    pub colleague: String,
    /// A support account's address.
    pub support_account: String,
    /// What its owner calls a passkey.
    pub passkey: String,
    /// What support writes to a team.
    pub support_words: String,
    /// What a team answers.
    pub team_words: String,
    /// The browser somebody used.
    pub browser: String,
    /// Links with a token begin with this.
    pub link: String,
}

impl SampleValues {
    /// Values as they are day by day, with links to this account host.
    #[must_use]
    pub fn of_every_day(account_url: &str) -> Self {
        Self {
            team: "Contoso".to_owned(),
            member: "ada@contoso.example".to_owned(),
            colleague: "b.simon@contoso.example".to_owned(),
            support_account: "eve@vendor.example".to_owned(),
            passkey: "Laptop".to_owned(),
            team_words: "It is uploaded, and the test passed with it.".to_owned(),
            support_words: "The certificate ends next week.\nUpload the new one, and submit again.".to_owned(),
            browser: "Firefox on Windows".to_owned(),
            link: format!("{}/link?token=", account_url.trim_end_matches('/')),
        }
    }

    fn link(&self) -> String {
        format!("{}c2FtcGxlLXRva2VuLXRoYXQtb3BlbnMtbm90aGluZy0w", self.link)
    }

    fn slug() -> TeamSlug {
        TeamSlug::generate("contoso", [5, 17, 0, 18, 7, 21])
    }

    fn origin(&self) -> RequestOrigin {
        RequestOrigin::new(NOW, Some("192.0.2.1"), Some(&self.browser))
    }

    fn act(&self) -> AuditedAct {
        AuditedAct::by(self.member.clone(), self.origin())
    }

    fn support_act(&self) -> AuditedAct {
        AuditedAct::by(self.support_account.clone(), self.origin())
    }
}

/// A mail, and which of its variants it is, if there are several.
pub(super) struct Sample {
    pub(super) variant: Option<&'static str>,
    pub(super) message: Message,
}

fn sample(message: Message) -> Vec<Sample> {
    vec![Sample { variant: None, message }]
}

fn variants(messages: impl IntoIterator<Item = (&'static str, Message)>) -> Vec<Sample> {
    let named = messages.into_iter();
    named.map(|(variant, message)| Sample { variant: Some(variant), message }).collect()
}

/// Samples of all mails.
pub(super) fn all(values: &SampleValues) -> Vec<Sample> {
    MessageKind::VARIANTS.iter().flat_map(|kind| of_kind(*kind, values)).collect()
}

fn of_kind(kind: MessageKind, values: &SampleValues) -> Vec<Sample> {
    let (team, slug) = (values.team.clone(), SampleValues::slug());
    match kind {
        MessageKind::VerifyEmail => sample(Message::VerifyEmail { link: values.link() }),
        MessageKind::Test => sample(Message::Test),
        MessageKind::SignOnUrls => {
            let sign_on_url = values.link();
            sample(Message::SignOnUrls { teams: vec![SignOnTeam { name: team, sign_on_url }] })
        }
        MessageKind::AlreadySignedUp => sample(Message::AlreadySignedUp),
        MessageKind::Credentials => {
            CredentialsKind::VARIANTS.iter().flat_map(|kind| credentials(*kind, values)).collect()
        }
        MessageKind::Factors => FactorNewsKind::VARIANTS.iter().flat_map(|kind| factors(*kind, values)).collect(),
        MessageKind::TeamSubmitted => {
            let submitted = |answer| Message::TeamSubmitted {
                team: team.clone(),
                slug: slug.clone(),
                by: values.member.clone(),
                answer,
            };
            let answer = Some(values.team_words.clone());
            [None, answer].into_iter().flat_map(|answer| sample(submitted(answer))).collect()
        }
        MessageKind::ReviewHandedOver => {
            sample(Message::ReviewHandedOver { team, slug, by: values.support_account.clone() })
        }
        MessageKind::TeamApproved => sample(Message::TeamApproved { team, slug }),
        MessageKind::ChangesRequested => {
            sample(Message::ChangesRequested { team, slug, words: values.support_words.clone() })
        }
        MessageKind::TeamSuspended => {
            sample(Message::TeamSuspended { team, slug, reason: values.support_words.clone() })
        }
        MessageKind::TeamResumed => sample(Message::TeamResumed { team, slug }),
        MessageKind::SetupReminder => sample(Message::SetupReminder { team, slug }),
        MessageKind::Members => MembersMailKind::VARIANTS.iter().flat_map(|kind| members(*kind, values)).collect(),
    }
}

fn credentials(kind: CredentialsKind, values: &SampleValues) -> Vec<Sample> {
    let (link, origin, address) = (values.link(), values.origin(), values.colleague.clone());
    let mail = match kind {
        CredentialsKind::ResetPassword => Credentials::ResetPassword { link, origin },
        CredentialsKind::PasswordChanged => return variants(password_changed(values)),
        CredentialsKind::ConfirmNewAddress => Credentials::ConfirmNewAddress { link, origin },
        CredentialsKind::AddressTaken => Credentials::AddressTaken,
        CredentialsKind::EmailChangeRequested => Credentials::EmailChangeRequested { new: address, origin },
        CredentialsKind::EmailChanged => Credentials::EmailChanged { new: address, undo: link, origin },
        CredentialsKind::EmailRestored => Credentials::EmailRestored { link },
        CredentialsKind::EmailChangeUndone => Credentials::EmailChangeUndone { old: address, origin },
        CredentialsKind::FailedLogins => {
            let at = |minutes| NOW - TimeDelta::minutes(minutes);
            let lines = vec![
                at_and_from(at(0), Some("192.0.2.1")),
                at_and_from(at(3), Some("2001:db8::7")),
                at_and_from(at(9), None),
            ];
            Credentials::FailedLogins { lines }
        }
    };
    sample(Message::Credentials(mail))
}

/// With all that can be known of where somebody was: it is the same sentence in every mail.
fn password_changed(values: &SampleValues) -> [(&'static str, Message); 4] {
    let (ip, browser) = (Some("192.0.2.1"), Some(values.browser.as_str()));
    let origins = [
        ("address-and-browser", RequestOrigin::new(NOW, ip, browser)),
        ("address", RequestOrigin::new(NOW, ip, None)),
        ("browser", RequestOrigin::new(NOW, None, browser)),
        ("time", RequestOrigin::new(NOW, None, None)),
    ];
    origins.map(|(variant, origin)| (variant, Message::Credentials(Credentials::PasswordChanged { origin })))
}

fn factors(kind: FactorNewsKind, values: &SampleValues) -> Vec<Sample> {
    let (name, origin) = (values.passkey.clone(), values.origin());
    let news = match kind {
        FactorNewsKind::TotpAdded => FactorChange::TotpAdded,
        FactorNewsKind::TotpRemoved => FactorChange::TotpRemoved,
        FactorNewsKind::PasskeyAdded => FactorChange::PasskeyAdded { name },
        FactorNewsKind::PasskeyRemoved => FactorChange::PasskeyRemoved { name },
        FactorNewsKind::RecoveryCodeUsed => {
            let left = [("none-left", 0), ("one-left", 1), ("some-left", 9)];
            let used = |left| Message::Factors(FactorChange::RecoveryCodeUsed { left }, origin.clone());
            return variants(left.map(|(variant, left)| (variant, used(left))));
        }
        FactorNewsKind::RecoveryCodesReplaced => FactorChange::RecoveryCodesReplaced,
        // an operator does it, at the command line
        FactorNewsKind::Reset => {
            return sample(Message::Factors(FactorChange::Reset, RequestOrigin::new(NOW, None, None)));
        }
    };
    sample(Message::Factors(news, origin))
}

fn members(kind: MembersMailKind, values: &SampleValues) -> Vec<Sample> {
    let (link, team, expires_at) = (values.link(), values.team.clone(), NOW + TimeDelta::days(7));
    let mail = match kind {
        MembersMailKind::Invitation => {
            MembersMail::Invitation { link, team, role: Role::Admin.as_str(), expires_at, act: values.act() }
        }
        MembersMailKind::OnboardingLink => MembersMail::OnboardingLink { link, team, expires_at },
        MembersMailKind::SupportInvitation => {
            let role = SupportRole::Reviewer.as_str();
            MembersMail::SupportInvitation { link, role, expires_at, act: values.support_act() }
        }
        MembersMailKind::You => return variants(to_member(values)),
        MembersMailKind::Owners => return variants(to_owners(values)),
        MembersMailKind::YourSupportAccount => return variants(to_support_account(values)),
        MembersMailKind::SupportAccounts => return variants(to_administrators(values)),
    };
    sample(Message::Members(mail))
}

fn membership_change(kind: MembershipChangeKind, values: &SampleValues) -> (&'static str, MembershipChange<'_>) {
    let member = values.colleague.as_str();
    match kind {
        MembershipChangeKind::Role => {
            ("role", MembershipChange::Role { member, before: Role::Viewer, after: Role::Admin })
        }
        MembershipChangeKind::Removed => ("removed", MembershipChange::Removed { member }),
        MembershipChangeKind::Left => ("left", MembershipChange::Left { member }),
        MembershipChangeKind::OwnershipTransferred => {
            ("ownership-transferred", MembershipChange::OwnershipTransferred { giver: &values.member, heir: member })
        }
    }
}

fn to_member(values: &SampleValues) -> Vec<(&'static str, Message)> {
    let changes = MembershipChangeKind::VARIANTS.iter().map(|kind| {
        let (variant, change) = membership_change(*kind, values);
        let stays = !matches!(change, MembershipChange::Removed { .. } | MembershipChange::Left { .. });
        (variant, change.sentences(&values.team).0, stays)
    });
    let policies = [("second-factor-required", true), ("second-factor-optional", false)];
    let policies = policies.map(|(variant, is_required)| {
        (variant, MembershipChange::second_factor_policy(&values.team, is_required), true)
    });
    let mail = |(variant, change, stays): (_, _, bool)| {
        let (team, slug) = (values.team.clone(), stays.then(SampleValues::slug));
        (variant, Message::Members(MembersMail::You { team, slug, change, act: values.act() }))
    };
    changes.chain(policies).map(mail).collect()
}

fn to_owners(values: &SampleValues) -> Vec<(&'static str, Message)> {
    let changes = MembershipChangeKind::VARIANTS.iter().map(|kind| {
        let (variant, change) = membership_change(*kind, values);
        (variant, change.sentences(&values.team).1)
    });
    let joined = ("joined", MembershipChange::joined(&values.colleague, &values.member, Role::Admin));
    let mail = |(variant, change)| {
        let (team, slug) = (values.team.clone(), SampleValues::slug());
        (variant, Message::Members(MembersMail::Owners { team, slug, change, act: values.act() }))
    };
    changes.chain([joined]).map(mail).collect()
}

fn support_account_changes(values: &SampleValues) -> Vec<(&'static str, SupportAccountChange<'_>)> {
    SupportAccountChangeKind::VARIANTS.iter().flat_map(|kind| support_account_change(*kind, values)).collect()
}

fn support_account_change(
    kind: SupportAccountChangeKind,
    values: &SampleValues,
) -> Vec<(&'static str, SupportAccountChange<'_>)> {
    let (account, team) = (values.colleague.as_str(), values.team.as_str());
    let role = SupportRole::Reviewer;
    match kind {
        SupportAccountChangeKind::Role => {
            vec![("role", SupportAccountChange::Role { account, before: role, after: SupportRole::Administrator })]
        }
        SupportAccountChangeKind::RoleFromGroups => {
            vec![("role-from-groups", SupportAccountChange::RoleFromGroups { account, role })]
        }
        SupportAccountChangeKind::Active => vec![
            ("activated", SupportAccountChange::Active { account, is_active: true }),
            ("deactivated", SupportAccountChange::Active { account, is_active: false }),
        ],
        SupportAccountChangeKind::Joined => vec![("joined", SupportAccountChange::Joined { account, role })],
        SupportAccountChangeKind::VendorTeam => {
            let change = |is_vendor| SupportAccountChange::VendorTeam { team, slug: "contoso-7k2m9q", is_vendor };
            vec![("vendor-team-marked", change(true)), ("vendor-team-unmarked", change(false))]
        }
    }
}

fn to_support_account(values: &SampleValues) -> Vec<(&'static str, Message)> {
    let is_about_an_account =
        |change: &SupportAccountChange<'_>| !matches!(change, SupportAccountChange::VendorTeam { .. });
    let mail = |change: SupportAccountChange<'_>| {
        let (is_active, act) = (change.leaves_account_active(), values.support_act());
        Message::Members(MembersMail::YourSupportAccount { change: change.sentence(), is_active, act })
    };
    let changes = support_account_changes(values).into_iter().filter(|(_, change)| is_about_an_account(change));
    changes.map(|(variant, change)| (variant, mail(change))).collect()
}

fn to_administrators(values: &SampleValues) -> Vec<(&'static str, Message)> {
    let mail = |change: SupportAccountChange<'_>| {
        Message::Members(MembersMail::SupportAccounts { change: change.sentence(), act: values.support_act() })
    };
    support_account_changes(values).into_iter().map(|(variant, change)| (variant, mail(change))).collect()
}
