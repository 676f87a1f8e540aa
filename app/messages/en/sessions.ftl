# /account/sessions: where one is signed in.

sessions-title = Where you are signed in
sessions-browser = Browser
sessions-ip = IP address
sessions-ip-unknown = unknown
sessions-began = Began
sessions-last-used = Last used
sessions-action = Sign out
sessions-current = This browser
sessions-awaiting-factor = Second factor missing
sessions-sign-out = Sign out
    .label = Sign out: { $browser }
sessions-sign-out-this = Sign out here
    .label = Sign out here: { $browser }
sessions-no-others = You are not signed in anywhere else.
sessions-sign-out-others-button = Sign out all other browsers
sessions-unknown = If you do not recognise one of them, sign it out, change your password, and check your { $link }.
sessions-factors-link = second factors
