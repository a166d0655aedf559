// Filling without a network: takes the questionnaire along, locks, draws pages, keeps each answer, seals
// what is finished, and sends. Its words come from the site with the form, in the form's languages.
import { h } from "./draw.js";
import * as lock from "./lock.js";
import { file, send } from "./outbox.js";
import { Questions } from "./questions.js";
import { digest, seal } from "./seal.js";
import * as store from "./store.js";

const SECRET = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const main = document.getElementById("screen");
const SAID = JSON.parse(document.getElementById("said").textContent);

// A killed browser loses no more than this of what was typed.
const KEEP_MS = 400;
// A tablet that was put down locks itself.
const IDLE_MS = 10 * 60_000;
const RETRY_MS = [5_000, 15_000, 60_000, 300_000];

/** The place as it is kept, and what only this page knows: the key, the open form, the record in hand. */
let place;
let key;
let form;
let desk;

// ---- Words ----

function words() {
  const language = place?.form.languages.find((it) => it.name === place.language) ?? place?.form.languages[0];
  return { said: place?.form.words[language?.words] ?? SAID, tag: language?.words ?? document.documentElement.lang, form: language?.tag };
}

function say(name, named = {}) {
  const text = words().said[name] ?? SAID[name] ?? name;
  return text.replace(/\{ ?\$?(\w+) ?\}/gu, (whole, it) => (named[it] === undefined ? whole : String(named[it])));
}

// ---- Screens ----

let screen = "";

function show(name, ...elements) {
  screen = name;
  document.documentElement.lang = words().tag;
  main.replaceChildren(...[elements].flat(Infinity).filter(Boolean));
  const heading = main.querySelector("h1");
  document.title = heading?.textContent || say("offline-title");
  main.removeAttribute("aria-busy");
}

