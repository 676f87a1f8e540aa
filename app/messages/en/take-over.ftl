# What came with a sign-in, to be taken over into the draft.

take-over-issuer = Use this issuer in the draft
    .text = { $issuer } came in a response that a certificate of this connection verifies. The draft takes it as it came; test again before you make it live.
take-over-issuer-unverified = No certificate of this connection verifies the issuer that came, so it is not taken over from here. Compare it with the one that your identity provider shows, and enter it by yourself.
take-over-email-claims = These claims came with something that looks like an e-mail address. Mapping one changes the draft; test again before you make it live.
take-over-email-claim = Take the e-mail address from { $claim }
