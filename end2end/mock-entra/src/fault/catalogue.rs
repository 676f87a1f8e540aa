//! Every fault: its name, what it does, and what a portal finds.

use serde::{Deserialize, Serialize};

macro_rules! faults {
    ($($heading:literal { $($variant:ident = $name:literal, $finding:expr, $description:literal;)+ })+) => {
        /// What the mock does wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Fault { $($(#[doc = $description] #[serde(rename = $name)] $variant,)+)+ }

        impl Default for Fault {
            fn default() -> Self {
                Self::None
            }
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),+),+];

            /// The same, with a heading for those that belong together.
            pub const GROUPS: &'static [(&'static str, &'static [Self])] =
                &[$(($heading, &[$(Self::$variant),+])),+];

            /// Its name in the API.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),+),+ }
            }

            /// What it does, in a sentence.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $($(Self::$variant => $description),+),+ }
            }

            /// The code of what the portal finds, if it finds anything.
            #[must_use]
            pub const fn expected_finding(self) -> Option<&'static str> {
                match self { $($(Self::$variant => $finding),+),+ }
            }
        }
    };
}

impl Fault {
    /// The fault of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }
}

faults! {
    "As it should be" {
        None = "none", None, "Answers as Entra does.";
    }
    "Identifiers and addresses" {
        WrongAudience = "wrong-audience", Some("wrong-audience"),
            "The assertion is meant for another application: another Identifier (Entity ID) stands in it.";
        NoAudience = "no-audience", Some("audience-missing"),
            "The assertion does not say for which application it is meant.";
        WrongRecipient = "wrong-recipient", Some("wrong-recipient"),
            "The assertion is confirmed for another Reply URL.";
        WrongDestination = "wrong-destination", Some("wrong-destination"),
            "The response is addressed to another Reply URL.";
        OtherTenant = "other-tenant", Some("issuer-other-tenant"),
            "The issuer is another tenant of Entra's.";
        IssuerWithoutSlash = "issuer-without-slash", Some("issuer-without-slash"),
            "The issuer is the Microsoft Entra Identifier without the slash at its end.";
        OtherIssuer = "other-issuer", Some("wrong-issuer"),
            "The issuer is another identity provider, and not one of Microsoft's.";
    }
    "Signature and certificate" {
        OtherCertificate = "other-certificate", Some("certificate-unknown"),
            "Signs with a key whose certificate nobody was given.";
        NextCertificate = "next-certificate", Some("certificate-unknown"),
            "Signs with the next certificate, which is created if there is none. A portal that was given it lets the person in.";
        CertificateExpired = "certificate-expired", Some("certificate-expired"),
            "Signs with the key of expired.cer. Give the portal that certificate first: it ends two minutes later.";
        CertificateNotYetValid = "certificate-not-yet-valid", Some("certificate-not-yet-valid"),
            "Signs with the key of a certificate that begins in a year. Give the portal that certificate first.";
        KeyReplaced = "key-replaced", Some("signed-by-other-key"),
            "Names the right certificate, but signs with another key.";
        Unsigned = "unsigned", Some("signature-missing"),
            "Signs neither the response nor the assertion.";
        Altered = "altered", Some("digest-mismatch"),
            "Changes a claim after it signed.";
        Sha1 = "sha1", Some("algorithm-sha1"),
            "Signs with RSA-SHA1, which can be chosen with Entra.";
        UnknownAlgorithm = "unknown-algorithm", Some("algorithm-not-allowed"),
            "Names a method of signing that nobody knows.";
        EncryptedForNobody = "encrypted-for-nobody", Some("encrypted-for-other"),
            "Encrypts for a certificate that is not the portal's. A portal without a key finds encrypted.";
    }
    "Time" {
        Expired = "expired", Some("validity-wrong"),
            "Answers with an assertion that ended six minutes ago.";
        NotYetValid = "not-yet-valid", Some("validity-wrong"),
            "Answers with an assertion that begins in ten minutes, or in as many seconds as the clock is set ahead.";
        ClockAhead = "clock-ahead", Some("clock-ahead"),
            "Its clock is ten minutes ahead.";
        ClockBehind = "clock-behind", Some("clock-behind"),
            "Its clock is fifteen minutes behind.";
        ClockThreeMinutesAhead = "clock-three-minutes-ahead", Some("clock-slightly-ahead"),
            "Its clock is three minutes ahead. The person is let in, and the report notes it.";
        ClockThreeMinutesBehind = "clock-three-minutes-behind", Some("clock-slightly-behind"),
            "Its clock is three minutes behind. The person is let in, and the report notes it.";
        ImplausibleDate = "implausible-date", Some("clock-behind"),
            "Says that the answer was made at the beginning of the year 2000, as a clock does that lost its battery.";
    }
    "Requests and browsers" {
        Replay = "replay", Some("replayed"),
            "Answers with the very response that it gave last, or with a first one if there was none.";
        AnswersOtherRequest = "answers-other-request", Some("request-unknown"),
            "Answers a request that nobody made.";
        AnswersEarlierRequest = "answers-earlier-request", None,
            "Answers the request that the application sent before this one, if it did. An answered one is replayed, one older than ten minutes request-expired; any other simply signs in.";
        AnswersForeignRequest = "answers-foreign-request", Some("request-foreign"),
            "Answers the last request of another application, if one came: open another team's Sign on URL first.";
        Unsolicited = "unsolicited", Some("in-response-to-missing"),
            "Leaves out which request it answers, as an unsolicited response does.";
        IdpInitiatedId = "idp-initiated-id", Some("in-response-to-missing"),
            "Answers the request IdP_Initiated_Login, as some do where none asked.";
        ForeignRelayState = "foreign-relay-state", Some("relay-state-not-allowed"),
            "Sends an unsolicited response with an address of the intranet in RelayState, as an administrator can enter it for the tile. Let sign-ins of the team begin at the identity provider first.";
        Hold = "hold", Some("cookie-missing"),
            "Holds the response at an address that can be opened in a private window, where the portal's cookie is missing. Continued ten minutes after the request, it is request-expired in any window.";
        ByGet = "by-get", Some("response-in-query"),
            "Sends the response in the query of a GET instead of a form.";
        WsFederation = "ws-federation", Some("ws-federation"),
            "Posts the form of WS-Federation: wa, wresult and wctx, and no response of SAML's.";
        ByArtifact = "by-artifact", Some("response-by-artifact"),
            "Posts a reference to the response (`SAMLart`) instead of it, as by the binding HTTP-Artifact.";
        LogoutAnswer = "logout-answer", Some("logout-at-reply-url"),
            "Posts the answer to a sign-out, as where the Reply URL is entered for sign-outs.";
        ReplyUrlMistyped = "reply-url-mistyped", Some("reply-url-unknown"),
            "Posts the response to a Reply URL with a letter too many, which is no team's.";
    }
    "Errors instead of a sign-in" {
        StatusNotAssigned = "status-not-assigned", Some("status-responder"),
            "Answers that the person is not assigned to the application (AADSTS50105), without an assertion.";
        StatusPassive = "status-passive", Some("no-passive"),
            "Answers that nobody could be signed in without asking (AADSTS50058), without an assertion.";
        StatusNoAuthnContext = "status-no-authn-context", Some("no-authn-context"),
            "Answers NoAuthnContext: nobody signs in by the method that was asked for.";
        StatusInvalidNameIdPolicy = "status-invalid-name-id-policy", Some("invalid-name-id-policy"),
            "Answers InvalidNameIDPolicy: the format of name identifier that was asked for cannot be given.";
        StatusRequestUnsupported = "status-request-unsupported", Some("request-unsupported"),
            "Answers RequestUnsupported, without an assertion.";
        StatusRequestDenied = "status-request-denied", Some("request-denied"),
            "Answers RequestDenied, without an assertion.";
        StatusAuthnFailed = "status-authn-failed", Some("authn-failed"),
            "Answers AuthnFailed: the person could not be authenticated.";
        StatusUnsupportedBinding = "status-unsupported-binding", Some("unsupported-binding"),
            "Answers UnsupportedBinding, without an assertion.";
        StatusRequester = "status-requester", Some("status-requester"),
            "Answers Requester: something is wrong with the request, and nothing says what.";
        StatusVersionMismatch = "status-version-mismatch", Some("status-version-mismatch"),
            "Answers VersionMismatch, as to a request of another version of SAML.";
        StatusOther = "status-other", Some("status-not-success"),
            "Answers a status code of its own, which is none of SAML's.";
        StopsAtAdFs = "stops-at-ad-fs", None,
            "Stops on a page with the error MSIS7042 of AD FS. Nothing reaches the portal.";
        StopsAtGoogle = "stops-at-google", None,
            "Stops on a page with the error app_not_configured_for_user of Google Workspace. Nothing reaches the portal.";
        StopsAtKeycloak = "stops-at-keycloak", None,
            "Stops on a page that says Client not found, as Keycloak does. Nothing reaches the portal.";
        StopsAtOkta = "stops-at-okta", None,
            "Stops on a page with 403 App Not Assigned, as Okta does. Nothing reaches the portal.";
        LogoutKept = "logout-kept", None,
            "Stops on a page of its own when somebody signs out at the portal: ten minutes later the report of their sign-in shows logout-unanswered.";
        StopsAtEntra = "stops-at-entra", None,
            "Stops on Entra's own page with the AADSTS number below. Nothing reaches the portal.";
    }
    "Who signed in" {
        NoNameId = "no-name-id", Some("name-id-missing"),
            "Leaves the name identifier out.";
        EmptyNameId = "empty-name-id", Some("name-id-empty"),
            "Sends a name identifier with nothing in it.";
        NewNameId = "new-name-id", None,
            "Sends another persistent name identifier each time, for the same object ID: name-id-changed from the second sign-in on.";
        WeakerAuthnContext = "weaker-authn-context", None,
            "Says that how the person signed in is unspecified: authn-context-not-asked-for where the connection asks for a method, authn-context-weaker where an application wishes for one.";
        TransientNameId = "transient-name-id", Some("name-id-transient"),
            "Sends a name identifier that is another one each time, and no claims tenantid and objectidentifier.";
        NoEmail = "no-email", Some("email-missing"),
            "Sends no e-mail address: neither as a claim nor as the name identifier.";
        NoEmailClaim = "no-email-claim", Some("email-from-name-id"),
            "Sends no claim with an e-mail address, though the name identifier is one.";
        EmailNoAddress = "email-no-address", Some("email-invalid"),
            "The claim email holds n/a.";
        EmptyEmail = "empty-email", Some("email-empty"),
            "The claims with the e-mail address come, and hold nothing; the name identifier is no address either.";
        EmailUpperCase = "email-upper-case", Some("email-letter-case"),
            "The e-mail address is B.Simon@Contoso.Example, in another letter case than is usual.";
        EmailPlus = "email-plus", Some("email-plus"),
            "The e-mail address has +sso in front of the @.";
        TwoEmails = "two-emails", Some("several-values"),
            "The claim email has two values.";
        EmailTwice = "email-twice", Some("several-values"),
            "The claim email comes twice, each time with another value.";
        OtherDomain = "other-domain", Some("email-domain"),
            "The person's e-mail address is of another domain than the tenant's.";
        Guest = "guest", Some("guest"),
            "Signs in the guest, whoever is picked: a name with #EXT# in it.";
        GuestPersistent = "guest-persistent", Some("guest"),
            "Signs in the guest with a persistent name identifier, so that #EXT# stands in the claim name only.";
        GuestEmail = "guest-email", Some("email-invalid"),
            "Signs in the guest, and the claim email holds the name with #EXT# in it, which no mail reaches.";
        GroupOverage = "group-overage", Some("group-overage"),
            "Sends a link instead of the groups, as Entra does for members of more than 150.";
        GroupsJoined = "groups-joined", Some("groups-joined"),
            "Sends the groups in one value: Sales, Engineering, All staff.";
        ManyGroups = "many-groups", None,
            "Sends 140 groups, which are as many as Entra may send and are fine.";
    }
    "The document" {
        TooLarge = "too-large", Some("too-large"),
            "Sends more than 256 KiB.";
        NotBase64 = "not-base64", Some("not-encoded"),
            "Sends the response as it is instead of in Base64.";
        Compressed = "compressed", Some("response-compressed"),
            "Compresses the response, as it would be in an address.";
        NotXml = "not-xml", Some("not-xml"),
            "Sends the first half of the response only.";
        Doctype = "doctype", Some("doctype-present"),
            "Puts a document type declaration in front.";
        TwoAssertions = "two-assertions", Some("several-assertions"),
            "Sends two assertions in one response.";
    }
}
