/**
 * Provokes every fault of the mock identity provider, each in a team of its own that has what the fault
 * needs, and writes what the team's administrator is shown of it into the folder that is named, a text a
 * fault: `npx tsx findings.ts /tmp/findings`, or only some: `npx tsx findings.ts /tmp/findings replay hold`. They are read and graded by people who did not write the
 * words. Where a fault can come unprepared too, it is provoked once more: `<fault>.plain.txt`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Browser, type Page } from "@playwright/test";

import { signIn } from "./support/admin";
import { launchBrowser } from "./support/browser";
import { type Fault, MockEntra, signInAtEntra } from "./support/mock-entra";
import { Portal, type Team } from "./support/portal";

const [folder = "findings", ...only] = process.argv.slice(2);
const MULTI_FACTOR = "http://schemas.microsoft.com/claims/multipleauthn";

/** What must be so before a fault shows itself. */
interface Preparation {
  /** Settings of the team. */
  team?: Partial<Team>;
  /** A certificate of the mock's that the team holds beside the active one. */
  certificate?: "expired" | "future";
  /** The person signed in before, and all was well. */
  signedInBefore?: boolean;
  /** Somebody begins a sign-in at another team first. */
  otherTeamAsks?: boolean;
  /** The person signs out at the end. */
  signsOut?: boolean;
  /** It is also provoked without this. */
  alsoPlain?: boolean;
}

const PREPARED: Partial<Record<Fault, Preparation>> = {
  "certificate-expired": { certificate: "expired", alsoPlain: true },
  "certificate-not-yet-valid": { certificate: "future", alsoPlain: true },
  "other-domain": { team: { email_domains: "contoso.example" }, alsoPlain: true },
  "status-no-authn-context": { team: { authn_context: MULTI_FACTOR }, alsoPlain: true },
  "status-passive": { team: { is_passive: true }, alsoPlain: true },
  "status-invalid-name-id-policy": { team: { name_id_format: "persistent" }, alsoPlain: true },
  "weaker-authn-context": { team: { authn_context: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password" } },
  "guest-persistent": {},
  "new-name-id": { signedInBefore: true },
  replay: { signedInBefore: true },
  "answers-foreign-request": { otherTeamAsks: true },
  "foreign-relay-state": { team: { allow_idp_initiated: true } },
  "answers-earlier-request": { signedInBefore: true },
  "logout-kept": { signsOut: true },
};

/** Every fault with what it does, from the mock's own list. */
function faults(): { name: Fault; description: string }[] {
  const source = readFileSync("mock-entra/src/fault/catalogue.rs", "utf8");
  const rows = source.matchAll(/ = "([a-z0-9-]+)", (?:None|Some\("[a-z0-9-]+"\)),\s+"([^"]+)";/g);
  return [...rows].map(([, name, description]) => ({ name: name as Fault, description: description as string }));
}

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

interface Scene {
  browser: Browser;
  portal: Portal;
  entra: MockEntra;
}

/** A live team with an owner, whose name is the same as the team's. */
async function newTeam({ portal, entra }: Scene, name: string, prepared: Preparation): Promise<{ slug: string; owner: string }> {
  const certificates = [entra.certificateFile];
  if (prepared.certificate) {
    const file = join(folder, `${prepared.certificate}.cer`);
    const response = await fetch(entra.certificateUrl(prepared.certificate));
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    certificates.push(resolve(file));
  }
  const { idp_entity_id, sso_url, slo_url } = entra.addresses;
  const owner = `${name}@contoso.example`;
  const slug = portal.importTeam({ name, idp_entity_id, sso_url, slo_url, certificates, ...prepared.team }, owner);
  return { slug, owner };
}

/** A person signs in. What they see in the end. */
async function signsIn({ portal, entra }: Scene, person: Page, slug: string, fault: Fault): Promise<string> {
  await entra.misbehave("none");
  await person.goto(`${portal.url}/sso/${slug}`);
  await entra.misbehave(fault);
  await signInAtEntra(person);
  await person.waitForTimeout(1500);
  return person.locator("body").innerText();
}

async function provoke(scene: Scene, slug: string, fault: Fault, prepared: Preparation, other?: string): Promise<string> {
  const person = await newPage(scene.browser);
  if (other) await person.goto(`${scene.portal.url}/sso/${other}`);
  if (prepared.signedInBefore) {
    await signsIn(scene, person, slug, "none");
    await person.context().clearCookies();
  }
  let seen = await signsIn(scene, person, slug, fault);
  if (prepared.signsOut) {
    await person.goto(`${scene.portal.url}/me`);
    await person.getByRole("button", { name: /sign out/i }).first().click();
    await person.waitForTimeout(1500);
    seen += `\n\nAfter signing out:\n${await person.locator("body").innerText()}`;
  }
  await person.context().close();
  return seen;
}

/** The report that the person's reference leads to, or the newest one where they were shown none. */
async function openReport(admin: Page, portal: Portal, slug: string, seen: string): Promise<void> {
  const list = `${portal.url}/teams/${slug}/sign-ins`;
  const reference = /SSO-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(seen)?.[0];
  if (reference) {
    await admin.goto(`${list}/${reference}`);
  } else {
    await admin.goto(list);
    await admin.locator("table a", { hasText: /^SSO-/ }).first().click();
  }
  await admin.locator("h1").first().waitFor();
}

async function record(scene: Scene, file: string, description: string, fault: Fault, prepared: Preparation): Promise<void> {
  const team = await newTeam(scene, file.replace(".", "-"), prepared);
  const other = prepared.otherTeamAsks ? await newTeam(scene, `${fault}-other`, {}) : undefined;
  const seen = await provoke(scene, team.slug, fault, prepared, other?.slug);
  // the reference leads to the team that asked
  const { slug, owner } = other ?? team;
  const admin = await newPage(scene.browser);
  await signIn(admin, scene.portal, owner);
  await openReport(admin, scene.portal, slug, seen);
  const shown = await admin.locator("main").innerText();
  await admin.context().close();
  const settings = prepared.team ? `The team's settings: ${JSON.stringify(prepared.team)}\n` : "";
  const text = `# ${file}\n${description}\n${settings}\n## The person saw\n${seen}\n\n## The administrator is shown\n${shown}\n`;
  writeFileSync(join(folder, `${file}.txt`), text);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const scene = { browser, portal: await Portal.start(), entra: await MockEntra.start() };
  try {
    for (const { name, description } of faults()) {
      if (only.length > 0 && !only.includes(name)) continue;
      const prepared = PREPARED[name] ?? {};
      await record(scene, name, description, name, prepared);
      if (prepared.alsoPlain) await record(scene, `${name}.plain`, `${description} Unprepared.`, name, {});
    }
  } finally {
    await browser.close();
    await scene.entra.stop();
    await scene.portal.stop();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
