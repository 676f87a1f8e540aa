import { type Page, expect } from "@playwright/test";

import { signInAtEntra } from "./mock-entra";
import type { Portal } from "./portal";

/** Signs a person in, as far as the answer of the identity provider. */
export async function comeIn(person: Page, portal: Portal, slug: string): Promise<void> {
  await person.goto(`${portal.url}/sso/${slug}`);
  await signInAtEntra(person);
}

/** The same, to the end. */
export async function signPersonIn(person: Page, portal: Portal, slug: string): Promise<void> {
  await comeIn(person, portal, slug);
  await expect(person).toHaveURL(`${portal.url}/me`);
}

/** A sign-in that is refused; answers with the reference that the person is shown. */
export async function failToSignIn(person: Page, portal: Portal, slug: string): Promise<string> {
  await comeIn(person, portal, slug);
  return (await person.locator(".reference").innerText()).trim();
}

export async function isSignedOut(person: Page, portal: Portal): Promise<void> {
  await person.goto(`${portal.url}/me`);
  await expect(person).toHaveURL(`${portal.url}/sso`);
}
