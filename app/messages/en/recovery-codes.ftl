# /account/security/recovery-codes: new codes, shown once.

recovery-codes-title = Recovery codes
recovery-codes-none = There are no codes to show. Recovery codes are shown when they are created, for ten minutes and in the same browser.
recovery-codes-none-link = Create new codes on the security page
recovery-codes-save = Save these codes now: they are not shown again
recovery-codes-save-text = Each code signs you in to { $product } once, after your password, when you cannot reach your authenticator app or passkey. Save them away from your phone: in a password manager, or printed.
recovery-codes-list = Your ten recovery codes
recovery-codes-copy = the recovery codes
recovery-codes-download = Download
recovery-codes-print = Print
recovery-codes-saved-button = I have saved these codes
