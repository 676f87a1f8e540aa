import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import type { Portal } from "./portal";
import { answers, freePort } from "./ports";

const folder = join(__dirname, "..");

/** The sample application of `script/run --demo`, registered at a portal. */
export class SampleApp {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(portal: Portal): Promise<SampleApp> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const { clientId, secret, issuer } = portal.createApplication("Krisp", {
      "redirect-uri": `${url}/callback`,
      "post-logout-redirect-uri": `${url}/signed-out`,
      "backchannel-logout-uri": `${url}/backchannel-logout`,
      "initiate-login-uri": `${url}/initiate-login`,
    });
    const env = { ...process.env, ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: secret, PORT: String(port) };
    const program = join(folder, "sample-app", "server.ts");
    const child = spawn("node", ["--import", "tsx", program], { env, cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    await answers(url);
    return new SampleApp(url, child);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }
}
