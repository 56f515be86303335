// Sending moved ends through the form of /claims/<id>/ends, as a press on its button would.

import { rangeOf, words } from "./places.js";

export const plain = (said) => said.replace(/\s+/g, " ").trim();
const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const formOf = (page, address) => page.querySelector(`form[action="${address}"]`);

// A wording that is the very words goes along with them; any other stays as it was written.
function wordingOf(said, was, now) {
  const [before, after] = [was, now].map((part) => plain(rangeOf(part).toString()).replace(/[.!?]+$/, ""));
  const [, whole, stop] = plain(said).match(/^(.*?)([.!?]*)$/s);
  return whole.slice(1) === before.slice(1) ? after[0].toUpperCase() + after.slice(1) + stop : said;
}

// Answers whether it is saved, the page that says so, the form to send it again with, and
// whether the wording stays as it was. The form of an earlier answer shows the claim as it is
// there; one that is fetched here shows more than the person has seen, who saw `shown`.
export async function sendEnds(address, { was, now, form, shown }) {
  const page = form ? null : await read(await fetch(address));
  const filled = form ?? formOf(page, address);
  if (!filled) return { isSaved: false, page, form: null };
  const sent = new URLSearchParams(new FormData(filled));
  if (!form) for (const [name, value] of Object.entries(shown)) sent.set(name, value);
  if (now.start !== was.start) sent.set("first", words[now.start].start);
  if (now.end !== was.end) sent.set("last", words[now.end].end);
  const [before, after] = [sent.get("text"), wordingOf(sent.get("text"), was, now)];
  sent.set("text", after);
  sent.set("do", "save");
  const answer = await fetch(address, { method: "POST", body: sent });
  const told = await read(answer);
  const again = formOf(told, address);
  // These letters are counted in the text on this page: they mean nothing in another.
  const isHere = again?.elements.stands_in?.value === shown.stands_in;
  return { isSaved: answer.ok, page: told, form: isHere ? again : null, stays: before === after };
}

// Beside a claim whose wording was left as it was: it may say more or less than its words do now.
export function askOfWording(card, said) {
  const note = document.createElement("p");
  note.className = "nearly";
  note.textContent = said;
  card.append(note);
}
