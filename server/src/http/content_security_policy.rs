//! The Content Security Policies of what is no page of Leptos's.

/// For whatever does not set its own: pages without scripts, downloads, errors. Pages with
/// islands set one with a nonce (`app::shell`).
pub const DEFAULT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                            form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for a page with one script, which has this nonce, and with forms to these hosts.
pub fn policy_with_script(nonce: &str, form_action: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    )
}
