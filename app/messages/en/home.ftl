# The start page.

home-title = Start
home-welcome = Single sign-on for { $product }
home-welcome-text = Connect your company's { $entra }, or another identity provider, with { $product } in eight short steps: copy a few values there, upload its certificate, test, go live.
home-sign-up = Set up your team
home-sign-in = Sign in
home-person = Do you only want to sign in to the product?
    .link = Sign in with your company's account
home-teams = Your teams
home-teams-none = You belong to no team. An owner of your company's team can invite you.
home-create-team = Create another team
home-review = Teams for review
