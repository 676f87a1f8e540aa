/**
 * How long the pages of the support desk take the portal as it ships, with as many teams as a large vendor
 * has. `script/bench support` runs this with a PostgreSQL server; `docs/performance.md` says what the figures
 * mean. Each page is asked for by one browser at a time, over a kept connection on this machine; the time is
 * from the request to the last byte of the answer.
 *
 *   npx tsx bench-support.ts [--teams N] [--people N] [--attempts N] [--requests N] [--only sqlite|postgres]
 */
import { Agent, get } from "node:http";
import { parseArgs } from "node:util";

import { type Page } from "@playwright/test";

import { signIn } from "./support/admin";
import { launchBrowser } from "./support/browser";
import { Portal } from "./support/portal";

const { values: options } = parseArgs({
  options: {
    teams: { type: "string", default: "100000" },
    people: { type: "string", default: "1000000" },
    attempts: { type: "string", default: "2000000" },
    requests: { type: "string", default: "100" },
    only: { type: "string" },
  },
});

const REVIEWER = "reviewer@krisp.example";
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Where a page is, by what it shows. */
type Pages = [name: string, path: string][];

/** The databases that are measured: the settings of each. */
function databases(): [name: string, settings: Record<string, string>][] {
  const postgres = process.env.SSO_PORTAL_TEST_POSTGRES;
  if (!postgres) throw new Error("SSO_PORTAL_TEST_POSTGRES is not set: run script/bench support");
  const all: [string, Record<string, string>][] = [
    ["SQLite", {}],
    ["PostgreSQL", { PORTAL_DATABASE_URL: postgres }],
  ];
  return all.filter(([name]) => !options.only || name.toLowerCase().startsWith(options.only));
}

/** Every page of the support desk, with searches for what the made-up teams have. */
async function pages(page: Page, portal: Portal): Promise<Pages> {
  const firstLink = async (path: string, links: string) => {
    await page.goto(`${portal.url}${path}`);
    return page.locator(links).first();
  };
  const team = await firstLink("/support/teams?certificate=ends-soon", 'td a[href^="/support/teams/"]');
  const [slug, number] = [(await team.getAttribute("href"))?.split("/").at(-1) ?? "", (await team.innerText()).split(" ")[2] ?? ""];
  const name = encodeURIComponent(await team.innerText());
  const waiting = (await (await firstLink("/support/teams?waiting=support", 'td a[href^="/support/teams/"]')).getAttribute("href")) ?? "";
  const report = (await (await firstLink("/support/sign-ins", 'td a[href*="SSO-"]')).getAttribute("href")) ?? "";
  const nextOf = async (path: string) => (await (await firstLink(path, 'a[rel="next"]')).getAttribute("href")) ?? "";
  const teams = (query: string) => `/support/teams?${query}`;
  return [
    ["overview", "/support"],
    ["all teams, first page", "/support/teams"],
    ["search: two letters", teams("q=no")],
    ["search: one letter", teams("q=c")],
    ["search: a word of every team", teams("q=owner%40")],
    ["search: a letter that many names begin with", teams("q=w")],
    ["search: a number", teams(`q=${number}`)],
    ["search: two words", teams("q=north+software")],
    ["search: a frequent and a rare word", teams(`q=owner%40+${number}`)],
    ["search: slug", teams(`q=${slug}`)],
    ["search: domain", teams("q=north-airlines")],
    ["search: entity ID of no team", teams("q=https%3A%2F%2Fsts.windows.net%2Fffffffff")],
    ["search: nothing found", teams("q=zzzz")],
    ["search: a reference", teams(`q=${report.split("/").at(-1)}`)],
    ["state: active", teams("state=active")],
    ["state: suspended", teams("state=suspended")],
    ["waiting for us, longest first", teams("waiting=support&sort=waiting")],
    ["waiting for them, longest first", teams("waiting=team&sort=waiting")],
    ["certificate ends within 30 days", teams("certificate=ends-soon")],
    ["certificate over", teams("certificate=over")],
    ["failing", teams("sign_ins=failing")],
    ["failing, suspended", teams("sign_ins=failing&state=suspended")],
    ["no sign-in for 30 days", teams("quiet=30")],
    ["identity provider: AD FS", teams("provider=ad-fs")],
    ["identity provider that no team has", teams("provider=shibboleth")],
    ["in set-up with a certificate that is over (none)", teams("state=draft&certificate=over")],
    ["sorted by last sign-in", teams("sort=last-sign-in")],
    ["sorted by longest without a sign-in", teams("sort=quiet")],
    ["two letters, filtered, sorted", teams("q=no&state=active&certificate=ends-soon&sort=quiet")],
    ["second page, sorted and filtered", await nextOf(teams("sort=last-sign-in&state=active"))],
    ["reminders, previewed", "/support/teams/bulk?action=remind&certificate=ends-soon"],
    ["suspensions, previewed", "/support/teams/bulk?action=suspend&q=no"],
    ["a team", `/support/teams/${slug}`],
    ["a team in review, with its checklist", waiting],
    ["a new team", "/support/teams/new"],
    ["all sign-ins", "/support/sign-ins"],
    ["all sign-ins, second page", await nextOf("/support/sign-ins")],
    ["failed sign-ins", "/support/sign-ins?outcome=failed"],
    ["sign-ins that failed today", `/support/sign-ins?outcome=failed&from=${new Date().toISOString().slice(0, 10)}`],
    ["sign-ins of one finding", "/support/sign-ins?finding=wrong-audience"],
    ["sign-ins of an address", "/support/sign-ins?person=a"],
    ["sign-ins of a team, by its name", `/support/sign-ins?team=${name}`],
    ["tests", "/support/sign-ins?kind=tests"],
    ["a report", report],
    ["audit", "/support/audit?team=all"],
    ["undelivered mail", "/support/mail"],
    ["applications", "/support/applications"],
    ["support accounts", "/support/accounts"],
  ];
}

