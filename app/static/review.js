// The page of a check: what is typed is kept while it is typed, first in this browser, then on the
// desk. Nothing here sends a check, and nothing renders the form anew.

const form = document.querySelector("form[data-draft]");
const chip = document.getElementById("chip");
const PAUSE_MS = 600;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];
const WAIT_FOR_DRAFT_MS = 3000;
const WAIT_FOR_ANSWER_MS = 15000;
const IDLE_MS = 60000;
const KEEP_MS = 30 * 24 * 3600 * 1000;
const PREFIX = "assay:check:";
// What changes by itself, and is no work of the reviewer's.
const NOT_TYPED = /^(csrf_token|key|base_version|draft_version|started_at|active_seconds|skip_.*)$/;

// What this browser keeps until the desk has it; where it may keep nothing, the desk still gets it.

const here = PREFIX + location.pathname.split("/").pop();
function inBrowser(does, otherwise) {
  try {
    return does(localStorage);
  } catch {
    return otherwise;
  }
}
const read = (place) => inBrowser((kept) => JSON.parse(kept.getItem(place)), null);
const drop = (place) => inBrowser((kept) => kept.removeItem(place));
const places = () => inBrowser((kept) => Object.keys(kept).filter((name) => name.startsWith(PREFIX)), []);

const typed = () => [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name));
const said = (fields) => JSON.stringify(fields.filter(([, text]) => text.trim()));
const clock = (time) => new Date(time).toTimeString().slice(0, 5);

function show(state, value) {
  chip.textContent = chip.dataset[state].replace("%s", value);
  chip.className = `chip ${state}`;
}

// Keeping

let changes = 0;
let onDesk = 0; // as of which change the desk has it
let failures = 0;
let timer = 0;
let running = null;
let isLeaving = false;
let isBehind = false; // another window has a newer draft

function touched() {
  changes += 1;
  const entry = JSON.stringify({ at: Date.now(), fields: typed() });
  inBrowser((kept) => kept.setItem(here, entry));
  schedule(PAUSE_MS);
}

function schedule(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

function save() {
  clearTimeout(timer);
  if (running || isBehind || isLeaving || onDesk === changes) return;
  running = post().finally(() => {
    running = null;
    if (onDesk !== changes && !failures) schedule(PAUSE_MS);
  });
}

async function post() {
  const upTo = changes;
  show("saving", "");
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" });
    if (answer.status === 204) keptOnDesk(upTo, answer.headers.get("Draft-Version"));
    else if (answer.status === 409) otherWindow();
    else keptHere(answer.status === 401 ? form.dataset.signedOut : "");
  } catch {
    keptHere("");
  }
}

function keptOnDesk(upTo, version) {
  [onDesk, failures] = [upTo, 0];
  form.elements.draft_version.value = version;
  if (onDesk !== changes) return;
  drop(here);
  notice("");
  show("saved", clock(Date.now()));
}

function keptHere(words) {
  show("kept", places().length || 1);
  if (!failures || words) document.getElementById("live").textContent = words || chip.textContent;
  if (words) notice(words);
  schedule(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

function otherWindow() {
  isBehind = true;
  keptHere(form.dataset.newer);
}

// Said in sight, beside the form; what it said before is over.
function notice(words) {
  document.querySelector(".toast")?.remove();
  if (!words) return;
  const line = document.createElement("p");
  line.className = "notice bad toast";
  line.textContent = words;
  form.before(line);
}

// A check is sent after the draft that is under way, which would else come back behind it. Without a
// connection the browser would put a page of its own in place of the form.
function onSubmit(event) {
  if (!navigator.onLine || (running && !isLeaving)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!navigator.onLine) {
      touched();
      return keptHere(form.dataset.offline);
    }
    const enough = new Promise((resolve) => setTimeout(resolve, WAIT_FOR_DRAFT_MS));
    Promise.race([running, enough]).then(() => {
      isLeaving = true;
      form.requestSubmit(event.submitter);
    });
    return;
  }
  isLeaving = true;
  setTimeout(() => (isLeaving = false), WAIT_FOR_ANSWER_MS);
}

// Coming back: what never reached the desk is offered, and nothing is put in by itself

function offerBack() {
  const entry = read(here);
  if (!entry || said(entry.fields) === said(typed())) return drop(here);
  const bar = document.getElementById("kept");
  const line = bar.querySelector("p");
  line.textContent = line.dataset.text.replace("%s", clock(entry.at));
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    if (target.dataset.do === "restore") restore(entry.fields);
    if (target.dataset.do === "discard") drop(here);
    if (target.dataset.do) bar.hidden = true;
  });
}

