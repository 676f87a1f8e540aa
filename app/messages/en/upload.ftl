# Uploads and metadata: why something was not used. Without a full stop at the end.

## A file that is no certificate, by `model::CertificateKind`.
upload-file-empty = This file is empty. Download the certificate from the identity provider again
upload-file-private-key = This is a private key. We did not keep it. A private key should never be sent to anybody: replace the key pair if it is in use. Upload the certificate that the identity provider signs with
upload-file-pkcs12 = This is a PKCS#12 container (.pfx), which may hold a private key. We did not keep it. Upload the certificate by itself, as a .cer, .crt or .pem file
upload-file-pkcs7 = This is a PKCS#7 bundle (.p7b). Upload the certificate by itself, as a .cer, .crt or .pem file
upload-file-signing-request = This is a certificate signing request, not a certificate. Upload the certificate that the identity provider signs with
upload-file-web-page = This file is a web page: the download ended on a sign-in page. Sign in to the identity provider's console and download the certificate again
upload-file-public-key = This is a public key without its certificate. Upload the certificate that the identity provider signs with
upload-file-key-store = This is a Java key store, which may hold a private key. We did not keep it. Export the certificate from it, and upload that
upload-file-pdf = This is a PDF document. Upload the certificate itself, as a .cer, .crt or .pem file, not a document about it
upload-file-archive = This is a compressed archive, such as a .zip. Unpack it, and upload the certificate
upload-file-xml = This is XML, but not SAML 2.0 metadata. Upload the metadata that the identity provider offers for this application
upload-file-unknown = This file holds no certificate. Upload the one that the identity provider signs with, as a .cer, .crt or .pem file, or its metadata

## Metadata that cannot be used, by `model::MetadataProblem`.
upload-metadata-encoding = This metadata is saved in an encoding that we cannot read. Save it as UTF-8, or download it again
upload-metadata-not-well-formed = This metadata is not well-formed XML ({ $detail }): it may be cut off or changed. Download it again
upload-metadata-construct = This metadata holds { $what }, which we do not accept. Remove it, or download it again
upload-metadata-not-metadata = This is XML, but not SAML 2.0 metadata. Download the metadata that the identity provider offers for this application
upload-metadata-no-identity-provider = This metadata describes no identity provider. Download the metadata that the identity provider offers for this application
upload-metadata-older-protocol = This metadata describes an identity provider, but not one that supports SAML 2.0. Turn SAML 2.0 on there, and download it again
upload-metadata-service-provider = This is the metadata of a service provider, { $entity_id }: an application that people sign in to, as this one is. If the name is this team's, the file is meant for the identity provider and is taken there. We need the metadata of the identity provider, as its console offers it
upload-metadata-several-identity-providers = This metadata describes several identity providers: { $entity_ids }. Upload the metadata of the one that your people sign in with

## Metadata that could not be fetched, by `model::Unreachable`.
upload-unreachable-failed = Something failed on our side. Upload the metadata as a file instead
upload-unreachable-not-allowed = This address is not one that we fetch metadata from. Enter it again
upload-unreachable-private = This address is in a private network, which we do not reach. Upload the metadata as a file instead
upload-unreachable-not-reached = Nothing on the public internet answered at this address within { $seconds } seconds. Copy the address again from the identity provider, or upload its metadata as a file instead
upload-unreachable-not-verified = The server at this address has no certificate for https that we can verify. Check the address, or upload the metadata as a file instead
upload-unreachable-broken-off = The connection to the server at this address broke off. Try again, or upload the metadata as a file instead
upload-unreachable-redirected = This address redirects to another one, which we do not follow. Enter the address of the metadata itself
upload-unreachable-status = The server at this address answers with HTTP status { $status } instead of metadata. Check the address
upload-unreachable-too-large = What is at this address is larger than 2 MiB. Use the metadata of one identity provider, not of a federation
upload-unreachable-not-metadata = What is at this address is not SAML metadata of one identity provider. Copy the address again from the identity provider

## What was left out while the rest was used, by `model::UploadNote`.
upload-note-certificate-skipped = Certificate was left out. { $why }
    .position = Certificate { $position } was left out. { $why }
    .subject = Certificate ({ $subject }) was left out. { $why }
    .position-and-subject = Certificate { $position } ({ $subject }) was left out. { $why }
upload-note-addresses-skipped = The addresses in the metadata were left out. { $why }
upload-note-logout-url-skipped = The Logout URL in the metadata was left out. { $why }
upload-note-metadata-outdated = The metadata was only valid until { $date }. Check that these are still the certificates and addresses in use, or download it again
upload-note-signed-requests-wanted = The metadata says that the identity provider wants signed requests, and this connection does not sign its own. If a test is refused for that, create a key and tick "Sign requests" in the sign-in options, and give the identity provider the key's certificate
