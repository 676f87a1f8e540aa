import { X509Certificate, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { KeyFiles } from "./keys";
import { freePort } from "./ports";

/** A request with what samlp expects express to have added. */
interface Asked extends IncomingMessage {
  query: Record<string, string>;
  body: Record<string, string>;
  session: object;
}

type Handler = (asked: Asked, answer: object, next: (error?: Error) => void) => void;

/** What we use of samlp, which comes without types. */
interface Samlp {
  auth(options: object): Handler;
  logout(options: object): Handler;
}

const samlp = require("samlp") as Samlp;
const SessionParticipants = require("samlp/lib/sessionParticipants") as new (sessions: object[]) => object;

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const SESSION = "samlp-session";

/** What the identity provider is told of the service provider. */
interface ServiceProvider {
  entityId: string;
  acsUrl: string;
  logoutUrl: string;
  /** Its certificate, in Base64: requests must be signed with it, and assertions are encrypted to it. */
  certificate?: string;
}

interface Session {
  id: string;
  state: object;
  participants: object[];
}

const USER = {
  id: "s.jackson@example.com",
  displayName: "Saml Jackson",
  name: { givenName: "Saml", familyName: "Jackson" },
  emails: [{ value: "s.jackson@example.com" }],
};

/**
 * An identity provider of Auth0's samlp itself, which signs everybody in as one person. Unlike
 * saml-idp it verifies requests, and it does logout by HTTP-Redirect.
 */
export class SamlpIdp {
  /** What assertions are encrypted with; AES-256-GCM is samlp's own choice. */
  encryption = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
  /** The responses that were sent, newest last. */
  readonly sent: string[] = [];
  serviceProvider?: ServiceProvider;

  readonly entityId = "urn:samlp:idp";
  private readonly sessions = new Map<string, Session>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly folder: string,
    private readonly keys: KeyFiles,
  ) {}

  get ssoUrl(): string {
    return `${this.url}/sso`;
  }

  get sloUrl(): string {
    return `${this.url}/slo`;
  }

  get certificateFile(): string {
    return this.keys.certificateDer;
  }

  static async start(): Promise<SamlpIdp> {
    const folder = mkdtempSync(join(tmpdir(), "samlp-idp-"));
    const port = await freePort();
    const server = createServer();
    const idp = new SamlpIdp(`http://localhost:${port}`, server, folder, new KeyFiles(folder, "samlp"));
    server.on("request", (request, response) => void idp.handle(request, response));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return idp;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const session = this.session(request);
    const asked = request as Asked;
    asked.query = Object.fromEntries(url.searchParams);
    asked.body = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.session = session.state;
    response.setHeader("Set-Cookie", `${SESSION}=${session.id}; Path=/; HttpOnly; SameSite=Lax`);
    const refuse = (error?: Error) => end(response, 400, String(error));
    const handler = this.handler(url.pathname, session);
    if (handler) handler(asked, likeExpress(response), refuse);
    else end(response, 404, "nothing is here");
  }

  private session(request: IncomingMessage): Session {
    const id = new RegExp(`${SESSION}=([^;]+)`).exec(request.headers.cookie ?? "")?.[1] ?? randomUUID();
    const session = this.sessions.get(id) ?? { id, state: {}, participants: [] };
    this.sessions.set(id, session);
    return session;
  }

  private handler(path: string, session: Session): Handler | undefined {
    const sp = this.serviceProvider;
    if (!sp) return undefined;
    const cert = sp.certificate && pem(sp.certificate);
    const own = { issuer: this.entityId, cert: this.keys.certificatePem, key: this.keys.keyPem };
    if (path === "/sso") return samlp.auth({ ...own, ...this.auth(sp, cert, session) });
    if (path !== "/slo") return undefined;
    return samlp.logout({
      ...own,
      deflate: true,
      protocolBinding: REDIRECT,
      sessionParticipants: new SessionParticipants(session.participants),
      clearIdPSession: (done: () => void) => {
        this.sessions.delete(session.id);
        done();
      },
    });
  }

  private auth(sp: ServiceProvider, cert: string | undefined, session: Session): object {
    const sessionIndex = `_${randomUUID()}`;
    const nameIdFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    const participant = { serviceProviderId: sp.entityId, sessionIndex, nameId: USER.id, nameIdFormat, serviceProviderLogoutURL: sp.logoutUrl, cert };
    return {
      getUserFromRequest: () => USER,
      getPostURL: (_audience: string, _request: object, _asked: Asked, done: (error: null, url: string) => void) =>
        done(null, sp.acsUrl),
      recipient: sp.acsUrl,
      destination: sp.acsUrl,
      sessionIndex,
      nameIdentifierFormat: nameIdFormat,
      ...(cert && { signingCert: cert, encryptionCert: cert, encryptionPublicKey: publicKey(cert) }),
      encryptionAlgorithm: this.encryption,
      disallowEncryptionWithInsecureAlgorithm: false,
      warnOnInsecureEncryptionAlgorithm: false,
      responseHandler: (xml: Buffer, options: { RelayState?: string }, asked: Asked, answer: Answer) => {
        this.sent.push(xml.toString());
        session.participants.push(participant);
        const relayState = options.RelayState ?? asked.query.RelayState ?? asked.body.RelayState ?? "";
        answer.send(post(sp.acsUrl, { SAMLResponse: xml.toString("base64"), RelayState: relayState }));
      },
    };
  }
}

interface Answer {
  set(name: string, value: string): void;
  send(body: number | string): void;
  redirect(url: string): void;
}

/** The part of express's response that samlp uses. */
function likeExpress(response: ServerResponse): Answer {
  return {
    set: (name, value) => void response.setHeader(name, value),
    send: (body) => (typeof body === "number" ? end(response, body, "Done.") : end(response, 200, body)),
    redirect: (url) => void response.writeHead(302, { Location: url }).end(),
  };
}

function end(response: ServerResponse, status: number, body: string): void {
  if (!response.hasHeader("Content-Type")) response.setHeader("Content-Type", status === 400 ? "text/plain" : "text/html");
  response.writeHead(status).end(body);
}

function post(action: string, fields: Record<string, string>): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<form method="post" action="${action}">${inputs.join("")}</form><script>document.forms[0].submit()</script>`;
}

function pem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function publicKey(certificate: string): string {
  return new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }) as string;
}
