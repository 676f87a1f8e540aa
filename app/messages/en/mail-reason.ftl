# Why somebody gets a mail: its last sentence but one.

mail-reason-sign-up = You get this because somebody signed up with { $product } and gave this address.
mail-reason-sign-on = You get this because somebody asked for it on the sign-in page of { $product } and gave this address.
mail-reason-account = You get this because an account with { $product } has this address.
mail-reason-new-address = You get this because somebody wants to use this address for an account with { $product }.
mail-reason-former-address = You get this because an account with { $product } had this address until now.
mail-reason-member = You get this because you are a member of the team { $team }.
mail-reason-former-member = You get this because you were a member of the team { $team }.
mail-reason-owner = You get this because you are an owner of the team { $team }.
mail-reason-invited = You get this because { $by } invited this address.
mail-reason-onboarding = You get this because the support team of { $product } sent a link to this address.
mail-reason-support = You get this because you have an account in the support team of { $product }.
mail-reason-administrator = You get this because you are an administrator in the support team of { $product }.
mail-reason-test = You get this because an operator of the portal gave this address to try the mail server out.
