# What an address is instead of a Login URL, by `model::login_url::AddressKind`, and what was seen at one.

## Without a full stop at the end.
login-url-kind-metadata = This is the address of the identity provider's metadata
login-url-kind-ws-federation = This is an address of WS-Federation or WS-Trust, which are other protocols than SAML
login-url-kind-oauth = This is an address of OAuth or OpenID Connect, which are other protocols than SAML
login-url-kind-my-apps = This is Microsoft's page My Apps, or a link from it. It opens applications and takes no sign-in request
login-url-kind-applications-page = This opens applications from the identity provider's own pages, and takes no sign-in request
login-url-kind-logout = This is an address to sign out at
login-url-kind-console = This is a page of the console in which the identity provider is configured
login-url-kind-identifier = This is the identity provider's identifier (entity ID), which belongs in the field for the identifier

## What was seen at one, by `model::login_url::LoginUrlAnswer`.
login-url-seen-answers = { $host } answers (HTTP status { $status }). Whether it is the right address there, only a test sign-in shows: no sign-in request was sent along.
login-url-seen-missing = { $host } answers that there is nothing at this address (HTTP status { $status }). Compare it letter by letter with the identity provider's settings. A few answer like this where no sign-in request comes along: a test sign-in shows which it is.
login-url-seen-failing = { $host } answers with an error of its own (HTTP status { $status }). Some do where no sign-in request comes along: a test sign-in shows which it is.
login-url-seen-redirected = { $host } answers, and sends on to { $to }. That is usual for a page to sign in at.
login-url-seen-redirected-within = { $host } answers, and sends on to another of its pages. That is usual for a page to sign in at.
login-url-seen-metadata = { $host } answers with SAML metadata: this is the address of the metadata, not the Login URL. Enter it as { $field } in the step { $step }, and here the address for SAML sign-in.
login-url-seen-not-asked = { $host } was not asked: we ask on the port of https only. People's browsers go there whether we asked or not, and a test sign-in shows what they find.
login-url-seen-private = { $host } is in a private network, which we do not reach. That is fine if everybody who signs in does: their browsers go there, the portal does not.
login-url-seen-not-reached = Nothing on the public internet answered at { $host } within { $seconds } seconds. That is fine if it is reached from your own network only: people's browsers go there, the portal does not. If not, compare it letter by letter with the identity provider's settings.
login-url-seen-not-verified = { $host } has no certificate for https that we can verify. Browsers warn people before they go there, unless your devices trust it.
login-url-seen-broken-off = The connection to { $host } broke off before it answered. Try again, or see what a test sign-in shows.
login-url-seen-failed = { $host } could not be asked, because something failed on our side. Try again.
