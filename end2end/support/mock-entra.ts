import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { type Team, targetDir } from "./portal";
import { answers, freePort } from "./ports";

/** As `cargo test` builds it. */
const binary = process.env.SSO_PORTAL_MOCK_ENTRA ?? join(targetDir, "debug", "mock-entra");

interface Addresses {
  idp_entity_id: string;
  sso_url: string;
  slo_url: string;
  metadata_url: string;
}

/** What the mock can do wrong: `end2end/mock-entra/src/fault/catalogue.rs` says what each does. */
export type Fault =
  | "none"
  | "wrong-audience"
  | "no-audience"
  | "wrong-recipient"
  | "wrong-destination"
  | "other-tenant"
  | "issuer-without-slash"
  | "other-issuer"
  | "other-certificate"
  | "next-certificate"
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "key-replaced"
  | "unsigned"
  | "altered"
  | "sha1"
  | "unknown-algorithm"
  | "encrypted-for-nobody"
  | "expired"
  | "not-yet-valid"
  | "clock-ahead"
  | "clock-behind"
  | "clock-three-minutes-ahead"
  | "clock-three-minutes-behind"
  | "implausible-date"
  | "replay"
  | "answers-other-request"
  | "answers-earlier-request"
  | "answers-foreign-request"
  | "unsolicited"
  | "idp-initiated-id"
  | "foreign-relay-state"
  | "hold"
  | "by-get"
  | "ws-federation"
  | "by-artifact"
  | "logout-answer"
  | "reply-url-mistyped"
  | "status-not-assigned"
  | "status-passive"
  | "status-no-authn-context"
  | "status-invalid-name-id-policy"
  | "status-request-unsupported"
  | "status-request-denied"
  | "status-authn-failed"
  | "status-unsupported-binding"
  | "status-requester"
  | "status-version-mismatch"
  | "status-other"
  | "stops-at-ad-fs"
  | "stops-at-google"
  | "stops-at-keycloak"
  | "stops-at-okta"
  | "logout-kept"
  | "stops-at-entra"
  | "no-name-id"
  | "empty-name-id"
  | "new-name-id"
  | "weaker-authn-context"
  | "transient-name-id"
  | "no-email"
  | "no-email-claim"
  | "email-no-address"
  | "empty-email"
  | "email-upper-case"
  | "email-plus"
  | "two-emails"
  | "email-twice"
  | "other-domain"
  | "guest"
  | "guest-persistent"
  | "guest-email"
  | "group-overage"
  | "groups-joined"
  | "many-groups"
  | "too-large"
  | "not-base64"
  | "compressed"
  | "not-xml"
  | "doctype"
  | "two-assertions";

/** What else can be set beside a fault. */
export interface FaultDetails {
  /** How far the clock is ahead; behind, if negative. */
  clock_skew_seconds?: number;
  /** The number that `stops-at-entra` stops with. */
  aadsts?: number;
  /** Whose responses it writes. */
  shape?: "entra" | "ad-fs" | "keycloak" | "okta";
}

/** What an admin fills in of an application, as far as tests need it. */
export interface Registration {
  identifier: string;
  reply_url: string;
  sign_on_url: string;
  logout_url: string;
}

/** Our mock of Entra ID, with own keys. */
export class MockEntra {
  private constructor(
    readonly url: string,
    readonly addresses: Addresses,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Certificate (Raw), as it was at the start. */
  get certificateFile(): string {
    return join(this.folder, "certificate.cer");
  }

  /** A team with this identity provider, as far as signing in needs it. */
  team(name: string): Team {
    const { idp_entity_id, sso_url } = this.addresses;
    return { name, idp_entity_id, sso_url, certificates: [this.certificateFile] };
  }

  static async start(): Promise<MockEntra> {
    const folder = mkdtempSync(join(tmpdir(), "mock-entra-"));
    const port = await freePort();
    const args = ["--listen", `127.0.0.1:${port}`, "--directory", folder];
    const child = spawn(binary, args, { stdio: "ignore" });
    const url = `http://localhost:${port}`;
    await answers(url);
    const addresses = JSON.parse(readFileSync(join(folder, "team.json"), "utf8")) as Addresses;
    return new MockEntra(url, addresses, child, folder);
  }

  /** Does that wrong from now on; `none` makes it good again. */
  async misbehave(fault: Fault, details: FaultDetails = {}): Promise<void> {
    await this.post("/api/faults", { fault, ...details });
  }

  /** Registers one application, which alone may ask from then on, and is told of sign-outs. */
  async register(app: Registration): Promise<void> {
    await this.post("/api/app", app);
  }

  /** Puts the next certificate into the federation metadata. */
  async createNextCertificate(): Promise<void> {
    await this.post("/api/certificates/next");
  }

  /** Signs with the next certificate from now on. */
  async activateNextCertificate(): Promise<void> {
    await this.post("/api/certificates/activate");
  }

  /** Where to download a certificate (Raw). */
  certificateUrl(which: "active" | "next" | "expired" | "future" | "other"): string {
    return `${this.url}/certificates/${which}.cer`;
  }

  private async post(path: string, state?: object): Promise<void> {
    const body = state && JSON.stringify(state);
    const response = await fetch(this.url + path, { method: "POST", body });
    if (response.status !== 204) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * Picks B.Simon on the mock's sign-in page. The page after it posts by itself, and where scripts
 * are off by its button: pressed beside the script, that would post the response twice.
 */
export async function signInAtEntra(page: Page, { scripts = true } = {}): Promise<void> {
  await page.getByRole("button", { name: /b\.simon/i }).first().click();
  if (!scripts) await page.getByRole("button", { name: /continue/i }).click();
}
