# Password fields, and /account/password.

password-label = Password
    .hint = At least 12 characters. A few words are easier to remember than symbols.

password-change-title = Change password
password-change-sessions-end = Every other browser that is signed in to your account will be signed out.
password-change-current = Current password
password-change-new = New password
password-change-button = Change password
password-change-forgotten = Forgot it? { $link }
password-change-forgotten-link = Get a link to choose a new one
