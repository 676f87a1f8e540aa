# /login

login-title = Sign in
login-email = E-mail address
    .missing = Enter your work e-mail address
login-button = Sign in
login-passkey-button = Sign in with a passkey
login-forgot-password-link = Forgot your password?
login-sign-up = No account yet? { $link }
login-sign-up-link = Set up your team
login-sso = Looking for your company's sign-in? { $link }
login-sso-link = Sign in with single sign-on
