# The part of a team's page for support that is about onboarding links.

onboarding-links-new = Onboarding link, to pass on another way if the mail does not arrive
onboarding-links-new-text = It is shown this once. Whoever has it can become the team's owner: send it to no one else.
onboarding-links-label = Onboarding link
onboarding-links-none = There are no pending invitations.
onboarding-links-administrators = Nobody owns this team. It is past its first setup, or is the vendor's own team, so only a support administrator can send or revoke an onboarding link.
onboarding-links-email = Send an onboarding link to
    .hint = Nobody owns this team yet. Whoever accepts the link becomes the owner.
onboarding-links-button = Send link
