// The key "/" leads to the search box of support's pages, <input data-search-key>, or to the page that has it. Not
// while somebody types.

const PAGE = "/support/teams#q";
const TYPED_INTO = "input, textarea, select, [contenteditable]";
const box = document.querySelector("input[data-search-key]");

/** What is sent to be kept; what a list is filtered by is not. */
const KEPT = "form[method=post] :is(input:not([type=hidden]), textarea)";

/** Whether something was typed that would be lost with the page. */
const isFilledIn = () => [...document.querySelectorAll(KEPT)].some((field) => field.value !== field.defaultValue);

function focus() {
  box.focus();
  box.select();
}

// by the key from a page without a box
if (box && location.hash === "#q") focus();

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPED_INTO)) return;
  event.preventDefault();
  if (box) focus();
  else if (!isFilledIn()) location.assign(PAGE);
});
