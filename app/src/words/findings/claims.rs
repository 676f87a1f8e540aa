//! Who the person is.

use model::SetupStep;

use super::Words;
use crate::words::mending::{Fixer, Here, Mending, blade};

const ATTRIBUTES: Here = Here::Step(SetupStep::Attributes);

pub(super) const NAME_ID_MISSING: Words = Words {
    title: "The assertion does not say who signed in",
    meaning: "Its name identifier is missing or empty. In Entra, the source attribute is empty for this person.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open \"Unique User Identifier (Name ID)\".",
            "Set Source attribute to \"user.userprincipalname\", which everybody has.",
            "Choose \"Save\".",
        ],
    ),
};

pub(super) const NAME_ID_UNUSABLE: Words = Words {
    title: "The name identifier cannot be used",
    meaning: "There is one, and it says below what is the matter with it: it is longer than 256 bytes, holds control characters, or names a format that is no address of its own such as \"urn:…\" or \"http://…\".",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open \"Unique User Identifier (Name ID)\".",
            "Set Source attribute to \"user.userprincipalname\", and choose a Name identifier format from the list.",
            "Choose \"Save\".",
        ],
    ),
};

pub(super) const NAME_ID_FORMAT_UNKNOWN: Words = Words {
    title: "The name identifier has a format of the identity provider's own",
    meaning: "SAML does not define this format and does not forbid it. The identifier is taken as it is: the same one is the same person, letter by letter.",
    mending: Mending::by(Fixer::Nobody, &[]),
};

pub(super) const NAME_ID_TRANSIENT: Words = Words {
    title: "The name identifier is another one each time",
    meaning: "Entra was set to send a transient one. With Entra's tenant ID and object ID among the claims the person is known all the same; without them each sign-in would make a new person, and is refused.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open \"Unique User Identifier (Name ID)\".",
            "Set Name identifier format to \"Persistent\" or \"Email address\".",
            "Choose \"Save\".",
            "Set \"Name identifier format\" here in the sign-in options to \"As Entra is configured\": another choice there beats Entra's setting.",
        ],
    )
    .here(Here::Options),
};

pub(super) const EMAIL_MISSING: Words = Words {
    title: "The person's e-mail address is missing",
    meaning: "The response was verified, but no claim holds an e-mail address: those that came are listed below. Entra leaves a claim out when its source attribute is empty, as \"user.mail\" is for people without a mailbox.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Check that the claim \"email\" is there; if not, choose \"Add new claim\" with this name and an empty Namespace.",
            "Set its Source attribute to \"user.mail\". If some people have no mailbox, take \"user.userprincipalname\", which is no address for guests.",
            "If your claim has another name, enter that name here in the step Attributes & Claims.",
        ],
    )
    .here(ATTRIBUTES),
};

pub(super) const EMAIL_FROM_NAME_ID: Words = Words {
    title: "No e-mail claim came, and the name identifier stands in",
    meaning: "The name identifier is an address, so it was taken. In Entra it is the user principal name as a rule, which need not be the address that mail reaches, and which changes with a person's name.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Check that the claim \"email\" is there; if not, choose \"Add new claim\" with this name and an empty Namespace.",
            "Set its Source attribute to \"user.mail\", and save.",
            "Fill in Email of this person under Users: an empty attribute is not sent.",
        ],
    )
    .here(ATTRIBUTES),
};

pub(super) const EMAIL_INVALID: Words = Words {
    title: "The e-mail claim holds no e-mail address",
    meaning: "The claim that is to hold the address has a value that is none, such as a name or an account's short form, or one that no mail reaches: a guest's user principal name holds \"#EXT#\".",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the claim, and set its Source attribute to \"user.mail\".",
            "Check under Users that Email of this person is filled in.",
            "If the address is in another claim, enter that claim's name here in the step Attributes & Claims.",
        ],
    )
    .here(ATTRIBUTES),
};

pub(super) const EMAIL_DOMAIN: Words = Words {
    title: "The address is of a domain that may not sign in",
    meaning: "Your sign-in options list the e-mail domains that may sign in, and this address is of none of them. Guests have the address of their own company.",
    mending: Mending::by(
        Fixer::TeamAdmin,
        &[
            "If the person is to be let in, add the domain under \"E-mail domains\" in the sign-in options here, and save.",
            "If not, take their assignment away in Entra under Users and groups, so that they are stopped there.",
        ],
    )
    .on(blade::USERS)
    .here(Here::Options),
};

pub(super) const SEVERAL_VALUES: Words = Words {
    title: "A claim that should have one value has several",
    meaning: "The sign-in is not stopped by it: the first value was taken. If Entra sends them in another order some day, the person's data changes.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the claim, and choose a source attribute with one value, such as \"user.mail\".",
            "Remove a second claim of the same name, and claim conditions that both apply.",
        ],
    )
    .here(ATTRIBUTES),
};

pub(super) const GROUP_OVERAGE: Words = Words {
    title: "Entra sent a link instead of the groups",
    meaning: "The person is in more than 150 groups, and Entra then leaves them out of the assertion. The sign-in works, without any group. It becomes a failure where groups decide who may do what.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the group claim.",
            "Choose \"Groups assigned to the application\", and save.",
            "Assign those groups under Users and groups: only direct members count.",
        ],
    ),
};

pub(super) const GUEST: Words = Words {
    title: "The person is a guest of your tenant",
    meaning: "Their user principal name holds \"#EXT#\", as Entra names those who are invited from elsewhere. Guests may sign in while they are assigned. They are refused where the e-mail claim is the user principal name, which no mail reaches, and where your sign-in options list e-mail domains without theirs.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Open the claim \"email\", set its Source attribute to \"user.mail\", and save.",
            "Check under Users that Email of the guest is filled in.",
            "If guests should not sign in, take their assignment away under Users and groups.",
        ],
    ),
};

pub(super) const GROUPS_MISSING: Words = Words {
    title: "No groups came with the sign-in",
    meaning: "This team gives roles in support by group, and the response named no group, or only a link to them because there are more than 150.",
    mending: Mending::in_entra(
        blade::CLAIMS,
        &[
            "Choose \"Add a group claim\", or open the one that is there.",
            "Choose \"Groups assigned to the application\", and save.",
            "Assign those groups under Users and groups: only direct members count.",
        ],
    ),
};
