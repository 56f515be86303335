// Handles that are put beside words, and dragged from one to another with mouse or finger.

import { wordAt } from "./places.js";

export function put(part, left, top) {
  part.style.setProperty("left", `${left + scrollX}px`);
  part.style.setProperty("top", `${top + scrollY}px`);
}

// Below the last line of some words, or above the first where the window ends.
export function putNear(part, first, last) {
  const { clientWidth, clientHeight } = document.documentElement;
  const isAbove = last.bottom + 30 + part.offsetHeight > clientHeight && first.top > part.offsetHeight;
  const left = Math.max(8, Math.min(last.left, clientWidth - part.offsetWidth - 8));
  put(part, left, isAbove ? first.top - part.offsetHeight - 8 : last.bottom + 30);
}

// Tell which word a handle is dragged to. It is held below its line, and means the line.
export function draggable(handle, onWord) {
  handle.addEventListener("pointerdown", (event) => {
    const box = handle.getBoundingClientRect();
    const dx = box.left + box.width / 2 - event.clientX;
    const dy = box.top + box.height / 2 - event.clientY;
    const onMove = (moved) => {
      const to = wordAt(handle.dataset.edge, moved.clientX + dx, moved.clientY + dy);
      if (to >= 0) onWord(to);
    };
    const onDrop = () => {
      document.body.classList.remove("dragging");
      handle.removeEventListener("pointermove", onMove);
    };
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    document.body.classList.add("dragging");
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("lostpointercapture", onDrop, { once: true });
  });
}
