# Pages that lead on by themselves.

meta-refresh-title = One moment
meta-refresh-text = The next page opens by itself.
meta-refresh-sign-out-title = Signing you out at your organisation too
meta-refresh-sign-out-text = You are signed out here. Your organisation's sign-out page opens by itself.
meta-refresh-link = Continue if it does not open