/** Asks for a page and reads it to its end; answers with how long that took, in milliseconds. */
function ask(url: string, cookie: string, address: string): Promise<number> {
  return new Promise((done, fail) => {
    const begun = performance.now();
    const request = get(url, { agent, headers: { cookie, "x-forwarded-for": address } }, (answer) => {
      answer.resume();
      answer.on("error", fail);
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        // a search for a reference leads to its report
        if (status === 200 || (status >= 301 && status <= 308 && !answer.headers.location?.includes("/login"))) done(performance.now() - begun);
        else fail(new Error(`${url} answered ${status}`));
      });
    });
    request.on("error", fail);
  });
}

/** Opens a page again and again; answers with how long each time took, the shortest first. */
async function measure(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < Number(options.requests); number += 1) {
    // what one address asks too often is refused
    times.push(await ask(url, cookie, `10.0.${Math.floor(number / 250)}.${(number % 250) + 1}`));
  }
  return times.sort((one, other) => one - other);
}

const percentile = (sorted: number[], percent: number) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;

async function bench(name: string, settings: Record<string, string>): Promise<void> {
  const portal = await Portal.start({ ...settings, PORTAL_CLIENT_IP_HEADER: "x-forwarded-for" });
  const browser = await launchBrowser();
  try {
    const begun = performance.now();
    portal.cli(["demo-data", "--teams", options.teams, "--people", options.people, "--attempts", options.attempts]);
    const seconds = Math.round((performance.now() - begun) / 1000);
    portal.createAccount(REVIEWER, "--role", "administrator");
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, portal, REVIEWER);
    const asked = await pages(page, portal);
    const cookie = (await context.cookies(portal.url)).map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
    // its last page would listen for news
    await context.close();
    console.log(`\n${name}: ${options.teams} teams, ${options.people} people, ${options.attempts} sign-ins, made in ${seconds} s; ${options.requests} requests a page\n`);
    console.log("| page | p50 | p95 |\n| --- | --- | --- |");
    for (const [what, path] of asked) {
      const times = await measure(`${portal.url}${path}`, cookie);
      console.log(`| ${what} | ${percentile(times, 50).toFixed(1)} ms | ${percentile(times, 95).toFixed(1)} ms |`);
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
}

async function main(): Promise<void> {
  // one database after the other, each with the machine to itself
  for (const [name, settings] of databases()) await bench(name, settings);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
