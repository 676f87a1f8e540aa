import type { Page } from "@playwright/test";

/**
 * Holds the WebAssembly back on its way to the page, as a slow network does, until what is
 * returned is called. Wait for "domcontentloaded" meanwhile: a page is not loaded without it.
 */
export async function holdWebAssembly(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}
