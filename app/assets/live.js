// Keeps the part of a page that has data-live up to date. Its value is the address of a stream
// that says when what is shown has changed; the part is then taken anew from the page's own
// address. Without this script there is a link that does the same by hand. What it says is in
// data-updated and data-newer of the line that says it.

const part = document.querySelector("[data-live]");
const state = document.querySelector("[data-live-state]");
const refresh = document.querySelector("[data-live-refresh]");
/** Says, on the page that was loaded anew, that it was this script, and where the focus was. */
const LOADED_ANEW = "live-loaded-anew";
/** How often a stream that was refused is asked for again, and after how long (ms). */
const TRIES = 5;
const PAUSE = 30_000;
/** How long another page may take to come once it was asked for (ms). */
const LEAVING = 10_000;

/** What the page shows, by the stream's own mark. */
let shown = part?.dataset.marker ?? null;
let wanted = shown;
let stream = null;
let updating = false;
let tries = 0;
/** What had the focus before the part was replaced or the page loaded anew, while it is not there. */
let lost = null;
/** When somebody last followed a link or sent a form (ms of this page). */
let leftAt = -LEAVING;

function say(words) {
  state.textContent = words;
  clearTimeout(say.timer);
  // "just now" is not true for long
  say.timer = setTimeout(() => (state.textContent = ""), 15_000);
}

function loadAnew() {
  // it would be in place of where somebody is going; if they stay after all, it is looked at again then
  const wait = leftAt + LEAVING - performance.now();
  clearTimeout(loadAnew.timer);
  if (wait > 0) return void (loadAnew.timer = setTimeout(update, wait));
  sessionStorage.setItem(LOADED_ANEW, JSON.stringify(sameAs(document.activeElement) ?? lost));
  location.reload();
}

const FIELDS = "input:not([type=hidden]), select, textarea";
const isTyping = () => part.contains(document.activeElement) && document.activeElement.matches(FIELDS);
/** Whether something was typed that would be lost. */
const isFilledIn = () => [...part.querySelectorAll(FIELDS)].some((field) => field.value !== (field.defaultValue ?? field.value));
const detailsOf = (root) => [...root.querySelectorAll("details")];
const name = (details) => details.id || details.querySelector("summary")?.textContent;
/** How the focused element is found again: by its ID, as a link by where it leads, or by what it alone says. */
function sameAs(element) {
  const where = part.contains(element) ? "[data-live] " : "";
  if (element.id) return { selector: `${where}#${CSS.escape(element.id)}` };
  if (element.hasAttribute("href")) return { selector: `${where}a[href="${CSS.escape(element.getAttribute("href"))}"]` };
  return element.matches("summary, button") ? { selector: where + element.localName, text: element.textContent } : null;
}

/** Gives the focus back to what lost it, if that is there. */
function focusAgain() {
  if (!lost) return;
  const { selector, text } = lost;
  const [first, ...more] = [...document.querySelectorAll(selector)].filter((one) => text === undefined || one.textContent === text);
  if (text === undefined || more.length === 0) first?.focus({ preventScroll: true });
  if (document.activeElement !== document.body) lost = null;
}

function replace(fresh) {
  const open = new Set(detailsOf(part).filter((details) => details.open).map(name));
  if (document.activeElement !== document.body) lost = part.contains(document.activeElement) ? sameAs(document.activeElement) : null;
  part.replaceChildren(...fresh.childNodes);
  for (const details of detailsOf(part)) details.open ||= open.has(name(details));
  focusAgain();
}

/** Nothing is taken from under the hands of somebody who types. */
function waits() {
  if (!isTyping() && !isFilledIn()) return false;
  refresh.hidden = false;
  state.textContent = state.dataset.newer;
  part.addEventListener("focusout", () => setTimeout(update), { once: true });
  return true;
}

async function update() {
  if (updating || wanted === shown || waits()) return;
  updating = true;
  const mark = wanted;
  try {
    // not something that its viewer does: the session may end of idleness all the same
    const answer = await fetch(location.href, { headers: { accept: "text/html", "x-background": "1" } });
    if (answer.redirected) return loadAnew();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (waits()) return;
    // copy buttons wake up only when a page is loaded
    if (!fresh || fresh.querySelector("leptos-island")) return loadAnew();
    shown = fresh.dataset.marker ?? mark;
    replace(fresh);
    say(state.dataset.updated);
  } catch (error) {
    // what cannot be had now is asked for when the stream next says something
    console.info(error.name);
  } finally {
    updating = false;
  }
  if (wanted !== mark) update();
}

function hear({ data }) {
  tries = 0;
  refresh.hidden = true;
  wanted = data;
  // a page that does not say what it shows was made just now
  shown ??= data;
  update();
}

function close() {
  stream?.close();
  stream = null;
  refresh.hidden = false;
}

function open() {
  if (stream || document.hidden) return;
  stream = new EventSource(part.dataset.live);
  stream.addEventListener("now", hear);
  stream.addEventListener("changed", hear);
  stream.addEventListener("error", () => {
    refresh.hidden = false;
    // a stream that has ended comes back by itself; one that was refused does not
    if (stream?.readyState !== EventSource.CLOSED) return;
    stream = null;
    tries += 1;
    if (tries < TRIES) setTimeout(open, PAUSE * tries);
  });
}

if (part) {
  const before = sessionStorage.getItem(LOADED_ANEW);
  if (before) {
    sessionStorage.removeItem(LOADED_ANEW);
    lost = JSON.parse(before);
    focusAgain();
    say(state.dataset.updated);
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("beforeunload", () => (leftAt = performance.now()));
  // a page that is kept for the way back holds no stream
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
