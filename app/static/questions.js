// Questions in the form of a check: which source an answer was read from follows what is typed above.

const form = document.querySelector("form[data-draft]");

function nameOf(row) {
  const legend = row.querySelector("legend").textContent.trim();
  const told = ["title", "url"].map((part) => row.querySelector(`[name$="-${part}"]`).value.trim());
  const title = told.find((text) => text);
  return title ? `${legend} – ${title.slice(0, 60)}` : legend;
}

// Sources that were added or named since the page was made.
function follow({ target }) {
  if (!target.matches("[name^=questions-][name$=-source]")) return;
  for (const row of form.querySelectorAll(".source")) {
    const number = row.id.split("-")[1];
    const there = [...target.options].find((option) => option.value === number);
    if (there) there.text = nameOf(row);
    else target.add(new Option(nameOf(row), number));
  }
}

// Rows are made by the desk: of what is put back, those that this page lacks are kept unseen until then.
function makeRoom({ target }) {
  if (target.dataset.do !== "restore") return;
  const kept = localStorage.getItem(`assay:check:${location.pathname.split("/").pop()}`);
  for (const [name] of JSON.parse(kept)?.fields ?? []) {
    if (!name.startsWith("questions-") || form.elements[name]) continue;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
  }
}

if (form) {
  form.addEventListener("focusin", follow);
  document.getElementById("kept")?.addEventListener("click", makeRoom, { capture: true });
}
