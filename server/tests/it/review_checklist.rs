//! What the page of a team in review says to look at before it is approved.

use chrono::TimeDelta;
use model::{Role, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team};
use crate::policy::join;
use crate::support::{InReview, in_review, verified_test};

on_both_databases!(
    the_reviewer_is_told_that_no_test_passed,
    the_checklist_is_fine_for_a_team_that_is,
    the_checklist_says_what_to_look_at,
    the_checklist_compares_the_tenant_of_the_test,
    the_checklist_names_other_teams_of_the_same_tenant,
    the_checklist_counts_the_domains_of_administrators_only,
    the_checklist_counts_what_changed_since_the_last_approval,
);

async fn the_reviewer_is_told_that_no_test_passed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let untested = "No successful test of this revision";
    let page = format!("/support/teams/{slug}");
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(support.get(&page).await.body.contains(untested));
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    assert!(!support.get(&page).await.body.contains(untested));

    // what it says now was not tested
    admin.decide("setup/withdraw", &slug, &[]).await;
    portal.pass(TimeDelta::seconds(1));
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    assert!(support.get(&page).await.body.contains(untested));
}

async fn the_checklist_is_fine_for_a_team_that_is(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    let page = format!("/support/teams/{slug}");
    assert!(!support.get(&page).await.body.contains("Checklist"), "nothing is to be decided");
    admin.decide("setup/submit", &slug, &[]).await;
    let body = html::text(&support.get(&page).await.body, "main").unwrap();
    for words in [
        "Nothing needs a look.",
        "Tested by b.simon@contoso.com with revision 1",
        "The tester b.simon@contoso.com has an administrator's domain.",
        "All administrators have addresses of contoso.com.",
        "No administrator has a free-mail address.",
        "No other team has this identity provider.",
        "No other team has these certificates.",
        "All options at their defaults.",
        "This is the first approval.",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
}

async fn the_checklist_says_what_to_look_at(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut other = portal.signed_in("eve@fabrikam.com", None).await;
    let others = configured_team(&portal, &mut other, &idp).await;
    let mut admin = portal.signed_in("ada@gmail.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let verified = verified_test(&portal, &mut admin, &idp, &slug).await;
    admin.follow(&verified).await;
    portal.pass(TimeDelta::seconds(1));
    admin.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let body = html::text(&page, "main").unwrap();
    for words in [
        "lines need a look.",
        "No successful test of this revision is on record.",
        "has a different domain from the administrators (gmail.com)",
        "Anybody can get such an address: ada@gmail.com",
        "The same identity provider serves",
        "The same certificate is configured by",
        "Not at its default:",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    assert!(page.contains(&format!("href=\"/support/teams/{others}\"")), "{page}");
}

/// The lines of the checklist: those that need a look, and those that do not.
async fn checklist(support: &mut Browser, slug: &str) -> (Vec<String>, Vec<String>) {
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let lines = |ok: &str, head: &str| {
        let lines = html::texts(&page, &format!(".checks li[data-ok={ok}]")).into_iter();
        lines.filter_map(|line| Some(line.strip_prefix(head)?.trim().to_owned())).collect::<Vec<_>>()
    };
    (lines("look", "Needs a look:"), lines("true", "Fine:"))
}

async fn the_checklist_compares_the_tenant_of_the_test(kind: DatabaseKind) {
    let InReview { portal, idp, mut support, mut admin, slug } = in_review(kind).await;
    let configured = idp.tenant.id.clone();
    let (_, fine) = checklist(&mut support, &slug).await;
    assert!(fine.contains(&format!("Tenant {configured}; no test names its tenant.")), "{fine:?}");

    let other = "9b9b9b9b-1111-4000-8000-000000000009";
    let came_from_other = format!("The test came from tenant {other}, configured is {configured}.");
    let came_from_same = format!("The test came from the tenant that is configured, {configured}.");
    // in whatever case it is written
    for (tenant, is_same) in [(other.to_owned(), false), (configured.to_uppercase(), true)] {
        portal.pass(TimeDelta::seconds(1));
        let asked = idp.asked(admin.get(&format!("/teams/{slug}/setup/test/start")).await.location());
        let mut options = idp.options(&asked, "b.simon@contoso.com", portal.now());
        options.set_claim("http://schemas.microsoft.com/identity/claims/tenantid", vec![tenant]);
        let answer = crate::idp::post_response(&mut admin, &slug, &idp.sign(&options), None).await;
        admin.follow(answer.location()).await;
        let (look, fine) = checklist(&mut support, &slug).await;
        assert_eq!(look.contains(&came_from_other), !is_same, "{look:?}");
        assert_eq!(fine.contains(&came_from_same), is_same, "{fine:?}");
    }
}

async fn the_checklist_names_other_teams_of_the_same_tenant(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (idp, theirs) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut eve = portal.signed_in("eve@fabrikam.com", None).await;
    let other = configured_team(&portal, &mut eve, &theirs).await;
    eve.post("/api/teams/rename", &[("slug", &other), ("name", "Fabrikam")]).await;
    // with the application's ID in its issuer, as Entra can write it
    let appended = format!("https://sts.windows.net/{}/0c6f6d1f-2a11-4f0e-9d41-7d1c8c3e1f5c", theirs.tenant.id);
    let sso_url = theirs.tenant.sso_url();
    let fields = [("slug", &*other), ("idp_entity_id", &*appended), ("sso_url", &*sso_url), ("slo_url", "")];
    let answer = eve.post("/api/setup/save_urls", &fields).await;
    assert_eq!(answer.location(), format!("/teams/{other}/setup/users"));

    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    let (look, fine) = checklist(&mut support, &slug).await;
    assert!(look.iter().any(|line| line.starts_with("The same identity provider serves")), "{look:?}");
    assert!(fine.contains(&"No other team has these certificates.".to_owned()), "{fine:?}");
    let page = support.get(&format!("/support/teams/{slug}")).await.body;
    let link = html::text(&page, &format!(".checks a[href='/support/teams/{other}']"));
    assert_eq!(link.as_deref(), Some("Fabrikam"), "{page}");
}

async fn the_checklist_counts_the_domains_of_administrators_only(kind: DatabaseKind) {
    let InReview { portal, mut support, slug, .. } = in_review(kind).await;
    let one = "All administrators have addresses of contoso.com.".to_owned();
    for (email, role) in [("bob@contoso.com", Role::Admin), ("vera@litware.com", Role::Viewer)] {
        portal.signed_in(email, None).await;
        join(&portal, &slug, email, role).await;
        let (_, fine) = checklist(&mut support, &slug).await;
        assert!(fine.contains(&one), "{email}: {fine:?}");
    }
    portal.signed_in("grace@fabrikam.com", None).await;
    join(&portal, &slug, "grace@fabrikam.com", Role::Admin).await;
    let (look, fine) = checklist(&mut support, &slug).await;
    let two = "The administrators have addresses of 2 domains: contoso.com, fabrikam.com.".to_owned();
    assert!(look.contains(&two) && !fine.contains(&one), "{look:?} {fine:?}");
}

async fn the_checklist_counts_what_changed_since_the_last_approval(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    // nothing leads from a team that is live back into review: the state is set here
    let review = "UPDATE teams SET status = 'in_review', submitted_at = created_at";
    portal.sql(review).await;
    let (_, fine) = checklist(&mut support, &slug).await;
    assert!(fine.contains(&"Nothing changes from revision 1, which is live.".to_owned()), "{fine:?}");
    let edits = [
        ("setup/save_options", ("allow_idp_initiated", "true"), "One part differs from revision 1, which is live"),
        ("setup/save_claims", ("email", "workMail"), "2 parts differ from revision 1, which is live"),
    ];
    for (endpoint, field, words) in edits {
        portal.sql("UPDATE teams SET status = 'active'").await;
        admin.post(&format!("/api/{endpoint}"), &[("slug", &*slug), field]).await;
        portal.sql(review).await;
        let (look, _) = checklist(&mut support, &slug).await;
        assert!(look.contains(&format!("{words}: see what approving changes.")), "{look:?}");
        assert!(!look.contains(&"This is the first approval.".to_owned()), "{look:?}");
    }
}
