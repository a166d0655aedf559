// Light, dark, or as the system says: `<button data-theme-choice="auto|light|dark">`.
const KEY = "theme";
const CHOICES = ["light", "dark"];

/** Sets `data-theme` on <html> to what was chosen before; without it the stylesheet follows the system. */
export function applyTheme(choice = remembered()) {
  const root = document.documentElement;
  if (CHOICES.includes(choice)) root.dataset.theme = choice;
  else delete root.dataset.theme;
}

export function themeChoice() {
  const buttons = [...document.querySelectorAll("[data-theme-choice]")];
  const mark = (choice) =>
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.themeChoice === choice)));
  mark(remembered());
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      applyTheme(choice);
      mark(CHOICES.includes(choice) ? choice : "auto");
      remember(choice);
    });
  }
}

// Storage may be closed (private windows, policy of an office): the choice then lasts for the page.
function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto";
  }
}

function remember(choice) {
  try {
    if (CHOICES.includes(choice)) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Nothing to do: the page already shows the choice.
  }
}
