import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { answers, freePort } from "./ports";

export const PASSWORD = "correct horse battery staple";

const root = join(__dirname, "..", "..");
export const targetDir = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const binary = process.env.SSO_PORTAL_BINARY ?? join(targetDir, "release", "portal");

/** Our environment without the portal's own variables: it takes each of them for a setting, and refuses what is none. */
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PORTAL_")));

/** Writes every mail in every variant to a folder; `settings` are the portal's, as environment variables. */
export function previewMails(folder: string, settings: Record<string, string> = {}): void {
  execFileSync(binary, ["mail", "preview", folder], { env: { ...inherited, ...settings }, cwd: tmpdir() });
}

/** A team as a team file has it. */
export interface Team {
  name: string;
  idp_entity_id: string;
  sso_url: string;
  slo_url?: string;
  certificates: string[];
  email_domains?: string;
  authn_context?: string;
  name_id_format?: string;
  is_passive?: boolean;
  allow_idp_initiated?: boolean;
  /** Live, if it is not said. */
  status?: "draft" | "in_review" | "changes_requested" | "active" | "suspended";
}

/** What `portal application create` prints. */
export interface Application {
  clientId: string;
  secret: string;
  issuer: string;
}

/** The portal as it ships, on a port and a folder of its own. */
export class Portal {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly dataDir: string,
    private readonly env: NodeJS.ProcessEnv,
    /** The one-time link that the first start printed. */
    readonly firstSupportLink: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Portal> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const dataDir = mkdtempSync(join(tmpdir(), "portal-"));
    const env = {
      ...inherited,
      PORTAL_LISTEN: `127.0.0.1:${port}`,
      PORTAL_ACCOUNT_URL: url,
      PORTAL_API_URL: url,
      PORTAL_DATA_DIR: dataDir,
      PORTAL_SITE_ROOT: join(root, "target", "site"),
      ...settings,
    };
    const child = spawn(binary, ["serve"], { env, cwd: dataDir });
    let printed = "";
    child.stdout.on("data", (chunk) => (printed += chunk));
    child.stderr.on("data", (chunk) => (printed += chunk));
    await answers(`${url}/readyz`).catch((error) => {
      throw new Error(`${error}\n${printed}`);
    });
    const link = /http\S+\/support\/first-account\?token=\S+/.exec(printed)?.[0];
    if (!link) throw new Error(`the portal printed no link:\n${printed}`);
    return new Portal(url, child, dataDir, env, link);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.dataDir, { recursive: true });
  }

  /** Runs the portal's command line on the same database. */
  cli(args: string[], input = ""): string {
    return execFileSync(binary, args, { env: this.env, cwd: this.dataDir, input, encoding: "utf8" });
  }

  createAccount(email: string, ...options: string[]): void {
    this.cli(["account", "create", "--email", email, ...options], `${PASSWORD}\n`);
  }

  /** A team that is live already, or in another state, with an owner who can sign in; answers with its slug. */
  importTeam(team: Team, owner: string): string {
    const slug = `${team.name.toLowerCase()}-2345ab`;
    const values = Object.entries({ status: "active", ...team, slug }).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    const file = join(this.dataDir, `${slug}.toml`);
    writeFileSync(file, `[[team]]\n${values.join("\n")}\n`);
    this.cli(["team", "import", file]);
    this.createAccount(owner, "--team", slug);
    return slug;
  }

  /** Registers an application that has a secret; `options` are the command's. */
  createApplication(name: string, options: Record<string, string>): Application {
    const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
    const printed = this.cli(["application", "create", name, ...args]);
    const value = (label: string) => new RegExp(`^${label} (\\S+)$`, "m").exec(printed)?.[1] ?? "";
    return { clientId: value("client_id"), secret: value("client_secret"), issuer: value("issuer") };
  }

  /** Registers an application as a file has it, or changes it. */
  importApplication(application: { client_id: string } & Record<string, unknown>): void {
    const values = Object.entries(application).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    const file = join(this.dataDir, `${application.client_id}.toml`);
    writeFileSync(file, `[[application]]\n${values.join("\n")}\n`);
    this.cli(["application", "import", file]);
  }

  /** The newest mail to an address whose subject matches, as text; waits for the worker. */
  async mail(to: string, subject: RegExp): Promise<string> {
    const folder = join(this.dataDir, "mail");
    for (let i = 0; i < 100; i += 1) {
      const mails = listFiles(folder)
        .map((file) => decodeQuotedPrintable(readFileSync(join(folder, file), "utf8")))
        .filter((mail) => mail.includes(`To: ${to}`) && subject.test(/^Subject: (.*)$/m.exec(mail)?.[1] ?? ""));
      const newest = mails.at(-1);
      if (newest) return newest;
      await new Promise((wake) => setTimeout(wake, 100));
    }
    throw new Error(`no mail to ${to} about ${subject}`);
  }

  /** Gives mail up that was tried in vain, as the portal does by itself after two days; one to each of these addresses. */
  async giveMailUp(...recipients: string[]): Promise<void> {
    const those = `last_error IS NOT NULL AND recipient IN (${recipients.map((one) => `'${one}'`).join()})`;
    const sql = `UPDATE outbox SET dead_at = created_at WHERE ${those}; SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL;`;
    for (let i = 0; i < 100; i += 1) {
      const count = execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(this.dataDir, "portal.db"), sql], { encoding: "utf8" });
      if (Number(count) === recipients.length) return;
      await new Promise((wake) => setTimeout(wake, 100));
    }
    throw new Error(`no mail to ${recipients} was tried in vain`);
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function decodeQuotedPrintable(text: string): string {
  return text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
