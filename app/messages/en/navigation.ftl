# Navigation of a team's pages, and of support's.
navigation-support = Support
navigation-breadcrumbs = You are here
navigation-overview = Overview
navigation-connection = Connection
navigation-people = People
navigation-sign-ins = Sign-ins
navigation-members = Members
navigation-audit = Audit trail
navigation-settings = Settings
navigation-teams = Teams
navigation-mail = Undelivered mail
navigation-support-accounts = Support accounts
navigation-applications = Applications
