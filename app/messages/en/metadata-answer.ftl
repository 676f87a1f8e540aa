# What the identity provider's metadata says of the certificate that an attempt was signed with.

metadata-answer-listed = { $thumbprint }: the identity provider's metadata lists it. Add it in the step SAML Certificates
metadata-answer-added = { $thumbprint }: the metadata lists it, and it is added here. With that revision live, start again
metadata-answer-not-listed = { $thumbprint }: the identity provider's metadata does not list it. Do not add it unless you know where it comes from
metadata-answer-signer-not-named = The metadata could not be asked: the response does not say which certificate signed it
metadata-answer-no-url = { $thumbprint }: the metadata could not be asked: no address of it is known. Enter it in the step SAML Certificates, then ask again
metadata-answer-unread = { $thumbprint }: the metadata could not be read: { $why }
