# What surrounds every page.

layout-skip-link = Skip to content
layout-tagline = single sign-on
layout-footer = { $vendor } · Help: { $support }

layout-menu-label = Teams, help and account
layout-menu-help = Help
layout-menu-account = Signed in as:
layout-menu-sign-out = Sign out

layout-switcher-label = Team:
layout-switcher-none = Your teams
layout-switcher-all = All teams

# Pages that keep themselves up to date.
layout-live-refresh = Refresh
layout-live-updated = Updated just now
layout-live-too-many = Too many pages are being kept up to date
    .text = The page stays as it is. Refresh it to see what is new.
layout-live-newer = There is something newer

# Pages that cannot be shown.
layout-not-found-title = Page not found
layout-not-found-text = The address may be mistyped, or you may not have access to this page.

layout-opens-new-tab = (opens a new tab)
