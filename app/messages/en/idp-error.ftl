# Errors that identity providers showed, and what is known where nothing came back.

idp-error-title = Explain an error of the identity provider
idp-error-intro = Most errors end on the identity provider's own page, and nothing about them reaches us. What it says there tells why.
idp-error-link = Did the identity provider show an error?
idp-error-field = Did it show an error? Paste the text, the number or the log entry.
    .hint = Such as AADSTS50105, MSIS7007 or app_not_configured, or all that the page says. We read the code, and of Microsoft's also the Correlation ID and the time; a text that we recognise is not kept.
idp-error-button = Explain the error
idp-error-unknown = We have no explanation of this number. Microsoft's page about it, below, may have one; your Entra administrator finds the details in { $logs }.
idp-error-microsoft-link = What Microsoft says about { $number }
idp-error-details = To find it in Entra's sign-in logs
    .text = Give these to whoever reads Entra's sign-in logs. Copy them now: they are not kept here.

## Nothing came back
idp-error-seen = What did you see there?
    .text = Nothing has come back for two minutes. If one of these pages is in the other tab, choose it.
    .other = If it was another page, paste what it says below. If it was a sign-in form, finish it there: this page goes on by itself. If it was empty or could not be reached, compare the address below.
idp-error-seen-page = A page that says “{ $title }: { $line }”:
idp-error-stops = What { $provider } usually stops for
    .text = Compare these values letter by letter with those there.
    .elsewhere = If the page was not of { $provider }, something else answers at the Login URL, or the sign-in was handed over to it: what its page says, pasted above, is explained too.
    .log = What it recorded of this sign-in, with its reason, is in its log, also where nobody kept the page:
idp-error-stops-if = If { $provider } shows an error: what it usually is
idp-error-stops-where = Where this is in { $provider }
idp-error-stops-login-url = People are sent to another address than the right one
    .why = This is the address that the browser was sent to. It must be the one for SAML sign-in, not the address of metadata, of a portal or of a console.
    .derived = { $kind }. The Login URL is { $address }.
    .misplaced = { $kind }. Copy the address for SAML sign-in from the identity provider's settings, and enter it in the step Set up URLs.
idp-error-stops-audience = It does not know this team's entity ID
    .why = The request names it, and the application there must have the same.
idp-error-stops-reply-url = It does not list this team's Reply URL
    .why = The response may go to an address only that is entered there.
idp-error-stops-signature = It demands a signature, or one that it can check
idp-error-stops-signed = Requests of this connection are signed. The certificate of this team's current key must be known there; it is under Keys in the sign-in options.
idp-error-stops-unsigned = Requests of this connection are not signed. If signed requests are demanded there, create a key and tick "Sign requests" in the sign-in options.
idp-error-stops-assign = The person may not use the application
    .why = The application must be assigned to them or to one of their groups, and no policy may stop them.
idp-error-stops-name-id = The format of the name identifier does not fit
idp-error-stops-format = The request of this connection asks for this format. It must be set there, and have a value for the person.
idp-error-stops-format-value = NameIDPolicy Format
idp-error-stops-no-format = The request of this connection asks for no format: the one that is set there must have a value for the person.
