// On the page of a check: what an answer means is shown above the form, which stays as it is. The
// key of the help opens it while an answer has the focus; so does the link below the answers.

const box = document.getElementById("entry");
const close = box.querySelector("button");
const helpKey = () => document.querySelector("a.help")?.dataset.key;
const linkOf = (element) => element?.closest?.(".answers .choice")?.querySelector("a.what");
const pages = new Map();

async function pageOf(link) {
  const [address] = link.href.split("#");
  if (!pages.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    pages.set(address, new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  return pages.get(address);
}

async function show(link) {
  try {
    const entry = (await pageOf(link)).getElementById(link.hash.slice(1));
    close.before(document.importNode(entry, true));
    box.showModal();
  } catch {
    // Without the desk, or signed out: in a window of its own, so that nothing typed is left.
    open(link.href, "_blank", "noopener");
  }
}

box.addEventListener("close", () => box.querySelector(".entry")?.remove());
close.addEventListener("click", () => box.close());
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== helpKey() || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = linkOf(document.activeElement);
    if (!box.open && !link) return;
    event.preventDefault();
    if (box.open) box.close();
    else show(link);
  },
  true,
);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.what");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
