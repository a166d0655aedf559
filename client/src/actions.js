// Two buttons that only a script can serve, hidden by the page until it runs:
//
//   <button hidden data-print>Print</button>
//   <button hidden data-copy-link="#hiv" data-done="Copied">Copy link</button>   (empty: this page)

const SHOWN_MS = 2000;

export function actions() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  copyLinks(document);
}

/** The copy buttons within `root`, also of what came later. */
export function copyLinks(root) {
  // Browsers give the clipboard to secure pages only; elsewhere the button stays hidden.
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy-link]")) {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copyLink, location.href).href);
      button.textContent = button.dataset.done ?? label;
      setTimeout(() => (button.textContent = label), SHOWN_MS);
    });
  }
}
