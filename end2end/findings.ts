/**
 * Provokes every fault of the mock identity provider and writes what the team's administrator is shown
 * of each into the folder that is named, a text a fault: `npx tsx findings.ts /tmp/findings`. They are
 * read and graded by people who did not write the words.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Browser, type Page, chromium } from "@playwright/test";

import { signIn } from "./support/admin";
import { type Fault, MockEntra, signInAtEntra } from "./support/mock-entra";
import { Portal } from "./support/portal";

const folder = process.argv[2] ?? "findings";
const ADMIN = "ada@contoso.example";

/** Every fault with what it does, from the mock's own list. */
function faults(): { name: Fault; description: string }[] {
  const source = readFileSync("mock-entra/src/fault/catalogue.rs", "utf8");
  const rows = source.matchAll(/ = "([a-z0-9-]+)", (?:None|Some\("[a-z0-9-]+"\)),\s+"([^"]+)";/g);
  return [...rows].map(([, name, description]) => ({ name: name as Fault, description: description as string }));
}

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** A person signs in while the mock does that wrong. What they see in the end. */
async function provoke(browser: Browser, entra: MockEntra, signOnUrl: string, fault: Fault): Promise<string> {
  const person = await newPage(browser);
  await entra.misbehave("none");
  await person.goto(signOnUrl);
  await entra.misbehave(fault);
  await signInAtEntra(person);
  await person.waitForTimeout(1500);
  const seen = await person.locator("body").innerText();
  await person.context().close();
  return seen;
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const portal = await Portal.start();
  const entra = await MockEntra.start();
  try {
    const slug = portal.importTeam(
      {
        name: "Contoso",
        idp_entity_id: entra.addresses.idp_entity_id,
        sso_url: entra.addresses.sso_url,
        certificates: [entra.certificateFile],
      },
      ADMIN,
    );
    const admin = await newPage(browser);
    await signIn(admin, portal, ADMIN);
    for (const { name, description } of faults()) {
      const seen = await provoke(browser, entra, `${portal.url}/sso/${slug}`, name);
      await admin.goto(`${portal.url}/teams/${slug}/sign-ins`);
      await admin.locator("table a", { hasText: /^SSO-/ }).first().click();
      await admin.locator("h1").first().waitFor();
      const shown = await admin.locator("main").innerText();
      const text = `# ${name}\n${description}\n\n## The person saw\n${seen}\n\n## The administrator is shown\n${shown}\n`;
      writeFileSync(join(folder, `${name}.txt`), text);
    }
  } finally {
    await browser.close();
    await entra.stop();
    await portal.stop();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
