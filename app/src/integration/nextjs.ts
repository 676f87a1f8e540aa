// npm install next-auth@beta
// AUTH_SECRET, AUTH_URL and SSO_CLIENT_SECRET come from the environment.
// Auth.js returns to /api/auth/callback/sso at your address: it is to be among the redirect addresses.
// Registered first: {redirect_uri}

// ---- auth.ts ----
import NextAuth from "next-auth";

export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [
    {
      id: "sso",
      name: "Single sign-on",
      type: "oidc",
      issuer: "{issuer}",
      clientId: "{client_id}",
      clientSecret: process.env.SSO_CLIENT_SECRET,
      checks: ["pkce", "state", "nonce"],
      authorization: { params: { scope: "{scopes}" } },
      profile: (claims) => ({ id: claims.sub, name: claims.name, email: claims.email }),
    },
  ],
});

// ---- app/api/auth/[...nextauth]/route.ts ----
import { handlers } from "@/auth";

export const { GET, POST } = handlers;

// ---- a server action that signs in ----
// await signIn("sso", { redirectTo: "/" });
// await signIn("sso", { redirectTo: "/" }, { organization: "contoso-7k2m9q" }); // if you know the customer
