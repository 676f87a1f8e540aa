// Closes an open menu of the top bar, <details class="switcher">, when somebody leaves it, and by Escape, which gives
// the focus back to what opened it.

const OPEN = "details.switcher[open]";

function closeAllButAround({ target }) {
  for (const menu of document.querySelectorAll(OPEN)) menu.open = menu.contains(target);
}

document.addEventListener("focusin", closeAllButAround);
// what cannot have the focus is clicked, too
document.addEventListener("click", closeAllButAround);
document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector(OPEN);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
