# Who can fix something, where, and with which values: parts of findings and of errors of identity
# providers.

## Who can fix it. .for-others is what those read who may not edit the connection.

remediation-fixer-idp-admin = Your { $provider } administrator
    .for-others = The team's { $provider } administrator
remediation-fixer-admin-of-unknown = The administrator of your identity provider
    .for-others = The administrator of the team's identity provider
remediation-fixer-idp-admin-or-team-admin-for-encryption = { $idp ->
            [other] The administrator of your identity provider
           *[known] Your { $provider } administrator
        }; to keep encryption, you first, in this portal
    .for-others = { $idp ->
            [other] The administrator of the team's identity provider
           *[known] The team's { $provider } administrator
        }; to keep encryption, an admin of the team first, in this portal
remediation-fixer-team-admin = You, in this portal
    .for-others = An admin of the team, in this portal
remediation-fixer-person = The person who signs in
remediation-fixer-person-then-idp-admin = The person who signs in; if it happens to everybody, { $idp ->
            [other] the administrator of your identity provider
           *[known] your { $provider } administrator
        }
    .for-others = The person who signs in; if it happens to everybody, { $idp ->
            [other] the administrator of the team's identity provider
           *[known] the team's { $provider } administrator
        }
remediation-fixer-support = { $vendor } support
remediation-make-live = If the team is already live, make the change live afterwards, in the step Go live.

## Entra's pages ("blades"), by the way to them, as Entra names them.

remediation-blade-applications = Enterprise apps > All applications
remediation-blade-basic-saml = Enterprise apps > your application > Single sign-on > Basic SAML Configuration
remediation-blade-claims = Enterprise apps > your application > Single sign-on > Attributes & Claims
remediation-blade-certificates = Enterprise apps > your application > Single sign-on > SAML Certificates
remediation-blade-verification = Enterprise apps > your application > Single sign-on > SAML Certificates > Verification certificates (optional)
remediation-blade-set-up = Enterprise apps > your application > Single sign-on > Set up
remediation-blade-single-sign-on = Enterprise apps > your application > Single sign-on
remediation-blade-users = Enterprise apps > your application > Users and groups
remediation-blade-properties = Enterprise apps > your application > Properties
remediation-blade-encryption = Enterprise apps > your application > Security > Token encryption
remediation-blade-permissions = Enterprise apps > your application > Security > Permissions
remediation-blade-logs = Enterprise apps > your application > Activity > Sign-in logs
remediation-blade-conditional-access = Conditional Access > Policies
remediation-blade-all-users = Users > All users
remediation-blade-identity-providers = External Identities > All identity providers

## Values that were entered here, by their name at the identity provider
remediation-value-entered-here = { $name }, entered here
remediation-value-by-now = { $name }, as configured by now

## Places in this portal
remediation-place-options = Sign-in options
remediation-place-keys = Keys
remediation-place-team-page = The team's page
remediation-place-person = The person's page
remediation-place-start-test = Start the test again
remediation-place-start-sign-in = Start a sign-in at the Sign on URL
