// Copies the text of another element: <button data-copy="its ID" data-copied="what it says then" hidden>.
// Without a clipboard (plain http on another machine) the buttons stay hidden: the text stands there.

const CONFIRMATION_TIME = 2000;

function enable(button) {
  const source = document.getElementById(button.dataset.copy);
  const status = document.getElementById(`${button.dataset.copy}-status`);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, CONFIRMATION_TIME);
  });
}

if (navigator.clipboard) for (const button of document.querySelectorAll("button[data-copy]")) enable(button);
