// A record in hand: its pages are drawn, each answer is kept, and what is finished is sealed and laid into the outbox.
import { h } from "./draw.js";
import * as lock from "./lock.js";
import { home, saveFile, sendSoon } from "./page.js";
import { Questions } from "./questions.js";
import { button, callout, main, say, show, toTop, words } from "./screen.js";
import { digest, seal } from "./seal.js";
import { here, SECRET } from "./state.js";
import * as store from "./store.js";

// A killed browser loses no more than this of what was typed.
const KEEP_MS = 400;

// ---- A record in hand ----

async function opened() {
  if (here.form) return here.form;
  show("opening", h("h1", {}, here.place.form.title), callout("status", h("p", {}, say("offline-preparing"))));
  // One frame, so that the words stand there while the engine works.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { open } = await import("./form.js");
  here.form = await open(here.place.form, async (name) => (await store.find("files", `${SECRET}/${name}`))?.bytes);
  return here.form;
}

export async function begin() {
  await desked(async (form) => {
    const number = here.place.next ?? 1;
    here.place = { ...here.place, next: number + 1 };
    await store.edit("places", SECRET, (it) => ({ ...it, next: number + 1 }));
    return { id: crypto.randomUUID(), number, filling: await form.begin(), page: 0, wrong: [] };
  });
}

export async function goOn(draft) {
  await desked(async (form) => {
    const content = await lock.unshut(here.key, draft);
    here.place = { ...here.place, language: content.language };
    return { id: draft.id, number: draft.number, filling: await form.resume(content.record), page: content.page, wrong: content.wrong ?? [] };
  });
}

async function desked(make) {
  here.notice = "";
  try {
    const made = await make(await opened());
    made.filling.speak(here.place.language);
    const questions = new Questions({ filling: made.filling, pages: here.place.form.pages, say, tag: words().tag, changed });
    questions.wrong = new Map(made.wrong);
    here.desk = { ...made, questions, judged: false };
    history.pushState({ page: here.desk.page }, "");
    turn(questions.openFrom(here.desk.page));
  } catch (error) {
    console.info(error);
    show("message", h("h1", {}, here.place.form.title), callout("alert", h("p", {}, say("offline-cannot", { name: String(error?.message ?? error).slice(0, 200) }))),
      h("p", {}, button(say("offline-overview"), home)));
  }
}

/** Shows a page, or the end where there is none. */
function turn(index, { judged = false, history: entry = "push" } = {}) {
  here.desk.page = index ?? here.desk.questions.pages.length;
  here.desk.judged = judged;
  if (entry === "push") history.pushState({ page: here.desk.page }, "");
  draw();
  toTop();
  keepSoon();
}

addEventListener("popstate", async ({ state }) => {
  if (!here.desk) return;
  if (typeof state?.page === "number") {
    turn(state.page < here.desk.questions.pages.length ? state.page : undefined, { history: "none" });
  } else {
    await flush();
    here.desk = undefined;
    home();
  }
});

function draw() {
  const { questions, page } = here.desk;
  questions.tag = words().tag;
  if (page >= questions.pages.length) return end();
  const [at, of] = questions.place(page);
  const faults = here.desk.judged ? questions.faults(page) : [];
  const headings = questions.headings(page);
  const back = questions.openBefore(page);
  here.desk.signature = signature();
  const proceed = (event) => {
    event.preventDefault();
    const wrong = questions.faults(page);
    if (wrong.length) turn(page, { judged: true, history: "none" });
    else turn(questions.openFrom(page + 1));
  };
  const language = ({ target }) => {
    here.place = { ...here.place, language: target.value };
    here.desk.filling.speak(here.place.language);
    keepSoon();
    draw();
  };
  const languages = here.place.form.languages;
  show("questions", h("p", { class: "page-kind" }, `${here.place.form.title} · ${say("fill-place", { place: at, pages: of })}`),
    h("form", { onsubmit: proceed, novalidate: true, autocomplete: "off" },
      languages.length > 1 && h("div", { class: "tongue" }, h("label", { for: "language" }, say("fill-language")),
        h("select", { id: "language", autocomplete: "off", onchange: language }, languages.map((it) => h("option", { value: it.name, lang: it.tag, selected: it.name === here.place.language }, it.shown)))),
      faults.length > 0 && h("div", { class: "callout fault", role: "alert" }, h("h2", {}, say("fill-errors")),
        h("ul", {}, faults.map(([id, label, text]) => h("li", {}, h("a", { href: `#${id}`, onclick: jump }, `${label}: ${text}`))))),
      h("div", { lang: words().form },
        headings.length ? h("h1", {}, headings.join(" · ")) : h("h1", { class: "sr" }, here.place.form.title),
        questions.draw(page, here.desk.judged)),
      h("div", { class: "walk" }, h("button", { class: "primary" }, say("fill-next")),
        back !== undefined && button(say("fill-back"), () => turn(back)), button(say("offline-pause"), pause)),
      h("p", { class: "note", id: "keeping" }, say("offline-keeps"))));
}

