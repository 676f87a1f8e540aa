import { type IncomingMessage, type Server, createServer } from "node:http";
import { json, text } from "node:stream/consumers";

import NextAuth, { type AuthOptions } from "next-auth";
import BoxyHQSAMLProvider from "next-auth/providers/boxyhq-saml";

import type { Portal } from "./portal";
import { freePort } from "./ports";

/** An application of next-auth, which keeps its promise to Next's API routes without Next. */
export class NextAuthApp {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(portal: Portal, organization: string): Promise<NextAuthApp> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    process.env.NEXTAUTH_URL = url;
    const { clientId, secret, issuer } = portal.createApplication("next-auth", {
      "redirect-uri": `${url}/api/auth/callback/portal`,
    });
    const polis = portal.createApplication("of Polis", {
      "redirect-uri": `${url}/api/auth/callback/boxyhq-saml`,
      "client-id": `of-polis-${port}`,
    });
    const options: AuthOptions = {
      secret: "of this test",
      providers: [
        {
          id: "portal",
          name: "the portal",
          type: "oauth",
          wellKnown: `${issuer}/.well-known/openid-configuration`,
          clientId,
          clientSecret: secret,
          idToken: true,
          checks: ["pkce", "state", "nonce"],
          authorization: { params: { scope: "openid profile email", organization } },
          profile: ({ sub, name, email }) => ({ id: sub, name, email }),
        },
        // as it is, for Ory Polis; plain OAuth 2.0, as its documentation has it
        BoxyHQSAMLProvider({
          issuer,
          clientId: `tenant=${organization}&product=${polis.clientId}`,
          clientSecret: polis.secret,
          authorization: { params: { scope: "" } },
        }),
      ],
    };
    const server = createServer(async (request, response) => {
      const asked = new URL(request.url ?? "/", url);
      if (!asked.pathname.startsWith("/api/auth/")) return void response.end("The application");
      const nextauth = asked.pathname.slice("/api/auth/".length).split("/");
      const like = {
        query: { ...Object.fromEntries(asked.searchParams), nextauth },
        cookies: cookies(request),
        body: await body(request),
      };
      const answer = Object.assign(response, {
        status: (status: number) => Object.assign(response, { statusCode: status }),
        send: (sent: unknown) => response.end(typeof sent === "string" ? sent : JSON.stringify(sent)),
        json: (sent: unknown) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(sent)),
      });
      await NextAuth(Object.assign(request, like), answer, options);
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return new NextAuthApp(url, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function cookies(request: IncomingMessage): Record<string, string> {
  const pairs = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs.map(([name, value]) => [name ?? "", decodeURIComponent(value ?? "")]));
}

async function body(request: IncomingMessage): Promise<unknown> {
  if (request.method !== "POST") return undefined;
  if (request.headers["content-type"]?.includes("json")) return json(request);
  return Object.fromEntries(new URLSearchParams(await text(request)));
}
