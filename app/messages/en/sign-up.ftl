# /signup

sign-up-title = Set up your team
sign-up-intro = For the person who configures single sign-on in Microsoft Entra ID or another identity provider.
sign-up-email = Work e-mail address
    .missing = Enter your work e-mail address
    .hint = We send a link to it. It shows that the address is yours, and you choose a password there.
sign-up-button = Send the link
sign-up-sign-in = Have an account? { $link }
sign-up-sign-in-link = Sign in
sign-up-by-invitation = New teams are set up by invitation
sign-up-by-invitation-text = Write to { $email } for an onboarding link. If your company already has a team, one of its owners can invite you.
