// Shows every moment of a page in the viewer's own zone, with UTC on hover, and days in the same
// notation. Whatever another script puts into the page later is shown so, too.

const TIMES = "time[datetime]";

function localise(time) {
  const date = new Date(time.dateTime);
  // one that has a title is shown so already
  if (time.title || Number.isNaN(date.getTime())) return;
  // a day is the same day in every zone
  const parts = time.dateTime.includes("T") ? { timeStyle: "short" } : { timeZone: "UTC" };
  time.title = time.textContent;
  time.textContent = date.toLocaleString("default", { dateStyle: "medium", ...parts });
}

function localiseAll(root) {
  if (root.matches(TIMES)) localise(root);
  for (const time of root.querySelectorAll(TIMES)) localise(time);
}

localiseAll(document.body);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element) localiseAll(node);
  }
}).observe(document.body, { childList: true, subtree: true });
