# /support/applications: the vendor's applications.

applications-title = Applications
applications-intro = What receives the sign-ins of your customers' people, by OpenID Connect.
applications-none = No applications yet
applications-none-text = An application is one of your products that people sign in to. Register it here, and it gets the sign-ins of every team's identity provider by OpenID Connect: one integration for all customers.
applications-register-link = Register an application

application-register-title = Register an application
application-register-button = Register application
application-save-button = Save changes
application-tab-title = { $name } · Application
application-registered = registered { $moment }

application-state = State
application-state-enabled = Enabled
application-state-disabled = Disabled
application-teams = Teams
application-teams-every = Every team
application-teams-count = { $count ->
    [0] No team
    [one] 1 team
   *[other] { $count } teams
}
application-secrets = Secrets
application-secrets-not-needed = none needed

## Its values

application-values = Values for your developers
application-values-intro = An OpenID Connect library needs the client ID and the issuer, and a secret if the application keeps one. It finds the rest by itself.
application-client-id = Client ID
application-client-id-of = Client ID of { $name }
application-client-secret = Client secret
application-issuer = Issuer
application-discovery-url = Discovery address

## Its secrets

application-new-secret = Copy the secret now
application-new-secret-text = It is shown this once and is kept nowhere. Put it into the application's configuration, never into its source code.
application-secrets-none = There is no secret yet. Without one, the application cannot redeem its codes.
application-secrets-none-with-keys = There is no secret. The application proves who it is with its own keys.
application-secret-hint = Ends with
application-secret-created = Created
application-secret-last-used = Last used
application-secret-never-used = never
application-secret-expires = Works until
application-secret-no-expiry = it is deleted
application-secret-actions = Change
application-secret-delete = Delete
application-secret-delete-text = Whoever uses this secret is refused at once. Make sure that the application has another one.
application-secret-delete-button = Delete secret …{ $hint }
application-secret-create-button = Create secret
application-other-secrets = The secrets before
    .hint = Two secrets can work at a time, so that you can replace one without a break.
application-other-secrets-stay = Go on working until you delete them
application-other-secrets-end-in-a-day = Stop working in one day
application-other-secrets-end-in-a-week = Stop working in seven days

## Its logo

application-logo = Logo
application-logo-none = There is no logo: people see the name alone.
application-logo-file = Picture
    .hint = SVG, PNG, WebP or JPEG, at most 128 KB. It is shown about 40 pixels high, on light and on dark.
application-logo-save = Save logo
application-logo-remove = Remove logo
application-logo-remove-text = People see the name alone from then on.

## What is registered

application-settings = Settings
application-name = Name
    .hint = People read it when they sign in: the name of your product.
application-kind = Kind
    .hint = It cannot be changed later.
application-kind-web = Web application
    .explained = Web application: runs on a server, and keeps a secret
application-kind-single-page = Single-page application
    .explained = Single-page application: runs in the browser, without a secret
application-kind-native = Native application
    .explained = Native application: runs on a phone or a desktop, without a secret
application-redirect-uris = Redirect addresses
    .hint = Where browsers may return to after a sign-in, one a line. Requests must name one of them, character by character.
application-post-logout-redirect-uris = Redirect addresses after a sign-out
    .hint = Where browsers may return to after a sign-out, one a line.
application-backchannel-logout-uri = Back-channel logout address
    .hint = Where the application is told that a session has ended, from server to server.
application-initiate-login-uri = Sign-in address
    .hint = Where a sign-in goes on that began elsewhere, such as at the My Apps tile. The application starts its usual sign-in there (initiate_login_uri).
application-teams-legend = Which teams may use it
application-teams-listed = Only the teams that are listed below
application-teams-slugs = Listed teams
    .hint = The slugs of the teams that may use it, one a line. They count only if you chose the listed teams.
application-scopes = What it may ask for
    .hint = openid is always among it: the application learns who the person is by an identifier of their own.
application-scope-profile = Name, first name and last name.
application-scope-email = E-mail address, as the identity provider sent it.
application-scope-groups = Groups and roles, as the identity provider sent them.
application-scope-organization = The team: its ID, slug and name.
application-scope-saml = All attributes, as the identity provider sent them. For debugging and for special needs.
application-scope-offline-access = A refresh token, which works after the session has ended.

application-advanced = Advanced
application-signing-algorithm = Signing algorithm
    .hint = What ID tokens are signed with. Every library verifies RS256.
application-access-token-format = Access tokens
    .hint = Applications need not read them.
application-access-token-opaque = Random text, which the portal looks up
application-access-token-jwt = JWT, for services of your own
application-audience = Audience of access tokens
    .hint = The identifier of the service that access tokens are for, where they are JWTs.
application-pairwise-sector = Pairwise sector
    .hint = A host. With one, people have another identifier here than in applications of other sectors.
