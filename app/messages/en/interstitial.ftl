# The page that asks before an IdP-initiated sign-in, or before another session is replaced.

interstitial-title = Sign in to { $product }?
interstitial-replace-title = Sign in as someone else?
interstitial-signed-in = You are signed in as { $name }. If you continue, that session ends.
interstitial-signed-in-team = You are signed in as { $name } of the team { $team } ({ $slug }). If you continue, that session ends.
interstitial-person = Your company's sign-in sent you here. You would be signed in as:
interstitial-name = Name
interstitial-email = E-mail
interstitial-team = Team
interstitial-warning = If this is not you, or you did not choose this application, close this page.
interstitial-replace-warning = If this is not you, or you did not start this sign-in, stay signed in as you are: another site may have opened this page.
interstitial-stay-button = Stay signed in as { $name }
