# Why a request of an application was refused, or what it had been given was revoked, by the codes of
# `model::ApplicationProblem`: for the vendor's developers and support.

application-problem-redirect-uri-not-registered = The redirect address of the request is not registered. Register exactly that address, or send a registered one.
application-problem-request-refused = The authorization request was not as the specification asks.
application-problem-client-authentication-failed = The application did not prove who it is: check its secret, or the key that it signs with.
application-problem-code-used-twice = The code was redeemed twice, so everything that came of it was revoked. Redeem each code once, and do not repeat the request.
application-problem-code-expired = The code came too late. It works for 60 seconds: redeem it at once.
application-problem-code-of-other-application = The code was issued to another application.
application-problem-redirect-uri-mismatch = The code came with another redirect_uri than the authorization request had. Send the same one.
application-problem-pkce-mismatch = The code_verifier does not fit the code_challenge of the request. Keep the verifier of each sign-in in its own session.
application-problem-refresh-token-used-twice = A refresh token was used twice, so everything of that sign-in was revoked. Keep the newest one, and use it in one place.
application-problem-session-ended = The session had ended.
application-problem-team-not-allowed = The team may not use the application.
application-problem-team-not-active = The team is not active.
application-problem-connection-replaced = The team has another identity provider now: the person has to sign in again.
application-problem-revoked-by-application = The application revoked it.
