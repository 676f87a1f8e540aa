# What an end user sees of a sign-in.

sign-in-team-title = Sign in with single sign-on
sign-in-team-intro = We send you to your company's own sign-in page.
sign-in-team-hint = Work e-mail address, or team slug ID
    .missing = Enter your work e-mail address, or the team slug ID
    .hint = We mail a sign-in link to your address. A team slug ID, such as contoso-7k2m9q, takes you there at once: it is the end of your company's Sign on URL, and your IT team knows it.
sign-in-team-slug = Team slug ID
    .hint = Such as contoso-7k2m9q. Your IT team knows it; it is also the end of your company's Sign on URL.
sign-in-mailed-title = Check your inbox
sign-in-mailed = If somebody with the address { $email } has signed in here before, we have sent a sign-in link to it.
sign-in-mailed-none = No mail? Then you have not signed in here with that address yet: ask your IT team for your company's Sign on URL, or open the application from its list of apps.
sign-in-mailed-back = Try another address

sign-in-failure-title = Sign-in not completed
sign-in-failure-reference = If it happens again, give your IT team this reference:
sign-in-failure-reference-team = If it happens again, give the IT team of { $team } this reference:
sign-in-failure-ask = Tell your IT team. This reference leads them to what happened:
sign-in-failure-ask-team = Tell the IT team of { $team }. This reference leads them to what happened:
sign-in-failure-copy-reference = Copy
sign-in-failure-copy-message = Copy for your IT team
sign-in-failure-message = A message for your IT team
sign-in-failure-message-text =
    I could not sign in to { $product } with single sign-on.

    Reference: { $reference }
    When: { $time }
    The page said: { $said }
    .report = The report, for members of the team: { $report }
sign-in-failure-retry = Start again

sign-in-person-title = You are signed in
sign-in-person-name = Name
sign-in-person-email = E-mail
sign-in-person-team = Team
sign-in-person-name-id = Name ID
sign-in-person-latest = This sign-in
sign-in-person-first = First sign-in
sign-in-person-continue = Continue to { $application }
sign-in-person-claims = What your company's sign-in told us
sign-in-person-claim = Claim
sign-in-person-value = Value
sign-in-person-sign-out = Sign out

sign-in-signed-out-title = You are signed out
sign-in-signed-out-here = You are still signed in at your company. On a shared computer, sign out there as well.
sign-in-signed-out-everywhere = Your company's sign-in confirmed that you are signed out there, too.
sign-in-signed-out-unconfirmed = Your company's sign-in did not confirm that you are signed out there. On a shared computer, sign out there as well.
sign-in-signed-out-again = Sign in again
