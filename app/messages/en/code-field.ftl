# The field for a code of the authenticator app.

code-field-label = Code
    .hint = The six digits that your authenticator app shows.
