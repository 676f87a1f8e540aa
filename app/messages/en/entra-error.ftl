# Errors that Microsoft showed.

entra-error-title = Explain a Microsoft error
entra-error-intro = Most Microsoft errors end on Microsoft's own page, and nothing about them reaches us. The number on it says why.
entra-error-link = Did Microsoft show an error?
entra-error-field = Did Microsoft show an error? Paste the text or the number.
    .hint = Such as AADSTS50105, or all that Microsoft's page says. We read the number, the Correlation ID and the time; the text itself is not kept.
entra-error-button = Explain the error
entra-error-unknown = We have no explanation of this number. Microsoft's page about it, below, may have one; your Entra administrator finds the details in { $logs }.
entra-error-microsoft-link = What Microsoft says about { $number }
entra-error-details = To find it in Entra's sign-in logs
    .text = Give these to whoever reads Entra's sign-in logs. Copy them now: they are not kept here.
