// Keys, rows of a list, one press at a time. Every page is complete without
// this file. Elements name their keys in data-key; app/web/keys.py holds the table.

const TYPES_TEXT =
  "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button], [type=hidden])";
const SHUT_AGAIN_MS = 15000;

// Tell a change in the one place that screen readers listen to.
function tell(words) {
  document.getElementById("live").textContent = words;
}

const typesText = (element) => element instanceof Element && element.matches(TYPES_TEXT);
const isSeen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

// The name of a key as the table writes it. Letters go by their place where the layout has others.
function keyOf(event) {
  let name = event.key;
  if (name.length === 1 && name.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(event.code)) {
    name = event.code[3];
  }
  if (name.length === 1) name = name.toLowerCase();
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name;
}

const rows = () => [...document.querySelectorAll("[data-row]")].filter(isSeen);
const rowOf = (element) => element?.closest?.("[data-row]");

// The element that a key means: in the row that has the focus, else the first on the page.
function named(name) {
  const all = [...document.querySelectorAll("[data-key]")].filter(
    (e) => e.dataset.key.split(" ").includes(name) && !e.disabled && isSeen(e),
  );
  const here = rowOf(document.activeElement);
  return all.find((e) => rowOf(e) && rowOf(e) === here) ?? all.find((e) => !rowOf(e)) ?? all[0];
}

// Press, choose or go to an element; it takes no focus that would swallow the next key.
function use(element) {
  if (typesText(element)) {
    element.focus();
    return;
  }
  // What is written in the form of a check stays in sight: the keys are shown beside it.
  if (element.matches(".help") && document.querySelector("form[data-draft]")) {
    return void open(element.href, "_blank", "noopener");
  }
  element.click();
  if (element.matches("input")) {
    tell(element.labels[0]?.textContent.trim() ?? "");
    element.closest("fieldset")?.scrollIntoView({ block: "nearest" });
  }
  if (element.matches("summary") && element.parentElement.open) {
    element.parentElement.querySelector("input, textarea, button")?.focus();
  }
  const target = element.getAttribute("href")?.match(/^#(.+)/);
  if (target) document.getElementById(target[1])?.focus();
}

function step(by) {
  const all = rows();
  const here = all.indexOf(rowOf(document.activeElement));
  const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function steps(name) {
  const list = document.querySelector("[data-rows]")?.dataset ?? {};
  if (name === "ArrowDown" || name === list.next) return 1;
  if (name === "ArrowUp" || name === list.previous) return -1;
  return 0;
}

// Out of a field, or out of what was opened.
function leave(event) {
  const open = event.target.closest?.("details[open]");
  if (typesText(event.target)) event.target.blur();
  else if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
}

// In the form of a check a lone Enter presses nothing by itself, only what its part names.
function enterInField(event) {
  if (!event.target.matches("form[data-draft] input, form[data-draft] select")) return;
  event.preventDefault();
  event.target.closest("[data-enter]")?.querySelector("button")?.click();
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = keyOf(event);
  if (name === "Escape") return leave(event);
  if (name === "Enter") enterInField(event);
  const anywhere = name === "Ctrl+Enter";
  if (!anywhere && (event.ctrlKey || event.metaKey || typesText(event.target))) return;
  if (event.shiftKey && /^[a-z]$/.test(name)) return;
  if (event.repeat && !name.startsWith("Arrow")) return;
  // Enter belongs to whatever has the focus; only where nothing has does it mean something here.
  if (name === "Enter" && !document.activeElement.matches("body, main, [data-row]")) return;
  const found = named(name);
  if (found) {
    event.preventDefault();
    use(found);
  } else if (steps(name) && rows().length && !event.target.matches("input")) {
    event.preventDefault();
    step(steps(name));
  }
}

// One press sends a form once. The page goes on only when the server has answered.
function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  // After the browser has read the form: a disabled button would not be part of it.
  setTimeout(() => shut(form, true));
  setTimeout(() => shut(form, false), SHUT_AGAIN_MS);
}

function shut(form, isShut) {
  if (!isShut) delete form.dataset.sent;
  for (const button of form.elements) {
    if (button.type === "submit") button.disabled = isShut;
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
addEventListener("pageshow", () => {
  for (const form of document.forms) shut(form, false);
});
for (const input of document.querySelectorAll("[data-copy]")) {
  input.addEventListener("focus", () => input.select());
}

// On a phone the pages of a project stand in one row: the one that is open is in sight.
const current = document.querySelector(".pages [aria-current]")?.getBoundingClientRect();
const row = document.querySelector(".pages");
if (current) row.scrollBy(current.left + current.width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2, 0);
