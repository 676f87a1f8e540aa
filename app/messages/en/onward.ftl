# Pages that lead on by themselves.

onward-title = One moment
onward-text = The next page opens by itself.
onward-sign-out-title = Signing you out at your organisation too
onward-sign-out-text = You are signed out here. Your organisation's sign-out page opens by itself.
onward-link = Continue if it does not open
