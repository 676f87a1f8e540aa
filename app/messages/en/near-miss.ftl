# Two values that should be the same: in what they differ, and what cannot be seen in them.

near-miss-reason = Likely reason:
near-miss-others = Other values that came: { $values }
near-miss-invisible = One of the values has a character that cannot be seen. It often comes with text that is copied from a document or a mail.
near-miss-blank = One of the values has a blank or a line break that the other has not.
near-miss-scheme = The addresses begin differently: http and https are not the same.
near-miss-letter-case = Capital and small letters differ. They count.
near-miss-host = The values name different hosts: the value may belong to another environment, such as a test system.
near-miss-tenant = The tenant's ID differs: what came is of another tenant of Microsoft Entra.
near-miss-port = The ports differ. A port counts even where it is the usual one.
near-miss-trailing-slash = One of the values ends with a slash, the other does not.
near-miss-path = What follows the host differs: the value may belong to another team or application.
near-miss-spn-prefix = The value that came begins with "spn:". The rest is the same.
near-miss-char-blank = blank
near-miss-char-tab = tab
near-miss-char-line-break = line break
near-miss-char-no-break-space = no-break space
near-miss-char-invisible = invisible character { $code }
