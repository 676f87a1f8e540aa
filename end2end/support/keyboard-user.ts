import { type Browser, type Locator, type Page, expect } from "@playwright/test";

import { form, signIn } from "./admin";
import type { Portal } from "./portal";

/** The farthest that anybody has to tab on a page. */
const MOST_TABS = 80;
/** How often the key repeats while it is held down, until somebody looks where the focus is. */
const TABS_AT_ONCE = 8;
const NOTHING = "none";

/** How an element looks: whether it has the focus, whether it is in sight, and what of it can show the focus. */
function lookOf(element: Element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const parts = [1, 2, 3];
  const places = parts.flatMap((x) => parts.map((y) => [left + (x * (right - left)) / 4, top + (y * (bottom - top)) / 4] as const));
  const onTop = places.map(([x, y]) => document.elementFromPoint(x, y));
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  return {
    hasFocus: element === document.activeElement,
    isInSight: onTop.some((shown) => shown !== null && (element.contains(shown) || shown.contains(element))),
    indicators: [element, ...labels].flatMap((shown) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(shown);
      const isTransparent = /^rgba\(.*, 0\)$|\/ 0\)$/.test(outlineColor);
      const isDrawn = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && !isTransparent;
      return [isDrawn ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : "none", boxShadow];
    }),
  };
}

/** Whoever is there presses Tab no more. */
function stayOnceThere(element: Element): AbortController {
  const stop = new AbortController();
  const stay = (event: Event) => (event as KeyboardEvent).key === "Tab" && event.preventDefault();
  element.addEventListener("keydown", stay, { signal: stop.signal });
  return stop;
}

/** Somebody without a mouse, who keeps count. */
export class KeyboardUser {
  clicks = 0;
  typed = 0;
  pasted = 0;

  /** @param patience how long the focus may take to show (ms) */
  constructor(
    private readonly page: Page,
    private readonly patience = 5_000,
  ) {}

  /**
   * Moves the focus on, or back, until it is there. Sees that it is in sight (WCAG 2.4.11), and that it shows (2.4.7):
   * a shadow or an outline that is there without the focus does not count.
   */
  async tabTo(target: Locator, direction: "forwards" | "backwards" = "forwards"): Promise<void> {
    await expect(target).toBeVisible();
    let before = await target.evaluate(lookOf);
    const isThere = before.hasFocus;
    if (isThere) {
      await this.page.keyboard.press("Tab");
      before = await target.evaluate(lookOf);
    }
    await this.moveTo(target, isThere ? "backwards" : direction);
    const look = async () => {
      const { hasFocus, isInSight, indicators } = await target.evaluate(lookOf);
      return { hasFocus, isInSight, shows: indicators.some((now, at) => now !== NOTHING && now !== before.indicators[at]) };
    };
    const there = { hasFocus: true, isInSight: true, shows: true };
    await expect.poll(look, { message: `the focus is on ${target} and shows`, timeout: this.patience }).toEqual(there);
  }

  private async moveTo(target: Locator, direction: "forwards" | "backwards"): Promise<void> {
    const stop = await target.evaluateHandle(stayOnceThere);
    const tab = () => this.page.keyboard.press("Tab");
    if (direction === "backwards") await this.page.keyboard.down("Shift");
    for (let tabs = 0; tabs < MOST_TABS; tabs += TABS_AT_ONCE) {
      await Promise.all(Array.from({ length: TABS_AT_ONCE }, tab));
      if (await target.evaluate((element) => element === document.activeElement)) break;
    }
    if (direction === "backwards") await this.page.keyboard.up("Shift");
    await stop.evaluate((there) => there.abort());
  }

  /** Presses a button, follows a link, or opens what is folded away. */
  async press(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press("Enter");
    this.clicks += 1;
  }

  /** Ticks a box, or unticks it; chooses the option that the Tab key reaches of several. */
  async tick(box: Locator): Promise<void> {
    await this.tabTo(box);
    await this.page.keyboard.press("Space");
    this.clicks += 1;
  }

  /** Chooses from a list by the arrow keys; `option` is the beginning of what is shown. */
  async choose(list: Locator, option: string): Promise<void> {
    await this.tabTo(list);
    const chosen = () => list.evaluate((element: HTMLSelectElement) => element.selectedOptions[0]?.label ?? "");
    const count = await list.locator("option").count();
    await this.page.keyboard.press("Home");
    for (let steps = 0; steps < count; steps += 1) {
      if ((await chosen()).startsWith(option)) {
        this.clicks += 1;
        return;
      }
      await this.page.keyboard.press("ArrowDown");
    }
    throw new Error(`${list} has nothing that begins with "${option}"`);
  }

  /** Goes to a part of a team's pages, or of support's. */
  async goTo(part: string): Promise<void> {
    await this.press(this.page.locator(".side-nav").getByRole("link", { name: part, exact: true }));
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

  /** Fills in the form that posts to `action` by field name, and sends it; opens the step that asks first, if it is in one. */
  async submit(action: string, fields: Record<string, string> = {}): Promise<void> {
    const target = form(this.page, action).first();
    await this.unfold(target);
    for (const [name, text] of Object.entries(fields)) await this.type(target.locator(`[name="${name}"]`), text);
    await this.press(target.locator('button[type="submit"]:not([formaction])'));
  }

  /** Opens what something is folded away in. */
  async unfold(inside: Locator): Promise<void> {
    await inside.waitFor({ state: "attached" });
    const closed = inside.locator("xpath=ancestor::details[not(@open)]");
    for (let folded = await closed.count(); folded > 0; folded -= 1) {
      await this.press(closed.first().locator("> summary"));
      await expect(closed).toHaveCount(folded - 1);
    }
  }
}

/** A page of somebody's who is signed in already: only what comes after that is done by keyboard. */
export async function signedIn(browser: Browser, portal: Portal, email: string): Promise<Page> {
  const context = await browser.newContext();
  const before = await context.newPage();
  await signIn(before, portal, email);
  const page = await context.newPage();
  await before.close();
  return page;
}
