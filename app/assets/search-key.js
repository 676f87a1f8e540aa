// The key "/" leads to the page's search box: <input data-search-key>. Not while somebody types.

const box = document.querySelector("input[data-search-key]");
const TYPED_INTO = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!box || event.target.closest?.(TYPED_INTO)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
