//! Our requests, and requests that are none of ours.

use model::SetupStep;

use super::Explanation;
use crate::words::mending::{Fixer, Here, Mending, Paste, blade};

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[75011],
        title: "The person signed in in another way than was asked for",
        cause: "The request asks for a certain authentication context, such as a password, and the person has signed in otherwise, for instance with a passkey, Windows Hello or a second factor.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "Empty \"Requested authentication context\" in the sign-in options, and save.",
                "If the context must stay, tick \"Ask people to authenticate again every time\".",
                "To ask for a second factor, use Conditional Access in Entra instead.",
            ],
        )
        .on(blade::CONDITIONAL_ACCESS)
        .here(Here::Options),
    },
    Explanation {
        numbers: &[75005],
        title: "Entra could not read the request",
        cause: "What came to Entra is no SAML request that it supports: it was cut or changed on its way, or it was not made by this portal.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again, not from a bookmark of Microsoft's page.",
                "If it stays so, tell support the reference of the sign-in.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[750_054, 750_052],
        title: "Microsoft's sign-in page was opened without a request",
        cause: "Login URL is for requests of this portal and shows an error to whoever opens it by hand. If Sign on URL in Entra holds that address instead of this team's, the My Apps tile leads there too.",
        mending: Mending::in_entra(
            blade::BASIC_SAML,
            &[
                "Set Sign on URL to this team's value, and choose \"Save\".",
                "Start the sign-in there, and give people that address to bookmark.",
                "If the number is 750052, set \"How requests are sent\" to HTTP-Redirect in the sign-in options here.",
            ],
        )
        .pasting(&[Paste::SignOnUrl])
        .here(Here::Start),
    },
    Explanation {
        numbers: &[75001, 75003],
        title: "The request or the response was to travel in a way Entra does not support",
        cause: "Entra takes requests by HTTP-Redirect or HTTP-POST and sends responses by HTTP-POST only.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "Set \"How requests are sent\" to HTTP-Redirect in the sign-in options, and save.",
                "Test the sign-in.",
                "If it stays so, tell support the reference of the sign-in.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Options),
    },
    Explanation {
        numbers: &[75008],
        title: "The request went to another address than it says",
        cause: "Entra refused the request because of its destination: the Login URL entered here is not that of the application.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &["In Entra, copy Login URL with its copy button.", "Paste it here in the step Set up URLs, and save."],
        )
        .on(blade::SET_UP)
        .pasting(&[Paste::LoginUrl])
        .here(Here::Step(SetupStep::Urls)),
    },
    Explanation {
        numbers: &[75016, 75006, 90011],
        title: "Entra does not support the name identifier that was asked for",
        cause: "A request may ask for four formats of the name identifier: persistent, transient, e-mail address and unspecified. This one asks for something else.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "Set \"Name identifier format\" to \"As Entra is configured\" in the sign-in options, and save.",
                "Test the sign-in.",
            ],
        )
        .on(blade::CLAIMS)
        .here(Here::Options),
    },
    Explanation {
        numbers: &[900_236],
        title: "The request holds something that Entra does not support",
        cause: "Entra refuses requests with certain properties, such as Subject or SPNameQualifier. This portal sends neither, so the request came from elsewhere or was changed.",
        mending: Mending::by(
            Fixer::Support,
            &[
                "Start again, to be sure that the request is ours.",
                "If it stays so, tell support the reference of the sign-in.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[7_500_529],
        title: "The ID of the request is not valid",
        cause: "An ID may not begin with a digit. This portal's never do, so the request came from elsewhere.",
        mending: Mending::by(
            Fixer::Support,
            &[
                "Start again, to be sure that the request is ours.",
                "If it stays so, tell support the reference of the sign-in.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[76021],
        title: "Entra asks for signed requests, and this one is not signed",
        cause: "\"Require verification certificates\" is on in Entra. Then requests must be signed, and sign-ins that begin at Entra without a request stop.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "Create a key here under Keys if there is none, and download its certificate.",
                "In Entra, upload it under Verification certificates.",
                "Tick \"Sign requests\" in the sign-in options here, and save.",
                "To do without, switch \"Require verification certificates\" off in Entra instead.",
            ],
        )
        .on(blade::VERIFICATION)
        .here(Here::Options),
    },
    Explanation {
        numbers: &[50006],
        title: "Entra could not verify the signature of the request",
        cause: "The request is signed with a key whose certificate is not among the verification certificates in Entra, mostly after a new key was made current here.",
        mending: Mending::in_entra(
            blade::VERIFICATION,
            &[
                "Download the current certificate in this portal under Keys.",
                "Choose \"Edit\" beside Verification certificates, then \"Upload certificate\", and pick that file.",
                "Choose \"Save\".",
            ],
        )
        .here(Here::Keys),
    },
    Explanation {
        numbers: &[76026],
        title: "The request is too old",
        cause: "Entra takes a request only for a short time after it was made. A page of Microsoft's was bookmarked, left open, or reached with the back button.",
        mending: Mending::by(
            Fixer::Person,
            &[
                "Start again, and bookmark the Sign on URL instead of Microsoft's page.",
                "If it happens each time, tell support: the clock of this service may be wrong.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[50058],
        title: "Entra was not to ask, and nobody was signed in",
        cause: "A silent sign-in needs a session at Microsoft, and the browser has none or its cookies are blocked. Requests ask for silence where \"is_passive\" is on, which only the team's file at the vendor can set; to start again then ends here again.",
        mending: Mending::by(
            Fixer::Support,
            &[
                "Have \"is_passive\" taken out of the team's file, so that Microsoft may ask.",
                "Until then sign in at https://myapps.microsoft.com first, with cookies allowed for login.microsoftonline.com, and start again.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Start),
    },
    Explanation {
        numbers: &[90015],
        title: "The address of the request is too long",
        cause: "With HTTP-Redirect the request travels in the address, and Entra limits its length.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "Set \"How requests are sent\" to HTTP-POST in the sign-in options, and save.",
                "Test the sign-in.",
            ],
        )
        .on(blade::LOGS)
        .here(Here::Options),
    },
];
