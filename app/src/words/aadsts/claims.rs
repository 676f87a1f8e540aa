//! What Entra could not say of the person, and tokens from federated identity providers.

use super::Explanation;
use crate::words::mending::{Mending, blade};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[501_241],
        title: "A claim has no value for this person",
        cause: "Entra builds the Name ID, or a claim made by a transformation, from an attribute that is empty for this person, such as \"user.mail\" without a mailbox.",
        mending: Mending::in_entra(
            blade::CLAIMS,
            &[
                "Open \"Unique User Identifier (Name ID)\", and set Source attribute to \"user.userprincipalname\".",
                "Check the claims that are made by a transformation: choose an attribute that everybody has.",
                "Or fill the attribute in for this person under Users.",
            ],
        ),
    },
    Explanation {
        numbers: &[50124],
        title: "A claim's transformation has a wrong input",
        cause: "A transformation in Attributes & Claims, or in a claims mapping policy, is fed with something that it cannot work with.",
        mending: Mending::in_entra(
            blade::CLAIMS,
            &[
                "Open each claim whose source is Transformation, and compare its parameters with its kind.",
                "Replace it with a plain attribute to find out which one it is.",
            ],
        ),
    },
    Explanation {
        numbers: &[501_621],
        title: "A claim's transformation could not be worked out",
        cause: "A transformation in Attributes & Claims failed, mostly one with a regular expression that is wrong or takes too long.",
        mending: Mending::in_entra(
            blade::CLAIMS,
            &[
                "Open each claim whose source is Transformation, and simplify its regular expression.",
                "Replace it with a plain attribute to find out which one it is.",
            ],
        ),
    },
    Explanation {
        numbers: &[50008],
        title: "Another identity provider sent Entra a token that is not valid",
        cause: "The person's domain is federated: Entra sends them on to another identity provider, such as AD FS, and what came back to Entra is missing something. It has nothing to do with this portal.",
        mending: Mending::in_entra(
            blade::IDENTITY_PROVIDERS,
            &[
                "Find the identity provider of the person's domain, here or under Custom domain names.",
                "Compare its signing certificate with the one that Entra holds.",
                "Check at that provider that it sends the claims that Entra asks for.",
            ],
        ),
    },
    Explanation {
        numbers: &[5_000_819],
        title: "Another identity provider sent no e-mail address, or one of another domain",
        cause: "The person's domain is federated, and the token that came to Entra holds no e-mail address or one that does not belong to that domain.",
        mending: Mending::in_entra(
            blade::IDENTITY_PROVIDERS,
            &[
                "Open the identity provider of the person's domain, and see which domains it may speak for.",
                "Check at that provider that it sends the e-mail address as a claim.",
            ],
        ),
    },
    Explanation {
        numbers: &[50107],
        title: "Entra does not know the identity provider that it was sent to",
        cause: "The person's domain is federated, and the issuer of the other identity provider does not match what Entra holds.",
        mending: Mending::in_entra(
            blade::IDENTITY_PROVIDERS,
            &[
                "Open the identity provider of the person's domain, and compare its Issuer URI with the one that it sends.",
                "Check that the domain is still federated.",
            ],
        ),
    },
    Explanation {
        numbers: &[7_500_514],
        title: "Another identity provider answered Entra with something that is no SAML response",
        cause: "The person's domain is federated, for instance with PingFederate, and that provider sent Entra neither a SAML 2.0 response nor an assertion that Entra takes.",
        mending: Mending::in_entra(
            blade::IDENTITY_PROVIDERS,
            &[
                "Find the identity provider of the person's domain, here or under Custom domain names.",
                "Set it to answer with SAML 2.0 instead of SAML 1.1.",
                "If the number came up at sign-out, start a sign-in and sign out again, and tell support if it stays so.",
            ],
        ),
    },
];
