//! The messages whose keys are made from codes, so that no source names them.

use model::trial::{ClaimOrigin, PARAMETERS};
use model::{ApplicationKind, ApplicationProblem, AuditAction, EventKind, FindingCode, Scope};

/// Prefixes of such keys. For each there is a test beside its enum that holds that every code has
/// its message and that there is no message without a code.
const PREFIXES: &[&str] = &[
    // shared words wait for the pages that use them
    "common-", // app/src/aadsts
    "aadsts-", // app/src/done.rs
    "done-",   // app/src/components/account_actions.rs
    "role-",
    "provider-",   // app/src/remediation/task.rs, app/src/provider_errors
    "diagnostic-", // server/domain/src/diagnostics.rs
];

/// Whether some code makes this key.
pub fn is_made_from_a_code(key: &str) -> bool {
    let attribute = key.split_once('.').map(|(key, attribute)| (key.to_owned(), attribute));
    let is_part = |(key, attribute): (String, &str)| {
        let is_step = attribute.starts_with("step-") && key.starts_with("finding-");
        let is_comparison = attribute == "compared" && key.starts_with("timeline-");
        (is_step || is_comparison) && keys().contains(&key)
    };
    PREFIXES.iter().any(|prefix| key.starts_with(prefix)) || attribute.is_some_and(is_part)
}

/// Every key that is made from an enum of `model`.
pub fn keys() -> Vec<String> {
    let findings = FindingCode::ALL.iter().map(|code| format!("finding-{}", code.as_str()));
    let meanings = FindingCode::ALL.iter().map(|code| format!("finding-{}.meaning", code.as_str()));
    let moments = EventKind::ALL.iter().map(|kind| format!("timeline-{}", kind.as_str()));
    let actions =
        AuditAction::ALL.iter().map(|action| format!("audit-action-{}", action.as_str().replace(['.', '_'], "-")));
    findings.chain(meanings).chain(moments).chain(actions).chain(of_applications()).collect()
}

fn of_applications() -> impl Iterator<Item = String> {
    let kinds = ApplicationKind::ALL.iter().map(|kind| format!("application-kind-{}", kind.as_str()));
    let problems = ApplicationProblem::ALL.iter().map(|problem| format!("application-problem-{}", problem.as_str()));
    let explained = kinds.flat_map(|kind| [format!("{kind}.explained"), kind]);
    let advised = problems.flat_map(|problem| [format!("{problem}.advice"), problem]);
    let scopes = Scope::ALL.iter().filter(|scope| **scope != Scope::Openid);
    let scopes = scopes.map(|scope| format!("application-scope-{}", scope.as_str()));
    let origins = ClaimOrigin::ALL.iter().map(|origin| format!("trial-origin-{}", origin.as_str()));
    let parameters = PARAMETERS.iter().map(|name| format!("trial-parameter-{name}"));
    explained.chain(advised).chain(scopes).chain(origins).chain(parameters).map(|key| key.replace('_', "-"))
}
