// npm install oidc-client-ts
// There is no secret: the library proves by PKCE that it is the one that asked.
import { UserManager } from "oidc-client-ts";

const sso = new UserManager({
  authority: "{issuer}",
  client_id: "{client_id}",
  redirect_uri: "{redirect_uri}",
  scope: "{scopes}",
  response_type: "code",
  // extraQueryParams: { organization: "contoso-7k2m9q" }, // if you know the customer
});

// a button that signs in
export const signIn = () => sso.signinRedirect();

// the page at the redirect address
export const finishSignIn = async () => {
  const user = await sso.signinCallback();
  return user?.profile; // sub, email, name, org_id …
};