function jump(event) {
  event.preventDefault();
  const target = document.getElementById(event.target.getAttribute("href").slice(1));
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

const signature = () => here.desk.questions.signature(here.desk.page) + (here.desk.judged ? JSON.stringify(here.desk.questions.faults(here.desk.page)) : "");

// A page is drawn again between two acts, never within one: a button that is replaced while a finger is on it
// is never pressed, and focus on its way to the next field would be lost.
let redrawn;
addEventListener("pointerdown", () => { here.pressed = true; }, true);
for (const event of ["pointerup", "pointercancel"]) {
  addEventListener(event, () => {
    here.pressed = false;
    if (redrawn) redrawSoon(50);
  }, true);
}

/** After each answer: kept soon; drawn again where something else is asked now. */
function changed(node, redraw) {
  if (!here.desk) return;
  keepSoon();
  if (redraw) redrawSoon(0);
}

function redrawSoon(after) {
  clearTimeout(redrawn);
  redrawn = setTimeout(() => {
    if (here.pressed) return;
    redrawn = undefined;
    redrawIfNeeded();
  }, after);
}

function redrawIfNeeded() {
  if (!here.desk || here.screen !== "questions" || here.desk.signature === signature()) return;
  const { id, name, value, type, selectionStart } = document.activeElement ?? {};
  draw();
  const same = id ? document.getElementById(id)
    : name ? main.querySelector(`input[name="${CSS.escape(name)}"]${["radio", "checkbox"].includes(type) ? `[value="${CSS.escape(value)}"]` : ""}`) : undefined;
  same?.focus({ preventScroll: true });
  if (typeof selectionStart === "number" && same?.setSelectionRange) same.setSelectionRange(selectionStart, selectionStart);
}

function end() {
  const { questions, filling } = here.desk;
  const open = filling.violations().filter((node) => node.nodeType !== "upload").map((node) => [node, questions.pageOf(node)]);
  for (const [reference] of questions.wrong) {
    questions.pages.forEach((page, at) => questions.each(page, (node) => {
      if (node.currentState.reference === reference && !open.some(([known]) => known === node)) open.push([node, at]);
    }));
  }
  const blocking = open.filter(([, at]) => at >= 0).sort((a, b) => a[1] - b[1]);
  const back = questions.openBefore(questions.pages.length);
  show("end", h("p", { class: "page-kind" }, here.place.form.title),
    h("h1", {}, say("offline-finish")),
    blocking.length > 0
      ? h("div", { class: "callout fault", role: "alert" }, h("h2", {}, say("fill-end-open")),
        h("ul", {}, blocking.map(([node, at]) => h("li", {}, button([h("span", { lang: words().form }, node.currentState.label?.asString ?? ""), `: ${questions.fault(node)}`],
          () => turn(at, { judged: true }))))))
      : [h("p", {}, say("offline-finish-lead")), h("p", {}, button(say("offline-finish-do"), finish, true))],
    h("div", { class: "walk" }, back !== undefined && button(say("fill-back"), () => turn(back)), button(say("offline-pause"), pause)));
}

async function pause() {
  await flush();
  here.desk = undefined;
  await home();
  toTop();
}

// ---- Keeping ----

let keeping;

/** Nothing is in hand any more. */
export function putAway() {
  here.desk = undefined;
  clearTimeout(keeping);
}

let kept = Promise.resolve();

function keepSoon() {
  clearTimeout(keeping);
  // Not put off by further typing: a second is a second.
  if (!here.desk.due) here.desk.due = performance.now() + KEEP_MS;
  keeping = setTimeout(keep, Math.max(0, here.desk.due - performance.now()));
}

function keep() {
  if (!here.desk || !here.key || !here.desk.due) return kept;
  here.desk.due = 0;
  const { id, number, filling, page, questions } = here.desk;
  const content = { record: filling.record, page, language: here.place.language, wrong: [...questions.wrong] };
  const mine = here.key;
  const now = here.desk;
  kept = kept.then(async () => {
    try {
      const locked = await lock.shut(mine, id, content);
      // A record that was finished meanwhile is not to come back as a draft.
      if (now.finished) return;
      await store.change(["drafts"], ({ drafts }) => drafts.put({ id, place: SECRET, number, ...locked }));
      document.getElementById("unkept")?.remove();
    } catch (error) {
      notKept(error);
    }
  });
  return kept;
}

/** Says that something is not on the disk; a record that is finished can be saved as a file all the same. */
function notKept(error, entry) {
  document.getElementById("unkept")?.remove();
  const warning = callout("alert", h("p", {}, say(store.isFull(error) ? "offline-full" : "offline-not-kept")),
    entry && h("p", {}, button(say("offline-save"), () => saveFile([entry]))));
  warning.id = "unkept";
  main.prepend(warning);
}

export async function flush() {
  clearTimeout(keeping);
  await keep();
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
addEventListener("pagehide", () => { flush(); });

async function finish() {
  await flush();
  const { id, filling } = here.desk;
  const sealed = await seal(here.place.form, filling.record);
  const entry = { id: crypto.randomUUID(), place: SECRET, sealed, digest: await digest(sealed), state: "waiting" };
  here.desk.finished = true;
  try {
    // One change: it is in the outbox and no draft any more, or it is still a draft.
    await store.change(["outbox", "drafts"], ({ outbox, drafts }) => {
      outbox.put(entry);
      drafts.delete(id);
    });
  } catch (error) {
    here.desk.finished = false;
    notKept(error, entry);
    return toTop();
  }
  here.desk = undefined;
  navigator.serviceWorker.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  here.notice = "offline-finished";
  await home();
  toTop();
  sendSoon(0);
}
