// The ends of the chosen claim as two handles: dragged from word to word, or moved with the arrow
// keys. They are saved by the form of /claims/<id>/ends, so that all its rules hold; without this
// file that page does what is done here.

import { draggable, put, putNear } from "./handles.js";
import { between, leap, rangeOf, readWords, selectedWord, text, words } from "./places.js";
import { askOfWording, plain, sendEnds } from "./saving.js";

const list = document.querySelector(".claim-list");
const parts = document.getElementById("ends");
const QUIET_MS = 600;
let [chosen, waiting, bar, handles] = [null, 0];

const tell = (said) => (document.getElementById("live").textContent = said);
const say = (said, isSignedOut = false) => {
  bar.querySelector("[data-sign-in]").hidden = !isSignedOut;
  tell((bar.querySelector("[data-said]").textContent = said));
};
const isMoved = () => chosen && (chosen.now.start !== chosen.was.start || chosen.now.end !== chosen.was.end);

// A claim whose ends were moved stays chosen until that is saved or taken back.
function choose(card) {
  if (chosen?.card === card) return;
  if (isMoved()) return say(parts.dataset.first);
  chosen?.card.classList.remove("chosen");
  if (card && !words.length) readWords();
  const was = card?.dataset.place && between(...card.dataset.place.split(" ").map(Number));
  chosen = was ? { card, was, now: { ...was }, form: null } : null;
  chosen?.card.classList.add("chosen");
  draw();
}

function draw() {
  for (const part of [...handles, bar]) part.hidden = !chosen;
  CSS.highlights?.clear();
  if (!chosen) return;
  const range = rangeOf(chosen.now);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const isRtl = getComputedStyle(words[chosen.now.start].p).direction === "rtl";
  for (const handle of handles) {
    const { edge } = handle.dataset;
    const box = edge === "start" ? boxes[0] : boxes.at(-1);
    put(handle, box[(edge === "start") === isRtl ? "right" : "left"], box.top);
    handle.style.setProperty("height", `${box.height}px`);
    handle.setAttribute("aria-valuenow", chosen.now[edge]);
    handle.setAttribute("aria-valuemax", words.length - 1);
    handle.setAttribute("aria-valuetext", words[chosen.now[edge]].said);
  }
  bar.hidden = !isMoved();
  putNear(bar, boxes[0], boxes.at(-1));
  if (window.Highlight) mark(range);
}

function mark(range) {
  const steps = (chosen.card.dataset.steps ?? "").split(" ").filter(Boolean);
  const named = steps.map((step) => between(...step.split("-").map(Number))).filter(Boolean);
  CSS.highlights.set("claim-said", new Highlight(...named.map(rangeOf)));
  CSS.highlights.set("claim-now", new Highlight(range));
}

function move(edge, to) {
  const { start, end } = chosen.now;
  chosen.now[edge] = edge === "start" ? Math.max(0, Math.min(end, to)) : Math.max(start, Math.min(words.length - 1, to));
  bar.querySelector("[data-said]").textContent = "";
  draw();
  clearTimeout(waiting);
  waiting = setTimeout(() => tell(rangeOf(chosen.now).toString()), QUIET_MS);
}

function takeBack() {
  if (!isMoved()) return chosen.card.focus();
  chosen.now = { ...chosen.was };
  draw();
  tell(parts.dataset.back);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { edge } = event.currentTarget.dataset;
  const on = getComputedStyle(words[chosen.now[edge]].p).direction === "rtl" ? -1 : 1;
  const by = { ArrowRight: on, ArrowLeft: -on, ArrowUp: -1, ArrowDown: 1 }[event.key];
  const link = event.key.length === 1 && chosen.card.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (by) move(edge, event.shiftKey ? leap(edge, chosen.now[edge], by) : chosen.now[edge] + by);
  else if (event.key === "Enter") save();
  else if (event.key === "Escape") takeBack();
  else if (link) link.click();
  else return;
  event.preventDefault();
}

// What the letters are counted in, and which version of the claim was moved.
function shown() {
  const { snapshot } = parts.dataset;
  return { snapshot, stands_in: snapshot, version: chosen.card.dataset.version };
}

async function save() {
  if (!isMoved() || chosen.isBusy) return;
  chosen.isBusy = true;
  say(parts.dataset.saving);
  try {
    const address = parts.dataset.address.replace("@", chosen.card.dataset.id);
    const { isSaved, page, form, stays } = await sendEnds(address, { ...chosen, shown: shown() });
    if (isSaved) return done(page, chosen.card.id, stays);
    // What was moved stays; saved again, it stands on top of what the answer shows.
    chosen.form = form;
    const why = page.querySelector(".error-summary li") ?? page.querySelector("h1");
    if (page.querySelector("[type=password]")) say(parts.dataset.signedOut, true);
    else say(`${plain(why.textContent)} ${form ? parts.dataset.again : ""}`);
  } catch {
    say(parts.dataset.failed);
  }
  chosen.isBusy = false;
}

// The answer is the article as it is now: its text and its list take the place of these.
function done(page, id, stays) {
  const { edge } = document.activeElement.dataset;
  const ticked = [...list.querySelectorAll("[name=claim]:checked")].map((box) => box.value);
  text.replaceChildren(...page.querySelector("[data-article-text]").childNodes);
  list.replaceChildren(...page.querySelector(".claim-list").childNodes);
  for (const box of list.querySelectorAll("[name=claim]")) box.checked = ticked.includes(box.value);
  chosen = null;
  readWords();
  choose(document.getElementById(id));
  handles.find((handle) => handle.dataset.edge === edge)?.focus();
  if (stays) askOfWording(chosen.card, parts.dataset.stays);
  tell(`${parts.dataset.saved} ${stays ? parts.dataset.stays : ""}`);
}

// The form of splitting opens at the selected word, or behind the end that was just moved.
function onSplit(link) {
  const place = selectedWord() >= 0 ? selectedWord() : isMoved() && chosen.now.end + 1;
  if (chosen) chosen.now = { ...chosen.was };
  if (words[place]) link.search += `&at=${words[place].start}`;
}

if (text && list && parts) {
  const made = parts.content.cloneNode(true);
  handles = [...made.querySelectorAll("[data-edge]")];
  bar = made.querySelector(".ends-bar");
  text.after(made);
  for (const handle of handles) {
    handle.addEventListener("keydown", onKey);
    draggable(handle, (to) => move(handle.dataset.edge, to));
    handle.addEventListener("click", () => handle.focus());
  }
  bar.querySelector("[data-do=save]").addEventListener("click", save);
  bar.querySelector("[data-do=back]").addEventListener("click", takeBack);
  list.addEventListener("focusin", (event) => choose(event.target.closest(".claim-card")));
  list.addEventListener("click", (event) => event.target.matches("[data-split]") && onSplit(event.target));
  text.addEventListener("click", (event) => {
    const id = event.target.closest("mark.claim")?.dataset.claims.split(" ").at(-1);
    if (id && getSelection().isCollapsed) document.getElementById(`claim-${id}`)?.focus({ preventScroll: true });
  });
  addEventListener("resize", draw);
  addEventListener("beforeunload", (event) => isMoved() && event.preventDefault());
  addEventListener("hashchange", () => choose(list.querySelector(":target")));
  choose(list.querySelector(":target"));
}
