// Ask while a hand is on a lever. The page holds
//
//   <form data-explore="answer" data-answer="/scenarios/MDA/answer" action="/scenarios/MDA">
//     <input type="range" hidden data-slides="oat-prison"> <input type="number" id="oat-prison" name="oat-prison" data-now="6">
//   <section id="answer" data-failed="…"> <div data-answer-here>…</div> </section>
//
// The number is what the form sends; the slider only moves it, and is shown only where a script runs. The
// answer is asked for shortly after each change; a question that is overtaken is given up, and the server
// then stops computing it. The address always says what is seen.
import { copyLinks } from "./actions.js";

// Long enough not to ask for each pixel, short enough that a resting hand has its answer at once.
const PAUSE_MS = 120;

export function explore() {
  for (const form of document.querySelectorAll("form[data-explore]")) {
    const section = document.getElementById(form.dataset.explore);
    const here = section?.querySelector("[data-answer-here]");
    if (here) live(form, section, here);
  }
}

function live(form, section, here) {
  const number = (slider) => form.elements.namedItem(slider.dataset.slides);
  const sliders = [...form.querySelectorAll("input[type=range][data-slides]")];
  for (const slider of sliders) {
    const field = number(slider);
    slider.hidden = false;
    slider.value = field.value;
    fillOf(slider);
    slider.addEventListener("input", () => {
      field.value = slider.value;
      changed(field);
    });
  }
  const changed = (field) => {
    // A date or a place is not the lever itself.
    if (field.dataset.now) field.closest(".lever")?.classList.toggle("is-moved", field.value !== "" && field.value !== field.dataset.now);
    const slider = sliders.find((one) => one.dataset.slides === field.name);
    if (slider) {
      slider.value = field.value;
      fillOf(slider);
    }
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  };

  let pause;
  let asked;
  const ask = async () => {
    // What the browser itself would refuse to send is not asked for either; the field says why.
    if (!form.checkValidity()) return void form.reportValidity();
    asked?.abort();
    const mine = (asked = new AbortController());
    section.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${form.dataset.answer}?${query(form)}`, { signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(here, answer.ok ? [...page.body.childNodes] : refusal(page, section.dataset.failed));
      if (answer.ok) keepAddress(here);
    } catch (error) {
      if (error.name !== "AbortError") show(here, refusal(null, section.dataset.failed));
    } finally {
      if (asked === mine) section.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("input", (event) => ["number", "select-one"].includes(event.target.type) && changed(event.target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    ask();
  });
}

/** Only what differs from how things are: a short address that says the same. */
function query(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => value !== "" && value !== form.elements.namedItem(name)?.dataset?.now);
  const lang = new URLSearchParams(location.search).get("lang");
  return new URLSearchParams(lang ? [...pairs, ["lang", lang]] : pairs);
}

/** Puts the new answer where the old one was; what was unfolded stays so. */
function show(here, nodes) {
  const summaries = (root) => [...root.querySelectorAll("details > summary")];
  const open = new Set(summaries(here).filter((one) => one.parentElement.open).map((one) => one.textContent.replace(/\d+/g, "")));
  here.replaceChildren(...nodes);
  for (const one of summaries(here)) {
    if (open.has(one.textContent.replace(/\d+/g, ""))) one.parentElement.open = true;
  }
  copyLinks(here);
}

/** The server's two sentences, or the page's own where none came. */
function refusal(page, otherwise) {
  const box = document.createElement("div");
  box.className = "callout";
  box.setAttribute("role", "alert");
  const said = page?.querySelector(".refusal");
  for (const text of said ? [...said.querySelectorAll("h1, h1 + p")].map((one) => one.textContent) : [otherwise]) {
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return [box];
}

/** The address says what is seen; so do the links to other languages and the mark on a standard policy. */
function keepAddress(here) {
  const link = here.querySelector("[data-link]")?.dataset.link;
  if (!link) return;
  const url = new URL(link, location.href);
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) url.searchParams.set("lang", lang);
  history.replaceState(history.state, "", url);
  for (const language of document.querySelectorAll(".languages a[href]")) {
    const other = new URL(url);
    other.searchParams.set("lang", language.lang);
    language.href = other.href;
  }
  for (const preset of document.querySelectorAll(".presets a")) {
    const same = new URL(preset.href).search === new URL(link, location.href).search;
    preset.toggleAttribute("aria-current", same);
    if (same) preset.setAttribute("aria-current", "true");
  }
}

/** How far the lever stands, for the colour of its track. */
function fillOf(slider) {
  slider.style.setProperty("--at", `${(100 * (slider.value - slider.min)) / (slider.max - slider.min || 1)}%`);
}
