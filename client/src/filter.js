// Filter as you type. The page holds
//
//   <form> <input type="search" name="q" data-filter-for="TABLE-ID">
//          <p data-filter-count="TABLE-ID" data-message="{shown} of {all} shown" role="status">…</p>
//          <p class="downloads"><a href="…csv">CSV</a></p> </form>
//   <table id="TABLE-ID" data-filter>
//
// `data-filter` only where the table holds all the rows that there are; elsewhere (a list of many pages, a
// list that the server has narrowed already) the form asks the server. Every word typed must occur in the row.
// What was typed goes into the address, the sorting links and the downloads, so that all of them
// keep to what is seen.
import { fill, plain } from "./text.js";

// A screen reader should not speak, nor the address change, at each letter.
const PAUSE_MS = 300;

export function filterTables() {
  for (const table of document.querySelectorAll("table[data-filter]")) {
    const id = CSS.escape(table.id);
    const input = document.querySelector(`input[data-filter-for="${id}"]`);
    if (table.id && input) filter(table, input, document.querySelector(`[data-filter-count="${id}"]`));
  }
}

function filter(table, input, count) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const texts = rows.map((row) => plain(row.textContent));
  const links = document.querySelectorAll(".languages a[href]");
  const kept = [...(table.tHead?.querySelectorAll("a[href]") ?? []), ...(input.form?.querySelectorAll("a[href]") ?? []), ...links];
  input.hidden = false;
  input.closest("[hidden]")?.removeAttribute("hidden");

  let pause;
  const apply = () => {
    const words = plain(input.value).split(" ");
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      if (!row.hidden) shown += 1;
    });
    kept.forEach((link) => (link.href = asking(link.href, input)));
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (count) count.textContent = fill(count.dataset.message ?? "", { shown, all: rows.length });
      history.replaceState(history.state, "", asking(location.href, input));
    }, PAUSE_MS);
  };
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    input.value = "";
    event.preventDefault();
    apply();
  });
  // A browser that comes back to the page restores what was typed.
  if (input.value) apply();
}

/** The address `href`, asking for what is typed. */
function asking(href, { name, value }) {
  const url = new URL(href);
  if (value.trim()) url.searchParams.set(name || "q", value.trim());
  else url.searchParams.delete(name || "q");
  return url.href;
}
