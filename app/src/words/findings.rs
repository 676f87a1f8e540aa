//! Why a sign-in failed, in words: for the admin who can mend it, and for the person who only
//! wanted in.

use model::FindingCode;

/// A finding in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is.
    pub title: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// What to do about it, and on which of Entra's blades.
    pub remedy: &'static str,
}

/// The words of a finding, for admins and support.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm a finding")]
pub const fn words(code: FindingCode) -> Words {
    let (title, meaning, remedy) = match code {
        FindingCode::NotBase64 => (
            "The response is not Base64",
            "Something other than a SAML response was posted to the Reply URL.",
            "Start the test again. If it stays so, look for a proxy that changes what browsers post.",
        ),
        FindingCode::TooLarge => (
            "The response is too large",
            "The response holds more than 256 KiB.",
            "In Attributes & Claims, send fewer claims; for groups choose \"Groups assigned to the application\".",
        ),
        FindingCode::NotXml => (
            "The response is not XML",
            "What was posted is no well-formed XML in UTF-8.",
            "Start the test again. If it stays so, look for a proxy that changes what browsers post.",
        ),
        FindingCode::ForbiddenConstruct => (
            "The response holds something that no honest response has",
            "A document type, a comment, a processing instruction or an excess of elements was found, and nothing more was read.",
            "Entra sends nothing of the kind. Check which system is between Entra and the browser.",
        ),
        FindingCode::WrongShape => (
            "The response is not put together as SAML asks",
            "There must be one response with one assertion in it, and signatures only on those two.",
            "Check that the response comes from Entra itself and that no gateway rewrites it.",
        ),
        FindingCode::Encrypted => (
            "The assertion is encrypted",
            "Entra encrypted the assertion with a certificate of somebody else's: we have given it none.",
            "In the application, open Token encryption and deactivate the certificate there.",
        ),
        FindingCode::EncryptedForOther => (
            "The assertion is encrypted for another certificate",
            "Entra encrypted the assertion with a certificate that is not one of this team's keys.",
            "Download the current certificate from this team's keys; in the application, open Token encryption, import it and activate it.",
        ),
        FindingCode::EncryptionNotAllowed => (
            "The assertion is encrypted with an algorithm that is not safe",
            "AES with 128 or 256 bits and RSA-OAEP are accepted; RSA 1.5 and 3DES are not.",
            "In the application, open Token encryption and import the certificate again: Entra then uses AES-256.",
        ),
        FindingCode::DecryptionFailed => (
            "The assertion could not be decrypted",
            "It is encrypted, and decrypting it did not yield a signed assertion. For safety nothing more is said.",
            "Download the current certificate from this team's keys; in the application, open Token encryption, import it and activate it.",
        ),
        FindingCode::StatusNotSuccess => (
            "Entra answered with an error",
            "The response says that the sign-in did not succeed; what Entra said is shown as received.",
            "Look the AADSTS number up in Entra's sign-in logs. Often the user is not assigned: see Users and groups.",
        ),
        FindingCode::SignatureMissing => (
            "Nothing is signed",
            "Neither the response nor the assertion carries a signature, so nothing in it can be believed.",
            "In SAML Certificates, edit the Token signing certificate and choose \"Sign SAML assertion\".",
        ),
        FindingCode::AlgorithmNotAllowed => (
            "The signature uses an algorithm that is not safe",
            "SHA-1, MD5 and shared keys are not accepted.",
            "In SAML Certificates, edit the Token signing certificate and set Signing Algorithm to SHA-256.",
        ),
        FindingCode::SignatureInvalid => (
            "The signature does not match our certificates",
            "The response was signed with another key than those of the uploaded certificates.",
            "In SAML Certificates, compare the thumbprint of the active certificate with those here; download Certificate (Raw) again and upload it.",
        ),
        FindingCode::DigestMismatch => (
            "The response was changed on its way",
            "What was signed is not what arrived: something rewrote the response between Entra and us.",
            "Try another browser without extensions, and look for a gateway that rewrites what browsers post.",
        ),
        FindingCode::EnginesDisagree => (
            "The response can be read in two ways",
            "Two signature libraries did not find the same content signed, so it was refused.",
            "Check that the response comes from Entra itself, and tell support the reference.",
        ),
        FindingCode::CertificateExpired => (
            "The signing certificate is not valid now",
            "The certificate that verifies the signature has expired, or is not valid yet.",
            "In SAML Certificates, create a new certificate, make it active, and upload it here.",
        ),
        FindingCode::WrongVersion => (
            "The response is not SAML 2.0",
            "Another version of SAML was used.",
            "In Single sign-on, choose SAML as the method.",
        ),
        FindingCode::WrongIssuer => (
            "The issuer is another one",
            "The response was issued by another identity provider than the one entered here. A missing slash at the end counts.",
            "Copy Microsoft Entra Identifier from \"Set up\" in Entra into the step Set up URLs.",
        ),
        FindingCode::WrongAudience => (
            "The response is meant for somebody else",
            "Its audience is not this team's Identifier.",
            "In Basic SAML Configuration, set Identifier (Entity ID) to this team's value, and make it the default.",
        ),
        FindingCode::WrongDestination => (
            "The response names another Reply URL",
            "Its destination is not this team's Reply URL.",
            "In Basic SAML Configuration, set Reply URL to this team's value, and make it the default.",
        ),
        FindingCode::WrongRecipient => (
            "The assertion names another Reply URL",
            "Its recipient is not this team's Reply URL.",
            "In Basic SAML Configuration, set Reply URL to this team's value, and make it the default.",
        ),
        FindingCode::NoBearerConfirmation => (
            "The assertion cannot be confirmed",
            "It has no bearer confirmation with a recipient and an end.",
            "Entra always sends one. Check that the response comes from Entra itself.",
        ),
        FindingCode::Expired => (
            "The response came too late",
            "Its time was over when it arrived.",
            "Start again, and compare the clock of this service with the shown times if it stays so.",
        ),
        FindingCode::NotYetValid => (
            "The response is not valid yet",
            "Its time begins later than now: the clocks differ by more than three minutes.",
            "Compare the clocks; Entra's is right as a rule, so tell support.",
        ),
        FindingCode::ImplausibleTime => (
            "The response carries a time that cannot be",
            "It was issued long ago or in the future.",
            "Start again from the Sign on URL; a bookmarked or repeated response is refused.",
        ),
        FindingCode::UnknownCondition => (
            "The assertion has a condition that we do not know",
            "What we cannot check we must not ignore.",
            "Remove custom token rules for this application.",
        ),
        FindingCode::NameIdMissing => (
            "The assertion does not say who signed in",
            "Its name identifier is missing or cannot be one.",
            "In Attributes & Claims, set Unique User Identifier (Name ID) to user.userprincipalname.",
        ),
        FindingCode::EmailMissing => (
            "The person's e-mail address is missing",
            "The response was verified, but no claim holds an e-mail address.",
            "In Attributes & Claims, add the claim email with source attribute user.mail, or user.userprincipalname for people without a mailbox.",
        ),
        FindingCode::Unsolicited => (
            "Nobody asked for this response",
            "It was sent without a request of ours (IdP-initiated).",
            "In Basic SAML Configuration, fill in Sign on URL: My Apps and Test then begin here. If that cannot be, allow it in Sign-in options.",
        ),
        FindingCode::UnknownRequest => (
            "The response answers a request that is not open",
            "It belongs to another sign-in, or the sign-in took longer than ten minutes.",
            "Start again from the Sign on URL.",
        ),
        FindingCode::Replayed => (
            "The response was used before",
            "Each response lets somebody in once.",
            "Start again from the Sign on URL; going back in the browser repeats the old response.",
        ),
        FindingCode::OtherBrowser => (
            "The sign-in ended in another browser than it began in",
            "The browser did not bring the cookie that the Sign on URL gave it.",
            "Start and finish in one browser window, and allow cookies for this site.",
        ),
        FindingCode::TeamNotActive => (
            "The team is not active",
            "Sign-in works once support has approved the team, and while it is not suspended.",
            "See the team's page for its state.",
        ),
        FindingCode::CodeExpired => (
            "The last step took too long",
            "The code that ends the sign-in works once, within a minute.",
            "Start again from the Sign on URL.",
        ),
        FindingCode::GroupsMissing => (
            "No groups came with the sign-in",
            "This team gives support roles by group, and the response named no group, or only a link to them because there are too many.",
            "In Attributes & Claims, add a group claim and choose \"Groups assigned to the application\".",
        ),
        FindingCode::StaffDeactivated => (
            "The support account is deactivated",
            "The person's groups give a role in support, and an administrator has deactivated their account.",
            "Activate the account again under Support accounts.",
        ),
        FindingCode::StaffAccountExists => (
            "The address has an account of another kind",
            "An account with this e-mail address exists, and is not this person's. It is never taken over silently.",
            "Deactivate that account under Support accounts or with \"portal account deactivate\"; the next sign-in then takes it over.",
        ),
        FindingCode::NotConfigured => (
            "The connection is not complete",
            "A certificate or the identity provider's addresses are missing.",
            "Finish the steps SAML Certificates and Set up URLs.",
        ),
        FindingCode::TooManyAttempts => (
            "Too many sign-ins at once",
            "More sign-ins came from one address than people make.",
            "Wait a minute and try again.",
        ),
        FindingCode::Internal => (
            "Something failed on our side",
            "The response could not be examined.",
            "Try again; if it stays so, give support the reference.",
        ),
    };
    Words { title, meaning, remedy }
}

