# Two values that should be the same: in what they differ, and what cannot be seen in them.

value-diff-reason = Likely reason:
value-diff-others = Other values that came: { $values }
value-diff-invisible = One of the values has a character that cannot be seen. It often comes with text that is copied from a document or a mail.
value-diff-blank = One of the values has a blank or a line break that the other has not.
value-diff-scheme = The addresses begin differently: http and https are not the same.
value-diff-letter-case = Capital and small letters differ. They count.
value-diff-host = The values name different hosts: what came is of another provider or another environment, such as a test system, or a gateway wrote it.
value-diff-tenant = The tenant's ID differs: what came is of another tenant of Microsoft Entra.
value-diff-port = The ports differ. A port counts even where it is the usual one.
value-diff-trailing-slash = One of the values ends with a slash, the other does not.
value-diff-path = What follows the host differs: the value may belong to another team or application.
value-diff-typing-error-more = What came has "{ $more }" too much: a typing error.
value-diff-typing-error-less = What came lacks "{ $less }": a typing error, or a value that was cut off.
value-diff-typing-error-both = What came has "{ $more }" where the other value has "{ $less }": a typing error.
value-diff-cut-off = What came lacks "{ $less }" at its end: it may not have been copied as a whole.
value-diff-spn-prefix = The value that came begins with "spn:". The rest is the same.
value-diff-char-blank = blank
value-diff-char-tab = tab
value-diff-char-line-break = line break
value-diff-char-no-break-space = no-break space
value-diff-char-invisible = invisible character { $code }
