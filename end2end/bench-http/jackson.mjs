// The engine of Ory Polis behind Node's own HTTP server: the three requests of a sign-in.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { JACKSON, DATABASE, METADATA, PORT, TEAMS, SECRET, CALLBACK } = process.env;
const jackson = createRequire(join(JACKSON, "package.json"))("@boxyhq/saml-jackson");

const { connectionAPIController, oauthController } = await jackson.controllers({
  externalUrl: `http://localhost:${PORT}`,
  samlPath: "/acs",
  samlAudience: "https://saml.bench.example",
  clientSecretVerifier: SECRET,
  noAnalytics: true,
  logger: { info() {} },
  db: { engine: "sql", type: "postgres", url: DATABASE },
});

for (let team = 0; team < Number(TEAMS); team += 1) {
  await connectionAPIController.createSAMLConnection({
    tenant: `team-${team}`,
    product: "bench",
    rawMetadata: readFileSync(join(METADATA, `${team}.xml`), "utf8"),
    defaultRedirectUrl: CALLBACK,
    redirectUrl: CALLBACK,
  });
}

const routes = {
  "GET /authorize": async (query) => redirect(await oauthController.authorize(query)),
  "POST /acs": async (form) => redirect(await oauthController.samlResponse(form)),
  "GET /userinfo": async (_fields, request) => {
    const token = request.headers.authorization.replace(/^Bearer /, "");
    return { status: 200, body: JSON.stringify(await oauthController.userInfo(token)) };
  },
  "POST /token": async (form) => ({ status: 200, body: JSON.stringify(await oauthController.token(form)) }),
};

function redirect({ redirect_url }) {
  return { status: 302, headers: { Location: redirect_url }, body: "" };
}

async function read(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

createServer(async (request, response) => {
  const [path, query] = request.url.split("?");
  try {
    const fields = Object.fromEntries(new URLSearchParams(request.method === "POST" ? await read(request) : query));
    const { status, headers, body } = await routes[`${request.method} ${path}`](fields, request);
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
  } catch (error) {
    const body = String(error?.stack ?? error);
    response.writeHead(500, { "Content-Length": Buffer.byteLength(body) }).end(body);
  }
}).listen(Number(PORT), "127.0.0.1");
