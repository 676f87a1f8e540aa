//! The claim that the set-up has the e-mail address sent in, in Entra and elsewhere.

use model::ClaimMapping;

/// Its name, unless another one is mapped.
pub(super) const EMAIL_CLAIM: &str = "email";

/// Its name by a team's mapping.
pub(super) fn email_claim(claims: &ClaimMapping) -> String {
    claims.email.clone().unwrap_or_else(|| EMAIL_CLAIM.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_claim_is_named_instead() {
        assert_eq!(email_claim(&ClaimMapping::default()), "email");
        let mapped = ClaimMapping { email: Some("mail".to_owned()), ..ClaimMapping::default() };
        assert_eq!(email_claim(&mapped), "mail");
    }
}
