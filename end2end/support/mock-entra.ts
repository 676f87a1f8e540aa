import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { targetDir } from "./portal";
import { answers, freePort } from "./ports";

interface Addresses {
  idp_entity_id: string;
  sso_url: string;
  slo_url: string;
}

/** Our mock of Entra ID, with own keys. */
export class MockEntra {
  private constructor(
    readonly url: string,
    readonly addresses: Addresses,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Certificate (Raw). */
  get certificateFile(): string {
    return join(this.folder, "certificate.cer");
  }

  static async start(): Promise<MockEntra> {
    const folder = mkdtempSync(join(tmpdir(), "mock-entra-"));
    const port = await freePort();
    const args = ["--listen", `127.0.0.1:${port}`, "--directory", folder];
    const child = spawn(join(targetDir, "release", "mock-entra"), args, { stdio: "ignore" });
    const url = `http://localhost:${port}`;
    await answers(url);
    const addresses = JSON.parse(readFileSync(join(folder, "team.json"), "utf8")) as Addresses;
    return new MockEntra(url, addresses, child, folder);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
