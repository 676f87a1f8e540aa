# The page of `portal mail preview` that links all mails.

mail-preview-title = Mails of { $product }
mail-preview-intro = Every mail in every variant, with sample values.
mail-preview-mail = Mail
mail-preview-subject = Subject
mail-preview-html = HTML
mail-preview-text = Plain text
