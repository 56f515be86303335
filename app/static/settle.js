// Says how long the short wording is while it is typed; the server counts again.

for (const field of document.querySelectorAll("[data-count]")) {
  const hint = document.getElementById(`${field.id}-hint`);
  const said = hint.querySelector("[data-typed]");
  field.addEventListener("input", () => {
    const typed = [...field.value.trim()].length;
    said.textContent = typed;
    said.parentElement.hidden = false;
    hint.classList.toggle("error", typed > Number(field.dataset.count));
  });
}
