/** What an administrator does with one of a team's people: the person is in another browser. */
import { expect, test } from "@playwright/test";

import { form, signIn, submit } from "../support/admin";
import { MockEntra } from "../support/mock-entra";
import { failToSignIn, isSignedOut, signPersonIn } from "../support/people";
import { Portal } from "../support/portal";

let portal: Portal;
let entra: MockEntra;

test.beforeAll(async () => {
  portal = await Portal.start();
  entra = await MockEntra.start();
});

test.afterAll(async () => {
  await entra.stop();
  await portal.stop();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";

  test(`a person is found, signed out, kept out, let in again and erased, ${how} JavaScript`, async ({ browser }) => {
    test.setTimeout(90_000);
    const slug = portal.importTeam(entra.team(javaScriptEnabled ? "Contoso" : "Fabrikam"), `ada-${how}@contoso.example`);
    const people = `${portal.url}/teams/${slug}/people`;
    const person = await (await browser.newContext()).newPage();
    await signPersonIn(person, portal, slug);

    const admin = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signIn(admin, portal, `ada-${how}@contoso.example`);
    await admin.goto(people);
    await admin.locator("#search").fill("simon");
    await admin.locator("#search").press("Enter");
    await expect(admin).toHaveURL(/\/people\?.*search=simon/);
    const found = admin.locator(`td a[href^="/teams/${slug}/people/"]`);
    await expect(found).toHaveCount(1);
    await found.click();
    await expect(admin).toHaveURL(new RegExp(`/teams/${slug}/people/[^/?]+$`));
    await expect(admin.locator("main")).toContainText("b.simon@contoso.com");
    const page = admin.url();

    await test.step("the session ends in the person's browser, too", async () => {
      await submit(admin, "/api/people/end_session");
      await expect(form(admin, "/api/people/end_session")).toHaveCount(0);
      await isSignedOut(person, portal);
      await signPersonIn(person, portal, slug);
    });

    await test.step("deactivated, the person is refused, and the report says why", async () => {
      await submit(admin, "/api/people/deactivate");
      await expect(form(admin, "/api/people/reactivate")).toHaveCount(1);
      await isSignedOut(person, portal);
      const reference = await failToSignIn(person, portal, slug);
      await expect(person.locator("main")).toContainText("Your team has turned off your access here");
      await admin.goto(`${portal.url}/teams/${slug}/sign-ins/${reference}`);
      await expect(admin.locator("#finding-person-deactivated")).toBeVisible();
    });

    await test.step("reactivated, the person signs in again", async () => {
      await admin.goto(page);
      await submit(admin, "/api/people/reactivate");
      await expect(form(admin, "/api/people/deactivate")).toHaveCount(1);
      await signPersonIn(person, portal, slug);
    });

    await test.step("erased, the person is on no list, and signed out", async () => {
      await submit(admin, "/api/people/erase");
      await expect(admin).toHaveURL((url) => url.pathname === `/teams/${slug}/people`);
      await expect(admin.getByText("Nobody has signed in yet")).toBeVisible();
      await expect(found).toHaveCount(0);
      await isSignedOut(person, portal);
    });
    await person.context().close();
    await admin.context().close();
  });
}