/** To the top, with the heading read out: after a step that somebody took. */
function toTop() {
  const heading = main.querySelector("[role=alert], h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

const button = (label, onclick, primary = false) => h("button", { type: "button", class: primary && "primary", onclick }, label);
const callout = (role, ...inner) => h("div", { class: role === "alert" ? "callout fault" : "callout", role }, ...inner);

function message(...paragraphs) {
  show("message", h("h1", {}, place?.form.title ?? say("offline-title")),
    callout("alert", paragraphs.map((text) => h("p", {}, text))),
    h("p", {}, h("a", { href: `/ask/${SECRET}` }, say("offline-online"))));
}

// ---- Start ----

async function start() {
  const able = isSecureContext && "serviceWorker" in navigator && crypto?.subtle && "indexedDB" in window && "locks" in navigator;
  if (!able) return message(say("offline-needs"));
  navigator.serviceWorker.register("/offline/worker.js").catch(() => {});
  if (!(await alone())) return elsewhere();
  try {
    place = await store.find("places", SECRET);
  } catch {
    return message(say("offline-needs"));
  }
  if (!place) {
    const found = await fetched();
    if (found.form) return takeScreen(found.form);
    return message(...refusal(found.why), say("offline-not-here"));
  }
  lockedScreen();
  refresh();
  sendSoon(0);
  // While somebody types the passphrase; and before a later version of this page could take the file away.
  import("./form.js").then((it) => it.prepare()).catch(() => {});
}

let released = () => {};

/** One tab fills; another may take over, and this one then lets go. */
function alone(steal = false) {
  return new Promise((resolve) => {
    navigator.locks.request(`throughcare-place-${SECRET}`, steal ? { steal } : { ifAvailable: true }, (held) => {
      resolve(Boolean(held));
      return held && new Promise((done) => { released = done; });
    }).catch(async () => {
      await flush();
      close();
      elsewhere();
    });
  });
}

function elsewhere() {
  show("elsewhere", h("h1", {}, place?.form.title ?? say("offline-title")),
    callout("status", h("p", {}, say("offline-elsewhere"))),
    h("p", {}, button(say("offline-use-here"), async () => {
      await alone(true);
      place = await store.find("places", SECRET);
      if (place) lockedScreen();
      else location.reload();
    }, true)));
}

/** Asks the site for the form; gives it, or why there is none. */
async function fetched() {
  if (!navigator.onLine) return {};
  try {
    const answer = await fetch(`/offline/${SECRET}/form.json`, { credentials: "omit", cache: "no-store" });
    const said = await answer.json();
    if (answer.ok && said.v === 1) return { form: said };
    if (typeof said.type === "string" && answer.status < 500) return { why: said.type.split("#")[1] };
  } catch { /* no network */ }
  return {};
}

/** A reason of the site in words. */
function refusal(why) {
  return why ? [words().said[`offline-why-${why}`] ? say(`offline-why-${why}`) : say("offline-why-other")] : [];
}

/** Looks whether the round is still open and the form the same. */
async function refresh() {
  const found = await fetched();
  if (!found.form && !found.why) return;
  const standing = found.why ?? "";
  const same = !found.form || JSON.stringify(found.form) === JSON.stringify(place.form);
  if (same && standing === (place.standing ?? "")) return;
  if (!same) await takeFiles(found.form);
  place = { ...(await store.find("places", SECRET)), standing, ...(same ? {} : { form: found.form }) };
  await store.change(["places"], ({ places }) => places.put(place));
  if (!same) form = undefined;
  refreshScreen();
}

async function takeFiles(taken) {
  for (const { name, hash } of taken.files) {
    const id = `${SECRET}/${name}`;
    if ((await store.find("files", id))?.hash === hash) continue;
    const answer = await fetch(`/offline/${SECRET}/file/${encodeURIComponent(name)}`, { credentials: "omit" });
    if (!answer.ok) throw new Error(name);
    const bytes = await answer.arrayBuffer();
    await store.change(["files"], ({ files }) => files.put({ id, place: SECRET, hash, bytes }));
  }
}

// ---- Taking the questionnaire along ----

function whatIsKept(anonymous) {
  return h("ul", {}, ["form", "draft", "done", "gone", anonymous && "anonymous"].filter(Boolean)
    .map((it) => h("li", {}, say(`offline-what-${it}`))));
}

const passphraseField = (id, label, hint) => h("div", { class: "q" },
  h("label", { for: id }, label), hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
  // Not a password field: browsers offer to keep those, on this very device.
  h("input", { id, class: "hidden-letters", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", autocorrect: "off", "aria-describedby": hint && `${id}-hint` }));

function takeScreen(taken) {
  place = { id: SECRET, form: taken, sent: 0, next: 1, language: languageFor(taken) };
  show("take", h("h1", {}, taken.title),
    h("p", { class: "lead" }, say("offline-lead")),
    h("h2", {}, say("offline-what")), whatIsKept(taken.anonymous),
    newPassphrase(say("offline-take"), async (made) => {
      await takeFiles(taken);
      const persisted = await navigator.storage?.persist?.().catch(() => false);
      place = { ...place, lock: made.lock, persisted: Boolean(persisted) };
      await store.change(["places"], ({ places }) => places.put(place));
      await navigator.serviceWorker.ready;
      key = made.key;
      await home();
      toTop();
    }));
}

function languageFor(taken) {
  const wanted = [document.documentElement.lang, ...navigator.languages].map((it) => it.toLowerCase());
  const found = wanted.map((tag) => taken.languages.find((it) => it.tag.toLowerCase() === tag)).find(Boolean);
  return (found ?? taken.languages[0]).name;
}

/** A form that asks for a new passphrase and gives the lock made of it. */
function newPassphrase(label, done) {
  const fault = h("div", {});
  const submit = async (event) => {
    event.preventDefault();
    const [first, second] = ["new-passphrase", "again"].map((id) => document.getElementById(id).value);
    const wrong = first.trim().length < lock.LEAST ? "offline-passphrase-short" : first !== second ? "offline-passphrase-differs" : "";
    if (wrong) return fault.replaceChildren(callout("alert", h("p", {}, say(wrong))));
    const go = event.target.querySelector("button");
    go.disabled = true;
    fault.replaceChildren(callout("status", h("p", {}, say("offline-taking"))));
    try {
      await done(await lock.make(first));
    } catch (error) {
      go.disabled = false;
      fault.replaceChildren(callout("alert", h("p", {}, say(store.isFull(error) ? "offline-full" : "offline-not-taken"))));
    }
  };
  return h("form", { onsubmit: submit, autocomplete: "off" },
    passphraseField("new-passphrase", say("offline-passphrase-new"), say("offline-passphrase-hint")),
    passphraseField("again", say("offline-passphrase-again")),
    h("p", {}, say("offline-passphrase-lost")), fault,
    h("p", {}, h("button", { class: "primary go" }, label)));
}

// ---- Locked ----

async function lockedScreen() {
  const counts = await counted();
  const fault = h("div", {});
  const submit = async (event) => {
    event.preventDefault();
    const go = event.target.querySelector("button");
    go.disabled = true;
    const opened = await lock.open(place.lock, document.getElementById("passphrase").value);
    go.disabled = false;
    if (!opened) return fault.replaceChildren(callout("alert", h("p", {}, say("offline-wrong"))));
    key = opened;
    await home();
    toTop();
  };
  show("locked", h("h1", {}, place.form.title), h("div", { id: "standing" }, standingOf(counts)),
    h("form", { onsubmit: submit, autocomplete: "off" }, h("p", {}, say("offline-locked")),
      passphraseField("passphrase", say("offline-passphrase")), fault,
      h("p", {}, h("button", { class: "primary go" }, say("offline-unlock")))),
    h("div", { id: "outbox" }, outboxOf(counts)),
    h("details", {}, h("summary", {}, say("offline-forgotten")),
      h("p", {}, say("offline-forgotten-lead", { count: counts.drafts.length })),
      newPassphrase(say("offline-forgotten-do"), async (made) => {
        const lost = await store.all("drafts", SECRET);
        place = { ...place, lock: made.lock };
        await store.change(["places", "drafts"], ({ places, drafts }) => {
          places.put(place);
          for (const { id } of lost) drafts.delete(id);
        });
        key = made.key;
        await home();
        toTop();
      })));
}

function close() {
  notice = "";
  key = undefined;
  desk = undefined;
  clearTimeout(keeping);
}

let idle;
for (const event of ["pointerdown", "keydown", "input"]) {
  addEventListener(event, () => {
    clearTimeout(idle);
    idle = setTimeout(async () => {
      if (!key) return;
      await flush();
      close();
      lockedScreen();
    }, IDLE_MS);
  }, { passive: true });
}

// ---- Overview ----

async function counted() {
  const outbox = await store.all("outbox", SECRET);
  const kept = await store.find("places", SECRET);
  if (kept) place = { ...place, sent: kept.sent };
  return {
    // Whether this page itself would open without a network.
    ready: Boolean(await caches.match("/offline/page")),
    drafts: (await store.all("drafts", SECRET)).sort((a, b) => a.number - b.number),
    waiting: outbox.filter((it) => it.state !== "refused"),
    refused: outbox.filter((it) => it.state === "refused"),
  };
}

let network = "";

function standingOf({ ready, drafts, waiting, refused }) {
  const done = place.form.single && place.sent > 0 && waiting.length + refused.length === 0;
  const standing = place.standing && !done ? refusal(place.standing) : [];
  return callout("status",
    standing.length ? standing.map((text) => h("p", {}, h("b", {}, text)))
      : done ? h("p", {}, h("b", {}, say("offline-done")))
        : ready ? [h("p", {}, h("b", {}, say("offline-ready"))), h("p", {}, say("offline-ready-do"))]
          : h("p", {}, h("b", {}, say("offline-not-taken"))),
    h("p", { class: "counts" }, drafts.length > 0 && h("span", {}, say("offline-unfinished", { count: drafts.length })),
      h("span", {}, say("offline-waiting", { count: waiting.length })), h("span", {}, say("offline-sent", { count: place.sent ?? 0 }))),
    waiting.length > 0 && network === "offline" && h("p", {}, say("offline-no-network")),
    waiting.length > 0 && network === "later" && h("p", {}, say("offline-later")),
    network === "sending" && h("p", {}, say("offline-sending")));
}

/** What can be done with records that wait, without a passphrase: they are sealed. */
function outboxOf({ waiting, refused }) {
  if (waiting.length + refused.length === 0) return false;
  const reasons = [...new Set(refused.map((it) => it.why))];
  return h("section", { class: "part" },
    refused.length > 0 && [h("h2", {}, say("offline-refused", { count: refused.length })),
      reasons.map((why) => h("p", {}, refusal(why))), h("p", {}, say("offline-refused-lead"))],
    h("div", { class: "walk" }, button(say("offline-send"), () => sendSoon(0, true)), button(say("offline-save"), save),
      refused.length > 0 && button(say("offline-saved"), clear)));
}

async function save() {
  const { waiting, refused } = await counted();
  saveFile([...waiting, ...refused]);
}

function saveFile(all) {
  const link = h("a", { href: URL.createObjectURL(file(all)), download: `${place.form.form}-${all.length}.sealed.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function clear() {
  const { refused } = await counted();
  if (!confirm(say("offline-saved-sure", { count: refused.length }))) return;
  await store.change(["outbox"], ({ outbox }) => { for (const { id } of refused) outbox.delete(id); });
  refreshScreen();
}

/** Whether a link that brings one record has its record. */
const isUsed = ({ drafts, waiting, refused }) => place.form.single && (place.sent > 0 || drafts.length + waiting.length + refused.length > 0);

/** What decides which buttons the overview has. */
const outline = (counts) => JSON.stringify([isUsed(counts), place.standing, counts.drafts.map((it) => it.id), place.language]);

let outlined;
let notice = "";

async function home() {
  const counts = await counted();
  if (!key) return lockedScreen();
  const { drafts } = counts;
  const used = isUsed(counts);
  outlined = outline(counts);
  const languages = place.form.languages;
  const choose = async ({ target }) => {
    place = { ...place, language: target.value };
    await store.edit("places", SECRET, (it) => ({ ...it, language: place.language }));
    home();
  };
  show("home", h("h1", {}, place.form.title), notice && callout("status", h("p", {}, h("b", {}, say(notice)))),
    h("div", { id: "standing" }, standingOf(counts)),
    languages.length > 1 && h("div", { class: "tongue" }, h("label", { for: "language" }, say("fill-language")),
      h("select", { id: "language", autocomplete: "off", onchange: choose }, languages.map((it) => h("option", { value: it.name, lang: it.tag, selected: it.name === place.language }, it.shown)))),
    drafts.length > 0 && h("ul", { class: "drafts" }, drafts.map((draft) => h("li", {},
      button(say("offline-continue", { number: draft.number }), () => goOn(draft), true), " ",
      button(say("offline-discard", { number: draft.number }), () => discard(draft))))),
    !used && !place.standing && h("p", {}, button(say("offline-begin"), begin, drafts.length === 0)),
    h("div", { id: "outbox" }, outboxOf(counts)),
    h("details", {}, h("summary", {}, say("offline-what")), whatIsKept(place.form.anonymous),
      h("p", {}, say("offline-passphrase-lost")), !place.persisted && h("p", {}, say("offline-not-promised"))),
    h("div", { class: "walk" }, button(say("offline-lock"), () => { close(); lockedScreen(); }), button(say("offline-remove"), remove)));
}

/** Brings the numbers up to date where they stand; nothing under a finger or with the focus is replaced for it. */
async function refreshScreen() {
  if (screen !== "home" && screen !== "locked") return;
  const counts = await counted();
  if (screen === "home" && outline(counts) !== outlined && !pressed) return home();
  swap("standing", standingOf(counts));
  swap("outbox", outboxOf(counts));
}

function swap(id, content) {
  const old = document.getElementById(id);
  const fresh = h("div", { id }, content);
  if (!old || old.innerHTML === fresh.innerHTML) return;
  const at = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  old.replaceChildren(...fresh.childNodes);
  if (at >= 0) old.querySelectorAll("button")[at]?.focus({ preventScroll: true });
}

async function discard(draft) {
  if (!confirm(say("offline-discard-sure", { number: draft.number }))) return;
  await store.change(["drafts"], ({ drafts }) => drafts.delete(draft.id));
  home();
}

async function remove() {
  const { drafts, waiting, refused } = await counted();
  if (waiting.length + refused.length > 0) {
    main.prepend(callout("alert", h("p", {}, say("offline-remove-waiting", { count: waiting.length + refused.length }))));
    return toTop();
  }
  if (!confirm(say("offline-remove-sure", { count: drafts.length }))) return;
  close();
  await store.forget(SECRET);
  place = undefined;
  show("gone", h("h1", {}, say("offline-title")), callout("status", h("p", {}, say("offline-removed"))));
}

// ---- A record in hand ----

async function opened() {
  if (form) return form;
  show("opening", h("h1", {}, place.form.title), callout("status", h("p", {}, say("offline-preparing"))));
  // One frame, so that the words stand there while the engine works.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { open } = await import("./form.js");
  form = await open(place.form, async (name) => (await store.find("files", `${SECRET}/${name}`))?.bytes);
  return form;
}

async function begin() {
  await desked(async (form) => {
    const number = place.next ?? 1;
    place = { ...place, next: number + 1 };
    await store.edit("places", SECRET, (it) => ({ ...it, next: number + 1 }));
    return { id: crypto.randomUUID(), number, filling: await form.begin(), page: 0, wrong: [] };
  });
}

async function goOn(draft) {
  await desked(async (form) => {
    const content = await lock.unshut(key, draft);
    place = { ...place, language: content.language };
    return { id: draft.id, number: draft.number, filling: await form.resume(content.record), page: content.page, wrong: content.wrong ?? [] };
  });
}

async function desked(make) {
  notice = "";
  try {
    const made = await make(await opened());
    made.filling.speak(place.language);
    const questions = new Questions({ filling: made.filling, pages: place.form.pages, say, tag: words().tag, changed });
    questions.wrong = new Map(made.wrong);
    desk = { ...made, questions, judged: false };
    history.pushState({ page: desk.page }, "");
    turn(questions.openFrom(desk.page));
  } catch (error) {
    console.info(error);
    show("message", h("h1", {}, place.form.title), callout("alert", h("p", {}, say("offline-cannot", { name: String(error?.message ?? error).slice(0, 200) }))),
      h("p", {}, button(say("offline-overview"), home)));
  }
}

/** Shows a page, or the end where there is none. */
function turn(index, { judged = false, history: entry = "push" } = {}) {
  desk.page = index ?? desk.questions.pages.length;
  desk.judged = judged;
  if (entry === "push") history.pushState({ page: desk.page }, "");
  draw();
  toTop();
  keepSoon();
}

addEventListener("popstate", async ({ state }) => {
  if (!desk) return;
  if (typeof state?.page === "number") {
    turn(state.page < desk.questions.pages.length ? state.page : undefined, { history: "none" });
  } else {
    await flush();
    desk = undefined;
    home();
  }
});

function draw() {
  const { questions, page } = desk;
  questions.tag = words().tag;
  if (page >= questions.pages.length) return end();
  const [at, of] = questions.place(page);
  const faults = desk.judged ? questions.faults(page) : [];
  const headings = questions.headings(page);
  const back = questions.openBefore(page);
  desk.signature = signature();
  const proceed = (event) => {
    event.preventDefault();
    const wrong = questions.faults(page);
    if (wrong.length) turn(page, { judged: true, history: "none" });
    else turn(questions.openFrom(page + 1));
  };
  const language = ({ target }) => {
    place = { ...place, language: target.value };
    desk.filling.speak(place.language);
    keepSoon();
    draw();
  };
  const languages = place.form.languages;
  show("questions", h("p", { class: "page-kind" }, `${place.form.title} · ${say("fill-place", { place: at, pages: of })}`),
    h("form", { onsubmit: proceed, novalidate: true, autocomplete: "off" },
      languages.length > 1 && h("div", { class: "tongue" }, h("label", { for: "language" }, say("fill-language")),
        h("select", { id: "language", autocomplete: "off", onchange: language }, languages.map((it) => h("option", { value: it.name, lang: it.tag, selected: it.name === place.language }, it.shown)))),
      faults.length > 0 && h("div", { class: "callout fault", role: "alert" }, h("h2", {}, say("fill-errors")),
        h("ul", {}, faults.map(([id, label, text]) => h("li", {}, h("a", { href: `#${id}`, onclick: jump }, `${label}: ${text}`))))),
      h("div", { lang: words().form },
        headings.length ? h("h1", {}, headings.join(" · ")) : h("h1", { class: "sr" }, place.form.title),
        questions.draw(page, desk.judged)),
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

const signature = () => desk.questions.signature(desk.page) + (desk.judged ? JSON.stringify(desk.questions.faults(desk.page)) : "");

// A page is drawn again between two acts, never within one: a button that is replaced while a finger is on it
// is never pressed, and focus on its way to the next field would be lost.
let pressed = false;
let redrawn;
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const event of ["pointerup", "pointercancel"]) {
  addEventListener(event, () => {
    pressed = false;
    if (redrawn) redrawSoon(50);
  }, true);
}

/** After each answer: kept soon; drawn again where something else is asked now. */
function changed(node, redraw) {
  if (!desk) return;
  keepSoon();
  if (redraw) redrawSoon(0);
}

function redrawSoon(after) {
  clearTimeout(redrawn);
  redrawn = setTimeout(() => {
    if (pressed) return;
    redrawn = undefined;
    redrawIfNeeded();
  }, after);
}

function redrawIfNeeded() {
  if (!desk || screen !== "questions" || desk.signature === signature()) return;
  const { id, name, value, type, selectionStart } = document.activeElement ?? {};
  draw();
  const same = id ? document.getElementById(id)
    : name ? main.querySelector(`input[name="${CSS.escape(name)}"]${["radio", "checkbox"].includes(type) ? `[value="${CSS.escape(value)}"]` : ""}`) : undefined;
  same?.focus({ preventScroll: true });
  if (typeof selectionStart === "number" && same?.setSelectionRange) same.setSelectionRange(selectionStart, selectionStart);
}

function end() {
  const { questions, filling } = desk;
  const open = filling.violations().filter((node) => node.nodeType !== "upload").map((node) => [node, questions.pageOf(node)]);
  for (const [reference] of questions.wrong) {
    questions.pages.forEach((page, at) => questions.each(page, (node) => {
      if (node.currentState.reference === reference && !open.some(([known]) => known === node)) open.push([node, at]);
    }));
  }
  const blocking = open.filter(([, at]) => at >= 0).sort((a, b) => a[1] - b[1]);
  const back = questions.openBefore(questions.pages.length);
  show("end", h("p", { class: "page-kind" }, place.form.title),
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
  desk = undefined;
  await home();
  toTop();
}

// ---- Keeping ----

let keeping;
let kept = Promise.resolve();

function keepSoon() {
  clearTimeout(keeping);
  // Not put off by further typing: a second is a second.
  if (!desk.due) desk.due = performance.now() + KEEP_MS;
  keeping = setTimeout(keep, Math.max(0, desk.due - performance.now()));
}

function keep() {
  if (!desk || !key || !desk.due) return kept;
  desk.due = 0;
  const { id, number, filling, page, questions } = desk;
  const content = { record: filling.record, page, language: place.language, wrong: [...questions.wrong] };
  const mine = key;
  const now = desk;
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

async function flush() {
  clearTimeout(keeping);
  await keep();
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
addEventListener("pagehide", () => { flush(); });

async function finish() {
  await flush();
  const { id, filling } = desk;
  const sealed = await seal(place.form, filling.record);
  const entry = { id: crypto.randomUUID(), place: SECRET, sealed, digest: await digest(sealed), state: "waiting" };
  desk.finished = true;
  try {
    // One change: it is in the outbox and no draft any more, or it is still a draft.
    await store.change(["outbox", "drafts"], ({ outbox, drafts }) => {
      outbox.put(entry);
      drafts.delete(id);
    });
  } catch (error) {
    desk.finished = false;
    notKept(error, entry);
    return toTop();
  }
  desk = undefined;
  navigator.serviceWorker.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  notice = "offline-finished";
  await home();
  toTop();
  sendSoon(0);
}

// ---- Sending ----

let timer;
let tries = 0;

function sendSoon(after, refusedToo = false) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const state = await send({
      refusedToo,
      tell: (told) => {
        // Busy is the service worker, which says itself how it goes.
        if (!["kept", "refused", "busy"].includes(told)) network = told;
        refreshScreen();
      },
    });
    if (state === "idle") tries = 0;
    else if (state !== "busy") tries += 1;
    const { waiting } = await counted();
    if (waiting.length) sendSoon(RETRY_MS[Math.min(Math.max(tries - 1, 0), RETRY_MS.length - 1)]);
  }, after);
}

addEventListener("online", () => { tries = 0; if (place) { refresh(); sendSoon(0); } });

// The service worker sends too, and says so.
new BroadcastChannel("throughcare-outbox").onmessage = ({ data }) => {
  if (!place) return;
  if (["offline", "later", "idle"].includes(data)) network = data;
  refreshScreen();
};

start();
