// What every screen is made of: words in the form's language, a heading, buttons, callouts.
import { h } from "./draw.js";
import { here } from "./state.js";

export const main = document.getElementById("screen");
const SAID = JSON.parse(document.getElementById("said").textContent);

// ---- Words ----

export function words() {
  const language = here.place?.form.languages.find((it) => it.name === here.place.language) ?? here.place?.form.languages[0];
  return { said: here.place?.form.words[language?.words] ?? SAID, tag: language?.words ?? document.documentElement.lang, form: language?.tag };
}

export function say(name, named = {}) {
  const text = words().said[name] ?? SAID[name] ?? name;
  return text.replace(/\{ ?\$?(\w+) ?\}/gu, (whole, it) => (named[it] === undefined ? whole : String(named[it])));
}

// ---- Screens ----

export function show(name, ...elements) {
  here.screen = name;
  document.documentElement.lang = words().tag;
  main.replaceChildren(...[elements].flat(Infinity).filter(Boolean));
  const heading = main.querySelector("h1");
  document.title = heading?.textContent || say("offline-title");
  main.removeAttribute("aria-busy");
}

/** To the top, with the heading read out: after a step that somebody took. */
export function toTop() {
  const heading = main.querySelector("[role=alert], h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

export const button = (label, onclick, primary = false) => h("button", { type: "button", class: primary && "primary", onclick }, label);
export const callout = (role, ...inner) => h("div", { class: role === "alert" ? "callout fault" : "callout", role }, ...inner);
