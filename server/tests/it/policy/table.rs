//! Every door of the portal, and who may come in.

use domain::policy::Action;

/// Who may come in.
#[derive(Clone, Copy, Debug)]
pub enum Access {
    /// Anybody; why.
    Public(&'static str),
    /// Only a session whose second factor is awaited.
    Awaiting,
    /// Any signed-in account, to what is its own.
    Own(Action),
    /// Those who stand to the team as the action asks.
    Team(Action),
    /// Support, to what is no team's.
    Vendor(Action),
}

use Access::{Awaiting, Own, Public, Team, Vendor};

/// A server function.
#[derive(Debug)]
pub struct Function {
    /// Its address below `/api/`.
    pub endpoint: &'static str,
    /// Who may.
    pub access: Access,
    /// What it is called with, besides the team's slug.
    pub fields: &'static [(&'static str, &'static str)],
    /// Whether it may be called for whoever may without taking the world of the test apart,
    /// and finds what it is asked for. The others' success is for the tests of their feature.
    pub harmless: bool,
}

const fn open(endpoint: &'static str, access: Access) -> Function {
    Function { endpoint, access, fields: &[], harmless: true }
}

const fn with(endpoint: &'static str, access: Access, fields: &'static [(&'static str, &'static str)]) -> Function {
    Function { endpoint, access, fields, harmless: true }
}

/// Not called for whoever may.
const fn closed(endpoint: &'static str, access: Access, fields: &'static [(&'static str, &'static str)]) -> Function {
    Function { endpoint, access, fields, harmless: false }
}

const NO_ID: &str = "00000000-0000-7000-8000-000000000000";
/// Stands for the reference of a sign-in of the team that failed.
pub const REFERENCE: &str = "{reference}";

/// Every server function.
pub const FUNCTIONS: &[Function] = &[
    open("accounts/current", Public("says who is signed in, if anybody")),
    open("accounts/sign_up", Public("the way to an account")),
    open("accounts/sign_in", Public("the way in")),
    open("accounts/verify_email", Public("holds a mailed token")),
    open("accounts/address_to_verify", Public("holds a mailed token")),
    closed("accounts/sign_out", Public("ends the session that asks"), &[]),
    with("accounts/first_support_open", Public("holds a printed token"), &[("token", "x")]),
    open("accounts/create_first_support", Public("holds a printed token")),
    with("accounts/resend_verification", Public("says the same to everybody"), &[("email", "x")]),
    with("accounts/forgot_password", Public("says the same to everybody"), &[("email", "x")]),
    open("accounts/password_reset_open", Public("holds a mailed token")),
    open("accounts/reset_password", Public("holds a mailed token")),
    open("accounts/password_strength", Public("estimates what it is given; limited")),
    open("accounts/own_address", Own(Action::ChangeCredentials)),
    open("accounts/change_password", Own(Action::ChangeCredentials)),
    open("accounts/change_email", Own(Action::ChangeCredentials)),
    open("accounts/email_change_to_confirm", Public("holds a mailed token")),
    open("accounts/confirm_email_change", Public("holds a mailed token, and a session or the password")),
    open("accounts/email_change_to_undo", Public("holds a mailed token")),
    open("accounts/undo_email_change", Public("holds a mailed token")),
    with("forms/take", Public("holds the form's own cookie"), &[("name", "sign_in")]),
    with("teams/create", Own(Action::UseAccount), &[("name", "Another")]),
    with("teams/rename", Team(Action::Configure), &[("name", "Contoso Ltd")]),
    open("teams/sessions", Team(Action::EndTeamSessions)),
    closed("teams/end_sessions", Team(Action::EndTeamSessions), &[]),
    open("people/list", Team(Action::View)),
    closed("people/load", Team(Action::View), &[("person", NO_ID)]),
    closed("people/end_session", Team(Action::ManagePeople), &[("person", NO_ID), ("session", "x")]),
    closed("people/end_sessions", Team(Action::ManagePeople), &[("person", NO_ID)]),
    closed("people/deactivate", Team(Action::ManagePeople), &[("person", NO_ID)]),
    closed("people/reactivate", Team(Action::ManagePeople), &[("person", NO_ID)]),
    closed("people/erase", Team(Action::ManagePeople), &[("person", NO_ID)]),
    open("setup/load", Team(Action::View)),
    with("setup/confirm_step", Team(Action::Configure), &[("step", "create")]),
    open("setup/save_claims", Team(Action::Configure)),
    open("setup/save_urls", Team(Action::Configure)),
    open("setup/check_login_url", Team(Action::Configure)),
    open("setup/save_identity_provider", Team(Action::Configure)),
    open("setup/save_options", Team(Action::Configure)),
    open("setup/save_email_domains", Team(Action::Configure)),
    closed("setup/remove_certificate", Team(Action::Configure), &[("certificate", NO_ID)]),
    open("setup/submit", Team(Action::GoLive)),
    open("setup/withdraw", Team(Action::Configure)),
    open("setup/make_live", Team(Action::GoLive)),
    closed("setup/roll_back", Team(Action::GoLive), &[]),
    open("setup/discard_draft", Team(Action::Configure)),
    open("keys/create", Team(Action::Configure)),
    closed("keys/promote", Team(Action::ReplaceKeys), &[]),
    closed("keys/delete", Team(Action::ReplaceKeys), &[("key", NO_ID)]),
    with("idp_errors/explain", Team(Action::View), &[("text", "AADSTS50105")]),
    open("attempts/team", Team(Action::View)),
    open("attempts/vendor", Vendor(Action::Review)),
    open("attempts/recent_notes", Team(Action::View)),
    open("attempts/statistics", Team(Action::View)),
    with("attempts/team_report", Team(Action::View), &[("reference", REFERENCE)]),
    with("attempts/vendor_report", Vendor(Action::Review), &[("reference", REFERENCE)]),
    with("attempts/team_xml", Team(Action::ViewXml), &[("reference", REFERENCE)]),
    with("attempts/vendor_xml", Vendor(Action::ReviewXml), &[("reference", REFERENCE)]),
    with("attempts/check_metadata", Team(Action::Configure), &[("reference", REFERENCE)]),
    closed("attempts/take_over_issuer", Team(Action::Configure), &[("reference", REFERENCE)]),
    closed("attempts/take_over_email_claim", Team(Action::Configure), &[("reference", REFERENCE)]),
    open("audit/team", Team(Action::ViewAudit)),
    open("audit/connection", Team(Action::View)),
    open("audit/vendor", Vendor(Action::ViewVendorAudit)),
    open("support/overview", Vendor(Action::Review)),
    open("support/teams", Vendor(Action::Review)),
    open("support/team", Team(Action::Review)),
    closed("support/save_view", Vendor(Action::Review), &[("name", "Mine")]),
    closed("support/delete_view", Vendor(Action::Review), &[("name", "Mine")]),
    with("support/bulk_preview", Vendor(Action::Decide), &[("action", "remind")]),
    closed("support/bulk", Vendor(Action::Decide), &[("action", "remind"), ("teams[]", "contoso-222222")]),
    open("support/approve", Team(Action::Decide)),
    with("support/request_changes", Team(Action::Decide), &[("words", "Change it.")]),
    closed("support/suspend", Team(Action::Decide), &[("reason", "Unpaid.")]),
    open("support/resume", Team(Action::Decide)),
    open("team_notes/list", Team(Action::Review)),
    with("team_notes/write", Team(Action::WriteNotes), &[("note", "A note.")]),
    closed("team_notes/delete", Team(Action::WriteNotes), &[("id", NO_ID)]),
    open("reviews/team_thread", Team(Action::View)),
    open("reviews/support_thread", Team(Action::Review)),
    open("reviews/assignment", Team(Action::Review)),
    open("reviews/take", Team(Action::AssignReview)),
    with("reviews/hand_over", Team(Action::AssignReview), &[("account", NO_ID)]),
    closed("viewed_team/begin", Team(Action::Review), &[]),
    closed("viewed_team/end", Vendor(Action::Review), &[]),
    closed("factors/begin_totp", Own(Action::ChangeCredentials), &[]),
    closed("factors/confirm_totp", Own(Action::ChangeCredentials), &[("code", "123456")]),
    closed("factors/remove_totp", Own(Action::ChangeCredentials), &[]),
    open("factors/recovery_codes", Own(Action::ChangeCredentials)),
    open("factors/recovery_codes_saved", Public("takes a cookie back from the browser that asks")),
    closed("factors/regenerate_recovery_codes", Own(Action::ChangeCredentials), &[]),
    open("factors/security", Own(Action::UseAccount)),
    closed("factors/totp_setup", Own(Action::ChangeCredentials), &[]),
    open("passkeys/start_registration", Own(Action::ChangeCredentials)),
    open("passkeys/register", Own(Action::ChangeCredentials)),
    closed("passkeys/rename", Own(Action::ChangeCredentials), &[("id", NO_ID)]),
    closed("passkeys/remove", Own(Action::ChangeCredentials), &[("id", NO_ID)]),
    open("passkeys/start_sign_in", Public("the way in")),
    open("passkeys/sign_in", Public("the way in")),
    open("passkeys/start_second_factor", Awaiting),
    open("passkeys/second_factor", Awaiting),
    open("passkeys/start_reauthentication", Own(Action::UseAccount)),
    open("passkeys/reauthenticate", Own(Action::UseAccount)),
    open("second_factor/load", Public("says whether a second factor is awaited, and which")),
    open("second_factor/enter_code", Awaiting),
    open("second_factor/use_recovery_code", Awaiting),
    open("reauthentication/load", Own(Action::UseAccount)),
    open("reauthentication/with_password", Own(Action::UseAccount)),
    open("sessions/list", Own(Action::UseAccount)),
    closed("sessions/end", Own(Action::EndSessions), &[("id", "x")]),
    closed("sessions/end_others", Own(Action::EndSessions), &[]),
    with("invitations/open", Public("holds a mailed token"), &[("token", "x")]),
    closed("invitations/accept", Own(Action::UseAccount), &[("token", "x")]),
    open("invitations/create_account", Public("holds a mailed token")),
    open("members/load", Team(Action::View)),
    with("members/invite", Team(Action::Invite), &[("email", "new@contoso.com"), ("role", "viewer")]),
    closed("members/resend_invitation", Team(Action::Invite), &[("id", NO_ID)]),
    closed("members/revoke_invitation", Team(Action::Invite), &[("id", NO_ID)]),
    closed("members/change_role", Team(Action::ManageMembers), &[("account", NO_ID), ("role", "viewer")]),
    closed("members/remove", Team(Action::ManageMembers), &[("account", NO_ID)]),
    closed("members/transfer_ownership", Team(Action::ManageMembers), &[("account", NO_ID)]),
    with("members/require_second_factor", Team(Action::ManageMembers), &[("required", "false")]),
    closed("members/leave", Team(Action::Leave), &[]),
    closed("onboarding/create", Vendor(Action::Onboard), &[("name", "New"), ("email", "first@new.example")]),
    with("onboarding/send", Team(Action::Onboard), &[("email", "first@new.example")]),
    closed("onboarding/resend", Team(Action::Onboard), &[("id", NO_ID)]),
    closed("onboarding/revoke", Team(Action::Onboard), &[("id", NO_ID)]),
    closed("onboarding/new_link", Team(Action::Review), &[]),
    open("support_accounts/load", Vendor(Action::ManageSupport)),
    closed(
        "support_accounts/invite",
        Vendor(Action::ManageSupport),
        &[("email", "r@krisp.example"), ("role", "reviewer")],
    ),
    closed("support_accounts/resend_invitation", Vendor(Action::ManageSupport), &[("id", NO_ID)]),
    closed("support_accounts/revoke_invitation", Vendor(Action::ManageSupport), &[("id", NO_ID)]),
    closed("support_accounts/change_role", Vendor(Action::ManageSupport), &[("account", NO_ID), ("role", "reviewer")]),
    closed("support_accounts/set_active", Vendor(Action::ManageSupport), &[("account", NO_ID), ("active", "true")]),
    open("applications/list", Vendor(Action::ManageApplications)),
    closed("applications/load", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    open("applications/register", Vendor(Action::ManageApplications)),
    closed("applications/change", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    closed("applications/set_enabled", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    closed("applications/create_secret", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    closed("applications/remove_logo", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    closed("applications/begin_trial", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    open("applications/finish_trial", Vendor(Action::ManageApplications)),
    closed("applications/new_secret", Vendor(Action::ManageApplications), &[("client_id", "unknown")]),
    closed(
        "applications/delete_secret",
        Vendor(Action::ManageApplications),
        &[("client_id", "unknown"), ("secret", NO_ID)],
    ),
    with("vendor_team/mark", Team(Action::ManageSupport), &[("is_vendor", "false")]),
    closed("vendor_team/add_group", Team(Action::ManageSupport), &[("group", "g"), ("role", "reviewer")]),
    closed("vendor_team/remove_group", Team(Action::ManageSupport), &[("group", "g")]),
    open("dead_letters/list", Vendor(Action::ManageMail)),
    closed("dead_letters/retry", Vendor(Action::ManageMail), &[("id", NO_ID)]),
    closed("dead_letters/discard", Vendor(Action::ManageMail), &[("id", NO_ID)]),
];

/// What addresses and forms call things of a team by.
#[derive(Clone, Debug)]
pub struct Names {
    /// The team's slug.
    pub slug: String,
    /// The reference of one of its sign-ins.
    pub reference: String,
}

/// A page, or a route that is none.
#[derive(Debug)]
pub struct Page {
    /// Its path as the router has it.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
}

impl Page {
    /// The path with a team's names in it; none if it holds an identifier that does not exist.
    pub fn example(&self, names: &Names) -> Option<String> {
        let path = self.path.replace("{slug}", &names.slug).replace(REFERENCE, &names.reference);
        let path = path.replace("{step}", "urls");
        (!path.contains('{')).then_some(path)
    }
}

const fn page(path: &'static str, access: Access) -> Page {
    Page { path, access }
}

/// Every page.
pub const PAGES: &[Page] = &[
    page("/", Public("says what this is")),
    page("/help/findings", Public("says the same to everybody")),
    page("/login", Public("the way in")),
    page("/signup", Public("the way to an account")),
    page("/signup/check-email", Public("says the same to everybody")),
    page("/verify-email", Public("holds a mailed token")),
    page("/forgot-password", Public("the way to a new password")),
    page("/forgot-password/sent", Public("says the same to everybody")),
    page("/reset-password", Public("holds a mailed token")),
    page("/account", Own(Action::UseAccount)),
    page("/account/password", Own(Action::ChangeCredentials)),
    page("/account/email", Own(Action::ChangeCredentials)),
    page("/account/email/confirm", Public("holds a mailed token")),
    page("/account/email/undo", Public("holds a mailed token")),
    page("/login/second-factor", Public("says whether a second factor is awaited")),
    page("/account/reauthenticate", Own(Action::UseAccount)),
    page("/account/security", Own(Action::UseAccount)),
    page("/account/security/totp", Own(Action::ChangeCredentials)),
    page("/account/security/recovery-codes", Own(Action::ChangeCredentials)),
    page("/account/sessions", Own(Action::UseAccount)),
    page("/invite/{token}", Public("holds a mailed token")),
    page("/teams/{slug}/members", Team(Action::View)),
    page("/support/accounts", Vendor(Action::ManageSupport)),
    page("/support/applications", Vendor(Action::ManageApplications)),
    page("/support/applications/new", Vendor(Action::ManageApplications)),
    page("/support/applications/{client_id}", Vendor(Action::ManageApplications)),
    page("/support/applications/{client_id}/trial", Vendor(Action::ManageApplications)),
    page("/support/applications/trial/callback", Vendor(Action::ManageApplications)),
    page("/support/teams/new", Vendor(Action::Review)),
    page("/teams/new", Own(Action::UseAccount)),
    page("/teams/{slug}", Team(Action::View)),
    page("/teams/{slug}/connection", Team(Action::View)),
    page("/teams/{slug}/settings", Team(Action::View)),
    page("/teams/{slug}/people", Team(Action::View)),
    page("/teams/{slug}/people/{person}", Team(Action::View)),
    page("/teams/{slug}/sessions", Team(Action::EndTeamSessions)),
    page("/teams/{slug}/audit", Team(Action::ViewAudit)),
    page("/teams/{slug}/idp-error", Team(Action::View)),
    page("/teams/{slug}/sign-ins", Team(Action::View)),
    page("/teams/{slug}/sign-ins/{reference}", Team(Action::View)),
    page("/teams/{slug}/sign-ins/{reference}/xml", Team(Action::ViewXml)),
    page("/support/sign-ins", Vendor(Action::Review)),
    page("/support/sign-ins/{reference}", Vendor(Action::Review)),
    page("/support/sign-ins/{reference}/xml", Vendor(Action::ReviewXml)),
    page("/teams/{slug}/setup/certificates", Team(Action::View)),
    page("/teams/{slug}/setup/options", Team(Action::View)),
    page("/teams/{slug}/setup/{step}", Team(Action::View)),
    page("/support", Vendor(Action::Review)),
    page("/support/first-account", Public("holds a printed token")),
    page("/support/audit", Vendor(Action::ViewVendorAudit)),
    page("/support/mail", Vendor(Action::ManageMail)),
    page("/support/teams", Vendor(Action::Review)),
    page("/support/teams/bulk", Vendor(Action::Decide)),
    page("/support/teams/{slug}", Team(Action::Review)),
    page("/support/teams/{slug}/idp-error", Team(Action::Review)),
];

/// Every route of `router.rs`.
pub const ROUTES: &[Page] = &[
    page("/sso", Public("end users' way in")),
    page("/sso/{slug}", Public("end users' way in")),
    page("/sso/{slug}/complete", Public("holds a one-time code and its browser's cookie")),
    page("/sso/{slug}/continue", Public("holds a cookie of the browser that came")),
    page("/me", Public("shows the person of the session, who is no account")),
    page("/me/continue", Public("leads the person of the session on to an application")),
    page("/.well-known/openid-configuration", Public("for applications: says the same to everybody")),
    page("/.well-known/oauth-authorization-server", Public("the same")),
    page("/oauth2/jwks", Public("public keys")),
    page("/oauth2/authorize", Public("applications send browsers here; the application and its address are checked")),
    page("/oauth2/authorize/{reference}", Public("holds the cookies of the browser that signed in")),
    page("/oauth2/token", Public("applications authenticate themselves, and hold a code or a refresh token")),
    page("/oauth2/userinfo", Public("holds an access token")),
    page("/oauth2/introspect", Public("applications authenticate themselves")),
    page("/oauth2/revoke", Public("applications authenticate themselves")),
    page("/oauth2/par", Public("applications authenticate themselves")),
    page("/oauth2/logout", Public("ends the session that asks: with a hint of its own, or after a question")),
    page("/api/oauth/authorize", Public("the same as /oauth2/authorize, where it is switched on")),
    page("/api/oauth/token", Public("the same as /oauth2/token")),
    page("/api/oauth/userinfo", Public("the same as /oauth2/userinfo")),
    page("/oauth2/logout/confirm", Public("ends the session that asks")),
    page("/me/sign-out", Public("ends the session that asks")),
    page("/me/signed-out", Public("says the same to everybody")),
    page("/teams/{slug}/setup/test/start", Team(Action::Configure)),
    page("/teams/{slug}/setup/certificates", Team(Action::View)),
    page("/teams/{slug}/people.csv", Team(Action::DownloadLists)),
    page("/teams/{slug}/sign-ins.csv", Team(Action::DownloadLists)),
    page("/teams/{slug}/sign-ins.json", Team(Action::DownloadLists)),
    page("/teams/{slug}/sign-ins/live", Team(Action::View)),
    page("/support/teams.csv", Vendor(Action::Review)),
    page("/support/sign-ins.csv", Vendor(Action::Review)),
    page("/support/sign-ins.json", Vendor(Action::Review)),
    page("/support/sign-ins/live", Vendor(Action::Review)),
    page("/teams/{slug}/audit.jsonl", Team(Action::ViewAudit)),
    page("/support/audit.jsonl", Vendor(Action::ViewVendorAudit)),
    page("/teams/{slug}/keys/{key}/certificate.cer", Team(Action::View)),
    page("/teams/{slug}/keys/{key}/certificate.pem", Team(Action::View)),
    page("/v2/auth/sso/saml/{slug}", Public("identity providers post here; what they post is verified")),
    page("/v2/auth/sso/saml/{slug}/", Public("the same address, mistyped; what they post is verified")),
    page("/v2/auth/sso/saml/{slug}/metadata", Public("for identity providers")),
    page("/v2/auth/sso/saml/{slug}/logout", Public("identity providers come here; what they send is verified")),
    page("/support/applications/{client_id}/logo", Vendor(Action::ManageApplications)),
    page("/applications/{client_id}/logo/{version}", Public("people see logos where they sign in")),
    page("/brand.css", Public("looks")),
    page("/brand/logo/{version}", Public("looks")),
    page("/healthz", Public("says that the server runs")),
    page("/readyz", Public("says that the server can work")),
];
