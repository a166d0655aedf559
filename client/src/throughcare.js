// The script of every page. Nothing here is needed to read or to send anything: each part makes
// quicker what a link or a button already does, and takes its words from the page, in its language.
import { actions } from "./actions.js";
import { explore } from "./explore.js";
import { filterTables } from "./filter.js";
import { palette } from "./palette.js";
import { passkeys } from "./passkey.js";
import { applyTheme, themeChoice } from "./theme.js";

// At once, before the first paint: put the script in <head> and a dark page never flashes white.
applyTheme();

function start() {
  themeChoice();
  filterTables();
  palette();
  passkeys();
  actions();
  explore();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
