// Copies a text area at one press. Without this file the text can be marked and copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // Only on https and on this machine may a page write there; the old way asks for no leave.
      document.execCommand("copy");
    }
    document.getElementById("live").textContent = button.dataset.copied;
  });
}
