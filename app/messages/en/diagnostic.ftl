# What a parser, a check or a mail server says is wrong, by its code. Names of elements and attributes are
# SAML's own. Each stands alone or in brackets behind a sentence, so it has no full stop.

# how a message is put together: saml's ShapeError
diagnostic-shape-other-document = the document is not a { $expected }
diagnostic-shape-other-message = the document is the message { $actual }, not { $expected }
diagnostic-shape-element-missing = { $parent } has no { $element }
diagnostic-shape-element-repeated = { $parent } has more than one { $element }
diagnostic-shape-not-one-element = { $parent } does not have exactly one { $element }
diagnostic-shape-attribute-missing = { $element } has no attribute { $attribute }
diagnostic-shape-unknown-element = { $parent } has the element { $element }, which SAML does not know there
diagnostic-shape-nested-response = there is a response within the response
diagnostic-shape-misplaced-assertion = an assertion stands where none belongs
diagnostic-shape-misplaced-signature = a signature stands where none belongs
diagnostic-shape-two-signatures = an element has two signatures
diagnostic-shape-signed-element-without-id = a signed element has no ID
diagnostic-shape-signed-response-without-issuer = the signed response names no issuer
diagnostic-shape-other-element-signed = something else is signed than what the response carries
diagnostic-shape-algorithm-missing = an algorithm is not named
diagnostic-shape-signature-parts = a signature has parts that do not belong
diagnostic-shape-not-one-reference = a signature does not have exactly one reference
diagnostic-shape-method-parameters = a signature method has parameters
diagnostic-shape-reference-attributes = a reference has attributes that do not belong
diagnostic-shape-reference-elsewhere = a signature refers to something else than its own element
diagnostic-shape-reference-parts = a reference has parts that do not belong
diagnostic-shape-transform-count = a reference has none of SAML's transforms, or more than those two
diagnostic-shape-transform-not-allowed = a reference has a transform that is not allowed
diagnostic-shape-canonicalization-not-allowed = a canonicalisation or transform is not allowed
diagnostic-shape-key-elsewhere = a signature's key is to be fetched from elsewhere
diagnostic-shape-signature-not-base64 = a signature's value or digest is not Base64
diagnostic-shape-encrypted-parts = an encrypted assertion has parts that do not belong
diagnostic-shape-encrypted-key-count = an encrypted assertion has no key, or too many
diagnostic-shape-cipher-value-elsewhere = encrypted content is not in its CipherValue
diagnostic-shape-ciphertext-not-base64 = encrypted content is not Base64
diagnostic-shape-encrypted-key-label = an EncryptedKey has a label, which nobody agreed on
diagnostic-shape-decrypted-other = what was encrypted is not an assertion
diagnostic-shape-session-index-too-long = a SessionIndex is longer than 256 bytes
diagnostic-shape-session-index-control-character = a SessionIndex has a control character
diagnostic-shape-too-many-session-indexes = the assertion names more than 16 sessions

# what makes it no well-formed XML: saml's XmlError
diagnostic-xml-colon-misplaced = a name with a colon out of place
diagnostic-xml-tag-unclosed = a tag does not end
diagnostic-xml-end-tag-unexpected = an element ends that never began
diagnostic-xml-tag-in-tag = a tag within a tag
diagnostic-xml-tag-in-value = a tag within a value
diagnostic-xml-value-unquoted = an attribute's value is not quoted
diagnostic-xml-prefix-reserved = a prefix that is nobody's to declare
diagnostic-xml-namespace-repeated = a namespace is declared twice
diagnostic-xml-prefix-taken-back = a prefix is taken back
diagnostic-xml-reference-unclosed = a reference does not end
diagnostic-xml-reference-unknown = an entity or character that XML does not know
diagnostic-xml-prefix-unknown = no namespace is declared for the prefix { $prefix } (line { $line }, column { $column })
diagnostic-xml-attribute-repeated = the attribute { $attribute } stands twice in one tag (line { $line }, column { $column })
diagnostic-xml-end-tag-mismatch = the element { $expected } ends with the tag of { $actual } (line { $line }, column { $column })
diagnostic-xml-character-unexpected = the character { $character } cannot stand there (line { $line }, column { $column })
diagnostic-xml-syntax = it breaks the syntax of XML (line { $line }, column { $column })
diagnostic-xml-no-element = it holds no element
diagnostic-xml-end-missing = it ends too early
diagnostic-xml-too-many-nodes = it holds more nodes than are read
diagnostic-xml-unread-by-libxml = libxml2 does not accept it
diagnostic-xml-unread-by-xmlsec = xmlsec cannot work with it

