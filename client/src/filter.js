// Filter as you type. The page holds, hidden:
//
//   <p hidden><label for="f">Filter</label> <input id="f" type="search" data-filter-for="TABLE-ID"></p>
//   <p data-filter-count="TABLE-ID" data-message="{shown} of {all} rows" role="status"></p>
//   <table id="TABLE-ID" data-filter>
//
// and this shows the input (and the hidden element that holds it). Every word typed must occur in the row.
import { fill, plain } from "./text.js";

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
  input.hidden = false;
  input.closest("[hidden]")?.removeAttribute("hidden");

  let announce;
  const apply = () => {
    const words = plain(input.value).split(" ");
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      if (!row.hidden) shown += 1;
    });
    // A pause before it is said: a screen reader should not speak at each letter.
    clearTimeout(announce);
    announce = setTimeout(() => {
      if (count) count.textContent = words[0] ? fill(count.dataset.message ?? "", { shown, all: rows.length }) : "";
    }, 300);
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
