import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { KeyFiles } from "./keys";
import { answers, freePort } from "./ports";

/** The third-party identity provider from npm (saml-idp on Auth0's samlp), with own keys. */
export class SamlIdp {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly keys: KeyFiles,
  ) {}

  readonly entityId = "urn:example:idp";

  get ssoUrl(): string {
    return `${this.url}/saml/sso`;
  }

  get sloUrl(): string {
    return `${this.url}/saml/slo`;
  }

  /** The certificate as an admin would have it on disk. */
  get certificateFile(): string {
    return this.keys.certificateDer;
  }

  /** For one service provider, whose logout address makes it do single logout. */
  static async start(audience: string, acsUrl: string, logoutUrl?: string): Promise<SamlIdp> {
    const folder = mkdtempSync(join(tmpdir(), "saml-idp-"));
    const keys = new KeyFiles(folder, "saml-idp");
    const port = await freePort();
    const program = join(__dirname, "..", "node_modules", "saml-idp", "bin", "run.js");
    const own = { host: "localhost", port: String(port), cert: keys.certificate, key: keys.key, issuer: "urn:example:idp" };
    const options = { ...own, audience, acsUrl, ...(logoutUrl && { sloUrl: logoutUrl }) };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn("node", [program, ...args], { stdio: "ignore" });
    const idp = new SamlIdp(`http://localhost:${port}`, child, folder, keys);
    await answers(`${idp.url}/metadata`);
    return idp;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