# what is not read: saml's Construct
diagnostic-construct-doctype = a document type (DTD)
diagnostic-construct-markup = a comment or CDATA section
diagnostic-construct-processing-instruction = a processing instruction, or an encoding other than UTF-8
diagnostic-construct-nul = a NUL byte
diagnostic-construct-byte-order-mark = a byte order mark
diagnostic-construct-elements = too many elements
diagnostic-construct-depth = elements nested too deeply
diagnostic-construct-attributes = too many attributes on one element
diagnostic-construct-namespaces = too many different namespace declarations
diagnostic-construct-long-namespace = a very long namespace name
diagnostic-construct-relative-namespace = a relative namespace name
diagnostic-construct-xml-id = an xml:id attribute
diagnostic-construct-xml-attribute = an xml: attribute other than xml:lang and xml:space
diagnostic-construct-malformed-id = an ID that is not a name
diagnostic-construct-duplicate-id = the same ID twice

# single parts: saml's ConfirmationError, NameIdError, TimedPart and InternalFault
diagnostic-confirmation-not-bearer = no SubjectConfirmation is by bearer
diagnostic-confirmation-no-data = the bearer confirmation has no SubjectConfirmationData
diagnostic-confirmation-no-end = the bearer confirmation has no NotOnOrAfter
diagnostic-encrypted-name-id = the name identifier
diagnostic-name-id-too-long = it is longer than 256 bytes: { $value }
diagnostic-name-id-control-characters = it has control characters in it: { $value }
diagnostic-name-id-format-too-long = it has a format longer than 1,024 bytes: { $value }
diagnostic-name-id-format-not-uri = it has a format that is no absolute URI: { $value }
diagnostic-name-id-qualifier-too-long = it has a qualifier longer than 1,024 bytes: { $value }
diagnostic-malformed-time-assertion = the assertion: { $value }
diagnostic-malformed-time-bearer-confirmation = the bearer confirmation: { $value }
diagnostic-malformed-time-idp-session = the session at the identity provider: { $value }
diagnostic-malformed-time-authentication = the authentication: { $value }
diagnostic-malformed-time-response-issue-instant = the response's IssueInstant: { $value }
diagnostic-malformed-time-assertion-issue-instant = the assertion's IssueInstant: { $value }
diagnostic-fault-lost-node = a node went missing
diagnostic-fault-lost-encrypted-assertion = the encrypted assertion went missing
diagnostic-fault-check-without-value = a check passed without its value

# logout messages: saml's LogoutError, RedirectSignatureError and RedirectError
diagnostic-logout-post = the message that was posted could not be verified
diagnostic-logout-wrong-message = the message is not a SAML 2.0 { $expected }
diagnostic-logout-invalid-part = the logout message's { $part } is missing, wrong or there twice
diagnostic-logout-encrypted-id = the logout request names the person in an EncryptedID, which is not supported: have the identity provider send the NameID in the clear
diagnostic-logout-name-id-too-long = the logout request's NameID has { $actual } bytes, of which { $limit } are allowed
diagnostic-logout-wrong-issuer = the logout message is from { $actual }, expected was { $expected }
diagnostic-logout-wrong-destination = the logout message is for { $actual }, expected was { $expected }
diagnostic-logout-destination-missing = the logout message names no Destination, expected was { $expected }
diagnostic-logout-implausible-time = the logout message was issued at { $at }, and it is { $now }: check both clocks
diagnostic-logout-expired = the logout request ended at { $at }, and it is { $now }
diagnostic-logout-unknown-request = the logout response answers { $actual }, and the request was { $expected }
diagnostic-logout-unsolicited = the logout response answers { $actual }, and no logout was asked for
diagnostic-redirect-signature-unsigned = the message is not signed: have the identity provider sign what it sends by redirect
diagnostic-redirect-signature-algorithm = the signature's algorithm { $algorithm } is not allowed: have the identity provider sign with RSA-SHA256
diagnostic-redirect-signature-not-base64 = the signature is not Base64
diagnostic-redirect-signature-no-certificate = the identity provider has no certificate here: upload one
diagnostic-redirect-signature-expired = the signing certificate ended at { $at }: upload the one that the identity provider signs with now
diagnostic-redirect-signature-not-yet-valid = the signing certificate only begins at { $at }
diagnostic-redirect-signature-mismatch = the signature was not made with any of the known certificates, or the message was changed on its way: compare the thumbprints with the identity provider's
diagnostic-redirect-no-message = the query has neither SAMLRequest nor SAMLResponse
diagnostic-redirect-two-messages = the query has both SAMLRequest and SAMLResponse
diagnostic-redirect-duplicate = the query has { $parameter } more than once
diagnostic-redirect-encoding = the message's encoding is not DEFLATE
diagnostic-redirect-not-base64 = the message is not Base64
diagnostic-redirect-not-deflated = the message does not inflate to text
diagnostic-redirect-too-large = the message is longer than { $message } bytes, or the query than { $query }

# why mail was not sent: domain's MailError
diagnostic-mail-refused = the mail server answered { $status }: { $answer }
diagnostic-mail-timed-out = the mail server did not answer in time
diagnostic-mail-not-encrypted = the connection to the mail server could not be encrypted
diagnostic-mail-answer-unreadable = the mail server's answer could not be read
diagnostic-mail-unreachable = the mail server was not reached
diagnostic-mail-not-an-address = mail cannot be sent to or from this address
diagnostic-mail-not-composed = the mail could not be put together
diagnostic-mail-folder-not-written = the folder for mail could not be written
