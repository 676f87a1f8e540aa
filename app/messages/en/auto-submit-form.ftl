# The page that posts a SAML message to the identity provider.

auto-submit-form-title = Going to your company's sign-in page
