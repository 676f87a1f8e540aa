//! Which tenant, in which cloud.

use model::SetupStep;

use super::Explanation;
use crate::words::mending::{Fixer, Here, Mending, Paste, blade};

const URLS: Here = Here::Step(SetupStep::Urls);

pub(super) const ALL: &[Explanation] = &[
    Explanation {
        numbers: &[50059, 90019],
        title: "The request names no tenant",
        cause: "Entra could not tell which tenant the request is for: the Login URL entered here does not hold the tenant's ID.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "In Entra, copy Login URL with its copy button: it holds the tenant's ID.",
                "Paste it here in the step Set up URLs, and save.",
            ],
        )
        .on(blade::SET_UP)
        .pasting(&[Paste::LoginUrl])
        .here(URLS),
    },
    Explanation {
        numbers: &[90002],
        title: "The tenant does not exist",
        cause: "No tenant has the ID or name in the Login URL entered here: a slip of the pen, or a tenant of another cloud of Microsoft's.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "In Entra, copy Login URL and Microsoft Entra Identifier, both from the same application.",
                "Paste them here in the step Set up URLs, and save.",
            ],
        )
        .on(blade::SET_UP)
        .pasting(&[Paste::LoginUrl, Paste::EntraIdentifier])
        .here(URLS),
    },
    Explanation {
        numbers: &[90038],
        title: "The tenant is in a national cloud",
        cause: "The tenant belongs to a cloud of Microsoft's with addresses of its own, such as the one for the US government, and the Login URL entered here is that of the public cloud.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "In the Entra admin center of that cloud, copy Login URL.",
                "Paste it here in the step Set up URLs, and save.",
            ],
        )
        .on(blade::SET_UP)
        .pasting(&[Paste::LoginUrl])
        .here(URLS),
    },
    Explanation {
        numbers: &[50194],
        title: "The address is for any tenant, and the application for one",
        cause: "The Login URL holds \"common\" instead of your tenant's ID, and the application is not made for several tenants.",
        mending: Mending::by(
            Fixer::TeamAdmin,
            &[
                "In Entra, copy Login URL with its copy button: it holds the tenant's ID.",
                "Paste it here in the step Set up URLs, and save.",
            ],
        )
        .on(blade::SET_UP)
        .pasting(&[Paste::LoginUrl])
        .here(URLS),
    },
];