function restore(fields) {
  const told = new Map(fields);
  while (told.has(`sources-${numberOf(rows().at(-1)) + 1}-url`)) addRow();
  for (const field of form.elements) {
    if (!field.name || field.type === "submit" || NOT_TYPED.test(field.name)) continue;
    if (field.type === "radio") field.checked = told.get(field.name) === field.value;
    else if (field.type === "checkbox") field.checked = told.has(field.name);
    else field.value = told.get(field.name) ?? "";
  }
  touched();
}

function forgetOld() {
  const given = document.querySelector("[data-given]");
  if (given) drop(PREFIX + given.dataset.given);
  for (const place of places()) {
    if (!(Date.now() - read(place)?.at < KEEP_MS)) drop(place);
  }
}

// Rows of sources

const rows = () => [...form.querySelectorAll(".source")];
const numberOf = (row) => Number(row.id.split("-")[1]);
const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isSearch = (row) => row.matches(".search");
const isFree = (row) => !isSearch(row) && ["url", "title", "quote"].every((name) => !part(row, name).value.trim());
const freeRow = () => rows().find(isFree) ?? addRow();

function addRow() {
  const last = rows().at(-1);
  const model = rows().findLast((row) => !isSearch(row));
  const [from, to] = [numberOf(model), numberOf(last) + 1];
  const row = model.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      element.setAttribute(name, value.replace(`sources-${from}`, `sources-${to}`).replace(/^(copy|remove-source)-\d+$/, `$1-${to}`));
    }
    element.removeAttribute("aria-invalid");
    if (element.matches("input, textarea")) element.value = "";
    if (element.matches(".error, .found")) element.remove();
  }
  for (const [name, usual] of [["stance", "context"], ["answers", "so"], ["kind", "web"], ["record", "on-record"], ["translated_by", ""], ["source_type", ""]]) {
    part(row, name).value = usual;
  }
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, rows().length + 1);
  last.after(row);
  return row;
}

function onPress(event) {
  const button = event.target.closest("[value=add-source], [data-fill]");
  if (!button) return;
  event.preventDefault();
  const row = freeRow();
  const parts = Object.entries(JSON.parse(button.dataset.fill ?? "{}"));
  for (const [name, text] of parts) part(row, name).value = text;
  if (parts.length) touched();
  part(row, parts.length ? "stance" : "url").focus();
  row.scrollIntoView({ block: "nearest" });
}

// Time with the check: seconds, as long as something was done within the last minute

function count() {
  let last = Date.now();
  for (const name of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    addEventListener(name, () => (last = Date.now()), { passive: true, capture: true });
  }
  setInterval(() => {
    if (document.hidden || Date.now() - last > IDLE_MS) return;
    form.elements.active_seconds.value = Number(form.elements.active_seconds.value) + 1;
  }, 1000);
}

// The claim at a third of the height of the article
const mark = document.getElementById("here");
const side = mark?.closest(".article-side");
if (side && !location.hash) {
  side.scrollTop += mark.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
}

if (form) {
  form.addEventListener("input", touched);
  form.addEventListener("focusout", save);
  form.addEventListener("click", onPress);
  form.addEventListener("submit", onSubmit);
  addEventListener("online", save);
  addEventListener("pageshow", () => (isLeaving = false));
  document.addEventListener("visibilitychange", save);
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && onDesk !== changes) event.preventDefault();
  });
  forgetOld();
  // The way back may lead to the page as it first came, without what was saved on it since.
  if (!("unsaved" in form.dataset) && performance.getEntriesByType("navigation")[0]?.type === "back_forward") location.reload();
  offerBack();
  count();
  if ("unsaved" in form.dataset) touched();
}
