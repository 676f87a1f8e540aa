//! The checklist of a review: what a reviewer would look at, looked at already.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use model::support::{MemberView, ReviewCheck, ReviewedTest};
use model::{
    AttemptOutcome, AttemptReport, CertificateView, ConnectionView, EmailAddress, Role, TeamLink, Timestamp, entra,
};
use store::teams::Team;
use store::{ConnectionTrait, shared_connections};

use crate::Error;

/// The claim in which Entra names the tenant that signed somebody in.
const TENANT_CLAIM: &str = "http://schemas.microsoft.com/identity/claims/tenantid";

/// Where anybody gets an address: an administrator who has one cannot be told by it.
const FREE_MAIL: [&str; 30] = [
    "126.com",
    "163.com",
    "aol.com",
    "duck.com",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yandex.ru",
    "zoho.com",
];

/// What is under review, and what is known of it.
pub(crate) struct Review<'a> {
    /// What would go live.
    pub next: &'a ConnectionView,
    /// What is live.
    pub live: Option<&'a ConnectionView>,
    /// The latest test of what would go live.
    pub latest_test: Option<&'a AttemptReport>,
    /// Whether one passed since it was edited last.
    pub is_tested: bool,
    /// Who belongs to the team.
    pub members: &'a [MemberView],
}

/// The checklist of a team in review, with what other teams have in common with it.
pub(crate) async fn checklist(
    db: &impl ConnectionTrait,
    team: &Team,
    review: Review<'_>,
    now: Timestamp,
) -> Result<Vec<ReviewCheck>, Error> {
    let link = |team: Team| TeamLink { slug: team.slug, name: team.name };
    let mut checks = review.checks(now);
    if let Some(idp) = &review.next.idp {
        let teams = shared_connections::with_identity_provider(db, &idp.entity_id, team.team_id()).await?;
        checks.push(ReviewCheck::SameIdentityProvider { teams: teams.into_iter().map(link).collect() });
    }
    let thumbprints: Vec<&str> = review.next.certificates.iter().map(|one| one.thumbprint_sha256.as_str()).collect();
    let teams = shared_connections::with_certificate(db, &thumbprints, team.team_id()).await?;
    checks.push(ReviewCheck::SameCertificate { teams: teams.into_iter().map(link).collect() });
    Ok(checks)
}

impl Review<'_> {
    /// All that can be told from the team itself.
    fn checks(&self, now: Timestamp) -> Vec<ReviewCheck> {
        let mut checks = vec![ReviewCheck::Test(self.test())];
        checks.extend(self.tester_domain());
        checks.push(ReviewCheck::AdministratorDomains { domains: self.administrator_domains() });
        checks.push(ReviewCheck::FreeMail { addresses: self.free_mail() });
        checks.extend(self.tenant());
        checks.push(certificates(&self.next.certificates, now));
        checks.push(ReviewCheck::Options { changed: self.next.differences_from_defaults() });
        let (live, count) = (self.live.map(|live| live.number), self.next.changes_from(self.live).len());
        checks.push(ReviewCheck::Changes { live, count });
        checks
    }

    fn test(&self) -> ReviewedTest {
        let Some(test) = self.latest_test else { return ReviewedTest::None };
        let (reference, at) = (test.summary.reference.clone(), test.summary.started_at);
        match (test.summary.outcome == AttemptOutcome::Succeeded, self.is_tested) {
            (true, true) => ReviewedTest::Passed { revision: test.revision, at, tester: tester(test), reference },
            (false, true) => ReviewedTest::LatestDidNotPass { reference },
            (true, false) => ReviewedTest::BeforeEdit { at, reference },
            (false, false) => ReviewedTest::None,
        }
    }

    fn tester_domain(&self) -> Option<ReviewCheck> {
        let tester = self.latest_test?.profile.as_ref()?.email.clone()?;
        let administrators = self.administrator_domains();
        let is_known = administrators.iter().any(|domain| domain == tester.domain());
        Some(ReviewCheck::TesterDomain { tester: tester.into(), administrators, is_known })
    }

    /// Viewers decide nothing: their addresses say nothing of who set this up.
    fn administrators(&self) -> impl Iterator<Item = EmailAddress> {
        let administrators = self.members.iter().filter(|member| member.role >= Role::Admin);
        administrators.filter_map(|member| member.email.parse().ok())
    }

    fn administrator_domains(&self) -> Vec<String> {
        let domains: BTreeSet<String> = self.administrators().map(|email| email.domain().to_owned()).collect();
        domains.into_iter().collect()
    }

    fn free_mail(&self) -> Vec<String> {
        self.administrators().filter(|email| is_free_mail(email.domain())).map(String::from).collect()
    }

    /// For Entra only: other identity providers have no tenants that an assertion names.
    fn tenant(&self) -> Option<ReviewCheck> {
        let configured = entra::tenant(&self.next.idp.as_ref()?.entity_id)?;
        let claims = self.latest_test.map_or(&[][..], |test| test.claims.as_slice());
        let claim = claims.iter().find(|mapped| mapped.claim.name == TENANT_CLAIM);
        let of_test = claim.and_then(|mapped| mapped.claim.values.first()).map(|tenant| tenant.to_ascii_lowercase());
        Some(ReviewCheck::Tenant { configured, of_test })
    }
}