application-pkce-optional = PKCE is optional
    .hint = Only for web applications whose library does not know PKCE.
application-jwks = Public keys
    .hint = A JSON Web Key Set, if the application signs client assertions (private_key_jwt) instead of keeping a secret.
application-lifetimes = Lifetimes, in seconds
application-access-token-lifetime = Access tokens
application-id-token-lifetime = ID tokens
application-refresh-token-lifetime = Each refresh token
application-max-refresh-lifetime = All refresh tokens of a sign-in together

## Code to be copied

application-integration = Integration
application-integration-web = Code with the values of this application. Create a secret first, and give it to the code by its environment.
application-integration-public = Code with the values of this application. It keeps no secret: PKCE proves that it is the one that asked.
application-integration-code = Code for { $name }

## Disabling

application-disable-button = Disable application
application-disable-text = It gets no sign-ins at once, and the tokens that it has work no more. You can enable it again.
application-enable-button = Enable application
application-enable-text = It gets sign-ins again.
application-disabled-since = Disabled { $moment }.

## What was refused

application-refused = Refused lately
application-refused-none = No request was refused lately.
application-refused-intro = The latest requests that were not answered as the application wanted, newest first.
application-refused-expected = Expected
application-refused-actual = Received

application-problem-redirect-uri-not-registered = A sign-in asked to return to an address that is not registered.
    .advice = Register exactly the address that the application sends, or have it send one that is registered: scheme, host, port, path and a slash at the end all count.
application-problem-request-refused = A request was not as OpenID Connect asks.
    .advice = What was wrong with it is below. Compare it with the code under Integration; most often PKCE or the response type "code" is missing.
application-problem-client-authentication-failed = The application did not prove who it is.
    .advice = Check that it uses a secret that works: the last characters are under Secrets. After a change, restart what still has the old one.
application-problem-clock-skew = The time in what the application signed does not fit our clock.
    .advice = Set the clock of the machine that it runs on by NTP, and have it sign a new client assertion for each request.
application-problem-code-used-twice = A code was redeemed a second time, so all tokens that came of it were revoked.
    .advice = Redeem each code once: look for a callback page that is loaded twice, or a request that is sent again. If it was not you, somebody has seen the code.
application-problem-code-expired = A code came later than a minute after it was issued.
    .advice = Redeem the code at once when the browser comes back, and check that the server is not overloaded.
application-problem-code-of-other-application = A code of another application was redeemed.
    .advice = Check that the client ID is the same where the sign-in begins and where the code is redeemed.
application-problem-redirect-uri-mismatch = A code was redeemed with another redirect address than its sign-in had.
    .advice = Send the same redirect_uri to the token endpoint as in the sign-in; behind a proxy, check which scheme and host the application believes it has.
application-problem-pkce-mismatch = The code verifier does not belong to the sign-in.
    .advice = Keep the code verifier in the browser's session from the start of the sign-in until the code is redeemed. Two sign-ins in two tabs need one each.
application-problem-refresh-token-used-twice = A refresh token was used a second time, so all tokens of its sign-in were revoked.
    .advice = Store the new refresh token of every answer, and refresh in one place at a time. If it was not you, somebody has seen the token.
application-problem-session-ended = A token was used after the person's session had ended.
    .advice = Nothing is wrong: send the person to sign in again. Ask for offline_access if the application works while the person is away.
application-problem-team-not-allowed = A team that may not use this application asked for it.
    .advice = Add the team under Settings if it is to use the application. Otherwise do not offer the sign-in there.
application-problem-team-not-active = The team is not active, or there is no such team.
    .advice = Check the slug that the application sends as organization, and the state of the team under Teams for review.
application-problem-connection-replaced = The team has another identity provider now than the one that the sign-in came from.
    .advice = Nothing is wrong: send the person to sign in again, through the new one.
application-problem-trial = A trial from the application's page: its tokens were revoked before they were shown.
    .advice = There is nothing to do.
application-problem-revoked-by-application = A token was used that the application itself had revoked.
    .advice = Forget tokens once they are revoked, in every process that holds them.

## Logouts

application-logouts = Logouts
application-logouts-none = The application was not told of any logout yet.
application-logouts-no-address = Without a back-channel logout address the application is not told when a session ends.
application-logout-at = Session ended
application-logout-state = State
application-logout-tries = Tries
application-logout-error = Why the last try failed
application-logout-delivered = Delivered
application-logout-waiting = Waiting
application-logout-given-up = Given up
application-logout-problem-application-gone = The application is not registered any more.
application-logout-problem-no-address = The application has no address for logouts any more.
application-logout-problem-answered = The application answered { $status }: it has to answer 200.
application-logout-problem-timed-out = The application did not answer within ten seconds.
application-logout-problem-unreachable = The application could not be reached. Check the address, and whether the portal may connect to it.
application-logout-problem-unreadable = The application's answer could not be read.
