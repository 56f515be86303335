// The words of an article on the page, and where each stands: in letters as the server counts them,
// and in the paragraph that shows it.

export const text = document.querySelector("[data-article-text]");
const WORD =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[\p{L}\p{M}\p{N}_]+(?:[.,:'’\-][\p{L}\p{M}\p{N}_]+)*|[^\p{L}\p{M}\p{N}_\s]+/gu;
export const words = [];

const size = (said) => [...said].length;
const isMark = (word) => !word || !/[\p{L}\p{N}]/u.test(word.said);
const paragraphOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest("[data-start]");

// Read what the page shows now.
export function readWords() {
  words.length = 0;
  for (const p of text.querySelectorAll("[data-start]")) {
    const all = p.textContent;
    let [at, place] = [0, Number(p.dataset.start)];
    for (const { 0: said, index: from } of all.matchAll(WORD)) {
      const start = place + size(all.slice(at, from));
      [at, place] = [from + said.length, start + size(said)];
      words.push({ p, said, from, to: at, start, end: place });
    }
  }
}

function point(p, offset, isStart) {
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (isStart ? offset < node.length : offset <= node.length) return [node, offset];
    offset -= node.length;
  }
  return [p, p.childNodes.length];
}

// What the page shows from the first to the last of some words.
export function rangeOf({ start, end }) {
  const range = document.createRange();
  range.setStart(...point(words[start].p, words[start].from, true));
  range.setEnd(...point(words[end].p, words[end].to, false));
  return range;
}

// The words from one place to another, as far as they are there.
export function between(start, end) {
  const first = words.findIndex((word) => word.end > start);
  const last = words.findLastIndex((word) => word.start < end);
  return first >= 0 && last >= first ? { start: first, end: last } : null;
}

// The word at a point of a paragraph, as the first or the last of a claim; -1 outside of the text.
function wordOf(edge, node, offset) {
  const p = paragraphOf(node);
  if (!p || !text.contains(p)) return -1;
  const before = document.createRange();
  before.setStart(p, 0);
  before.setEnd(node, offset);
  const place = before.toString().length;
  if (edge === "start") return words.findIndex((word) => word.p === p && word.to > place);
  return words.findLastIndex((word) => word.p === p && word.from < place);
}

// The word at which a selection begins; -1 where nothing of the text is selected.
export function selectedWord() {
  const marked = getSelection();
  if (marked.isCollapsed) return -1;
  const { startContainer, startOffset } = marked.getRangeAt(0);
  return wordOf("start", startContainer, startOffset);
}

// The word under a point of the window.
export function wordAt(edge, x, y) {
  const at = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
  return at ? wordOf(edge, at.offsetNode ?? at.startContainer, at.offset ?? at.startOffset) : -1;
}

// To the next comma, dash or full stop: where the words of a claim mostly begin or end.
export function leap(edge, from, by) {
  let to = from + by;
  const stops = () => isMark(words[to + (edge === "end" ? 1 : -1)]) && !isMark(words[to]);
  while (words[to] && !stops()) to += by;
  return to;
}
