// Shows every moment of a page in the viewer's own zone, with UTC on hover. Days stay as they
// are. Whatever another script puts into the page later is shown so, too.

const MOMENTS = "time[datetime*='T']";

function localise(time) {
  const date = new Date(time.dateTime);
  // one that has a title is shown in the viewer's zone already
  if (time.title || Number.isNaN(date.getTime())) return;
  time.title = time.textContent;
  time.textContent = date.toLocaleString("default", { dateStyle: "medium", timeStyle: "short" });
}

function localiseAll(root) {
  if (root.matches(MOMENTS)) localise(root);
  for (const time of root.querySelectorAll(MOMENTS)) localise(time);
}

localiseAll(document.body);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element) localiseAll(node);
  }
}).observe(document.body, { childList: true, subtree: true });
