import { type Locator, type Page, expect } from "@playwright/test";

/** The farthest that anybody has to tab on a page. */
const MOST_TABS = 80;

/** Whether a ring or a shadow shows that the focus is on the element: its own, or its label's. */
function hasRing(element: Element): boolean {
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  return [element, ...labels].some((shown) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
}

/** Somebody without a mouse, who keeps count. */
export class KeyboardUser {
  clicks = 0;
  typed = 0;
  pasted = 0;

  constructor(private readonly page: Page) {}

  /** Moves the focus on until it is there, and sees that it shows. */
  private async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        await expect.poll(() => target.evaluate(hasRing), `${target} shows that the focus is there`).toBe(true);
        return;
      }
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${target} cannot be reached by the Tab key`);
  }

  async press(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press("Enter");
    this.clicks += 1;
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.type(text);
    this.typed += 1;
  }

  async paste(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.insertText(text);
    this.pasted += 1;
  }
}
