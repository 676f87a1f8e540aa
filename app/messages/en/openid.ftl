# What an end user sees of an application's sign-in and sign-out.

openid-team-title = Sign in to { $application }
openid-sign-out-title = Sign out?
openid-sign-out-text = { $application } wants to sign you out, here and at your company.
openid-sign-out-text-unknown = A page wants to sign you out, here and at your company.
openid-sign-out-stay = Stay signed in
openid-request-title = This sign-in link does not work
openid-request-unknown-client = The application that sent you here is not registered. Tell whoever runs it.
openid-request-untrusted-redirect = { $application } sent you here with an address to return to that is not registered for it. Tell whoever runs { $application }.
openid-request-sign-out = The application that sent you here asked for a sign-out that cannot be trusted. To sign out, use the page of your account.
