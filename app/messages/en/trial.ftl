# "Try it": a trial sign-in of an application, from /support/applications.

trial-title = Try it
trial-intro = Sign in as one of your customers' people would, with the portal in the application's place. You see each token decoded, and where each claim comes from. It is a real sign-in: use a test account, or your own.
trial-link = Try a sign-in
trial-tab-title = Try { $name } · Application
trial-heading = Try { $name }
trial-back = Back to { $name }

trial-choice = What to ask for
trial-team = Team
    .hint = The slug of the team whose people sign in. Leave it empty to have the person asked for it, as in an application that does not know the team.
trial-scopes = Scopes
trial-prompt-login = Ask the person to sign in again
    .hint = Even if this browser has a session of the team (prompt=login).
trial-choose = Build the request

trial-request = The authorization request
trial-request-text = The browser takes this to the authorization endpoint. An application's library builds the same from the client ID and the issuer.
trial-parameter = Parameter
trial-value = Value
trial-meaning = What it is for
trial-parameter-client-id = Which application asks.
trial-parameter-response-type = A code is wanted: tokens never travel in addresses.
trial-parameter-redirect-uri = Where the browser comes back to: for a trial, to this portal; for your application, to one of its registered addresses.
trial-parameter-scope = What the application wants to know.
trial-parameter-state = Ties the answer to this browser. The application compares it.
trial-parameter-nonce = Ties the ID token to this request. The application compares it.
trial-parameter-code-challenge = The hash of a secret that only whoever began the request has (PKCE).
trial-parameter-code-challenge-method = How it was hashed: SHA-256.
trial-parameter-organization = The team whose people sign in.
trial-parameter-prompt = The person has to sign in again.
trial-send = Sign in with this request
trial-disabled = The application is disabled, so it gets no sign-ins. Enable it on its page first.

trial-over = This trial is over
trial-over-text = Its tokens are shown once, in the browser that began it. Begin another one on the application's page.
trial-again = Try again

trial-refused = The application would get an error
trial-refused-text = Under "Refused lately" on the application's page stands what to do about it.
trial-passed = A person of { $team } signed in
trial-passed-text = These are the tokens that the application would get. They were revoked before this page was shown.
trial-sign-in = The sign-in { $reference }
trial-id-token = ID token
trial-no-id-token = None was asked for.
trial-access-token = Access token
trial-access-token-text = It would work for { $seconds } seconds, with these scopes: { $scopes }.
trial-opaque = It is a random text that only the portal can look up: the application does not decode it.
trial-refresh-yes = A refresh token came with it.
trial-refresh-no = No refresh token came with it: offline_access was not asked for.
trial-userinfo = What the userinfo endpoint answers
trial-signature = Signed with { $algorithm } by the key { $key }, and verified by the published keys.
trial-claims = Claims
trial-claim = Claim
trial-origin = Where it comes from
trial-origin-installation = The address of this installation.
trial-origin-subject = Made here. It is the same for this person at every sign-in and in every application.
trial-origin-pairwise-subject = Made here. It is the same for this person at every sign-in, and another one in each sector.
trial-origin-application = The application's registration.
trial-origin-lifetime = The moment of the token request, and the lifetimes in the application's settings.
trial-origin-request = The authorization request.
trial-origin-authn-statement = How and when the person authenticated, as the identity provider says in its assertion.
trial-origin-session = The person's session here.
trial-origin-token = Made for this token.
trial-origin-attribute = An attribute of the assertion:
trial-origin-no-attribute = No attribute came that fills it.
trial-origin-attributes = All attributes of the assertion, as they came.
trial-origin-name-id = The assertion's name identifier, since no attribute holds an address.
trial-origin-names = First and last name, since no attribute holds the whole name.
trial-origin-not-proved = Always false for now: the team has not proved that the domain is its own.
trial-origin-team = The team and its connection here.
