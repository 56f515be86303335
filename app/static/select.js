// Words that are selected in an article become a new claim: the form takes them with their exact
// place, and a button beside them leads there. Without this file a sentence is chosen from a list.

const text = document.querySelector("[data-article-text]");
const form = document.getElementById("add-claim");
const SHORTEST = 3;

const length = (words) => [...words].length;
const paragraphOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-start]");

// How many letters of the article stand before a point of the page.
function placeOf(node, offset) {
  const paragraph = paragraphOf(node);
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + length(before.toString());
}

function selected() {
  const marked = getSelection();
  if (!marked.rangeCount || marked.isCollapsed) return null;
  const range = marked.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const words = range.toString();
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (words.trim().length < SHORTEST || start === null || end === null) return null;
  const blanks = length(words) - length(words.trimStart());
  return { range, quote: marked.toString().trim(), start: start + blanks, end };
}

function onSelection() {
  const found = selected();
  button.hidden = !found;
  if (!found) return;
  const { quote, start, end } = form.elements;
  [quote.value, start.value, end.value] = [found.quote, found.start, found.end];
  const box = found.range.getBoundingClientRect();
  const around = document.documentElement;
  const left = Math.min(box.left, around.clientWidth - button.offsetWidth - 8);
  button.style.setProperty("left", `${Math.max(8, left) + scrollX}px`);
  button.style.setProperty("top", `${box.bottom + scrollY + 6}px`);
  document.getElementById("live").textContent = form.dataset.taken;
}

function open() {
  form.closest("details").open = true;
  button.hidden = true;
  form.elements.text.focus();
}

// The button stands right behind the text in the order of Tab.
const button = document.createElement("button");
if (text && form) {
  button.type = "button";
  button.className = "take-words";
  button.hidden = true;
  button.textContent = form.dataset.take;
  button.addEventListener("click", open);
  text.after(button);
  document.addEventListener("selectionchange", onSelection);
  // Words that are typed by hand are looked for; they have no place yet.
  form.elements.quote.addEventListener("input", () => {
    form.elements.start.value = form.elements.end.value = "";
  });
}
