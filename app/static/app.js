// Keys, and small comforts. Every page is complete without this file.

const TYPES_TEXT = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";

// An element names its key with data-key; it is pressed, chosen, or given the focus.
function use(element) {
  if (element.matches(TYPES_TEXT)) {
    element.focus();
    return;
  }
  if (element.matches("input")) element.focus();
  element.click();
}

function keyOf(event) {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name;
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = keyOf(event);
  const anywhere = name === "Ctrl+Enter";
  if (!anywhere && (event.ctrlKey || event.metaKey || event.target.matches(TYPES_TEXT))) return;
  // Enter belongs to whatever has the focus; only where nothing has does it mean something here.
  if (name === "Enter" && document.activeElement !== document.body) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.split(" ").includes(name) && !element.disabled,
  );
  if (!found) return;
  event.preventDefault();
  use(found);
}

document.addEventListener("keydown", onKey);

for (const input of document.querySelectorAll("input[data-copy]")) {
  input.addEventListener("focus", () => input.select());
}

// Tell a change in the one place that screen readers listen to.
export function tell(words) {
  document.getElementById("live").textContent = words;
}