/// As whom somebody tested, where the identity provider said so and it verified.
fn tester(test: &AttemptReport) -> Option<String> {
    test.summary.subject.as_ref().filter(|subject| subject.is_verified).map(|subject| subject.name.clone())
}

fn is_free_mail(domain: &str) -> bool {
    FREE_MAIL.contains(&domain) || domain.starts_with("yahoo.") || domain.starts_with("hotmail.")
}

fn certificates(certificates: &[CertificateView], now: Timestamp) -> ReviewCheck {
    let keys: BTreeSet<String> = certificates.iter().map(|certificate| certificate.key.clone()).collect();
    let valid = certificates.iter().filter(|certificate| certificate.not_before <= now);
    let last_valid_end = valid.map(|certificate| certificate.not_after).max();
    let soon = now + TimeDelta::days(CertificateView::WARN_DAYS);
    ReviewCheck::Certificates {
        keys: keys.into_iter().collect(),
        last_end: certificates.iter().map(|certificate| certificate.not_after).max(),
        needs_look: last_valid_end.is_none_or(|end| end < soon),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_anybody_can_get_are_told_by_their_domain() {
        for domain in ["gmail.com", "yahoo.co.uk", "hotmail.fr", "web.de"] {
            assert!(is_free_mail(domain), "{domain}");
        }
        for domain in ["contoso.com", "notgmail.com", "gmail.com.contoso.com", "yahoo-inc.com"] {
            assert!(!is_free_mail(domain), "{domain}");
        }
    }

    #[test]
    fn certificates_need_a_look_when_none_is_valid_for_long() {
        let now = Timestamp::from_timestamp_nanos(1_800_000_000_000_000_000);
        let certificate = |key: &str, from: i64, until: i64| CertificateView {
            id: "019aaf5c-0000-7000-8000-000000000000".parse().unwrap(),
            subject: "CN=a".into(),
            thumbprint_sha1: "A".into(),
            thumbprint_sha256: "A".into(),
            key: key.into(),
            not_before: now + TimeDelta::days(from),
            not_after: now + TimeDelta::days(until),
        };
        let check = |of: &[CertificateView]| certificates(of, now);
        assert!(check(&[]).needs_look());
        assert!(check(&[certificate("RSA 2048", -10, 59)]).needs_look());
        assert!(check(&[certificate("RSA 2048", 1, 900)]).needs_look(), "it is not valid yet");
        let both = check(&[certificate("RSA 2048", -900, 20), certificate("EC P-256", -1, 900)]);
        assert!(!both.needs_look(), "the next one is there");
        let ReviewCheck::Certificates { keys, last_end, .. } = both else { panic!("{both:?}") };
        assert_eq!((keys.join(", "), last_end), ("EC P-256, RSA 2048".into(), Some(now + TimeDelta::days(900))));
    }
}
