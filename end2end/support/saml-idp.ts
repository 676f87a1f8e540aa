import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { answers, freePort } from "./ports";

/** The third-party identity provider from npm (saml-idp on Auth0's samlp), with own keys. */
export class SamlIdp {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  readonly entityId = "urn:example:idp";

  get ssoUrl(): string {
    return `${this.url}/saml/sso`;
  }

  /** The certificate as an admin would have it on disk: DER, like Entra's Certificate (Raw). */
  get certificateFile(): string {
    return join(this.folder, "idp.cer");
  }

  static async start(audience: string, acsUrl: string): Promise<SamlIdp> {
    const folder = mkdtempSync(join(tmpdir(), "saml-idp-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=saml-idp"];
    const quiet = { stdio: "ignore" } as const;
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", key, "-out", cert, ...subject], quiet);
    execFileSync("openssl", ["x509", "-in", cert, "-outform", "DER", "-out", join(folder, "idp.cer")], quiet);
    const port = await freePort();
    const program = join(__dirname, "..", "node_modules", "saml-idp", "bin", "run.js");
    const options = { host: "localhost", port: String(port), cert, key, issuer: "urn:example:idp", audience, acsUrl };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn("node", [program, ...args], { stdio: "ignore" });
    const idp = new SamlIdp(`http://localhost:${port}`, child, folder);
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
