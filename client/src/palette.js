// The command palette: `/` or Ctrl-K opens a search over every record. The page holds
//
//   <a href="/search" data-palette-open>Search</a>
//   <dialog data-palette data-url="/search.json" data-page="/search" aria-label="…"
//           data-empty="Nothing found for “{query}”." data-failed="…" data-count="{count} results">
//     <form method="dialog" …><input type="search" aria-label="…"></form>
//     <ul></ul> <p role="status"></p>
//   </dialog>
//
// and the server answers GET /search.json?q=… with {"results": [{"title", "href", "kind", "note"}]}. Without
// the dialog, or without script, the link leads to the page of the search.
import { fill } from "./text.js";

const PAUSE_MS = 120;

export function palette() {
  const dialog = document.querySelector("dialog[data-palette]");
  const input = dialog?.querySelector("input");
  const list = dialog?.querySelector("ul");
  if (!input || !list || !dialog.showModal) return;
  const status = dialog.querySelector("[role=status]");
  const say = (text) => status && (status.textContent = text);

  list.id ||= "palette-results";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") ?? dialog.getAttribute("aria-label") ?? "");
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) {
    input.setAttribute(name, value);
  }

  let chosen = -1;
  // What the list was asked for: Enter never opens what stood there for an earlier word.
  let shown = "";
  let timer;
  let asking;

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
  };
  const links = () => [...list.querySelectorAll("a")];
  const choose = (index) => {
    const options = links();
    chosen = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = (results) => {
    list.replaceChildren(...results.map(option));
    input.setAttribute("aria-expanded", String(results.length > 0));
    choose(results.length ? 0 : -1);
  };

  const ask = async () => {
    asking?.abort();
    const query = input.value.trim();
    if (!query) return (shown = ""), show([]), say("");
    const mine = (asking = new AbortController());
    try {
      const url = `${dialog.dataset.url ?? "/search.json"}?q=${encodeURIComponent(query)}`;
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { results } = await answer.json();
      shown = query;
      show(results);
      const message = results.length ? dialog.dataset.count : dialog.dataset.empty;
      say(fill(message ?? "", { count: results.length, query }));
    } catch (error) {
      if (error.name === "AbortError") return;
      shown = query;
      show([]);
      say(dialog.dataset.failed ?? "");
    }
  };
  const go = async () => {
    const query = input.value.trim();
    if (query !== shown) {
      clearTimeout(timer);
      await ask();
      if (input.value.trim() !== shown) return;
    }
    const link = links()[chosen];
    if (link) location.assign(link.href);
    else if (query) location.assign(`${dialog.dataset.page ?? "/search"}?q=${encodeURIComponent(query)}`);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    else if (event.key === "Enter") go();
    // A search field keeps the first Escape for itself, to empty it; here one press is enough.
    else if (event.key === "Escape") dialog.close();
    else return;
    event.preventDefault();
  });
  // A press beside the box closes it, as Escape does by itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  for (const link of document.querySelectorAll("[data-palette-open]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const k = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
    if (!slash && !k) return;
    event.preventDefault();
    open();
  });
}

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** One result. Everything from the server goes in as text, never as markup; a link stays on this site. */
function option({ title, href, kind, note }, index) {
  const item = document.createElement("li");
  item.setAttribute("role", "presentation");
  const link = document.createElement("a");
  link.id = `palette-result-${index}`;
  link.setAttribute("role", "option");
  const url = new URL(href, location.origin);
  link.href = url.origin === location.origin ? url.href : "/";
  link.tabIndex = -1;
  link.append(part("strong", title), part("span", kind), part("small", note));
  item.append(link);
  return item;
}

function part(name, text) {
  if (!text) return "";
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