/// What the person reads: one plain sentence that helps no attacker.
#[must_use]
pub const fn for_person(code: FindingCode) -> &'static str {
    match code {
        FindingCode::TeamNotActive => "Single sign-on is not active for this team.",
        FindingCode::OtherBrowser | FindingCode::CodeExpired | FindingCode::UnknownRequest | FindingCode::Replayed => {
            "This sign-in has ended. Start again from the sign-in page, in one browser window."
        }
        FindingCode::TooManyAttempts => "There are too many sign-ins at the moment. Wait a minute and try again.",
        FindingCode::Unsolicited => "Sign in from your company's sign-in page instead.",
        FindingCode::StatusNotSuccess => "Your company's sign-in did not let you through to this application.",
        FindingCode::EmailMissing | FindingCode::NameIdMissing => "Your company's sign-in did not tell us who you are.",
        FindingCode::GroupsMissing | FindingCode::StaffDeactivated | FindingCode::StaffAccountExists => {
            "You have no access to the support pages. Ask an administrator, and give them the reference."
        }
        FindingCode::Internal => "Something failed on our side. Try again.",
        _ => "Your sign-in could not be completed.",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_finding_has_words_of_its_own() {
        let titles: HashSet<_> = FindingCode::ALL.iter().map(|code| words(*code).title).collect();
        assert_eq!(titles.len(), FindingCode::ALL.len());
        for code in FindingCode::ALL {
            let Words { title, meaning, remedy } = words(*code);
            assert!(meaning.ends_with('.') && remedy.ends_with('.') && !title.ends_with('.'), "{code:?}");
        }
    }
}
