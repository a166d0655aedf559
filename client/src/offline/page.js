// Filling without a network: takes the questionnaire along, locks, shows what is kept, and sends. A record in hand
// is the desk's. Its words come from the site with the form, in the form's languages.
import { begin, flush, goOn, putAway } from "./desk.js";
import { h } from "./draw.js";
import * as lock from "./lock.js";
import { file, send } from "./outbox.js";
import { button, callout, main, say, show, toTop, words } from "./screen.js";
import { here, SECRET } from "./state.js";
import * as store from "./store.js";

// A tablet that was put down locks itself.
const IDLE_MS = 10 * 60_000;
const RETRY_MS = [5_000, 15_000, 60_000, 300_000];

function message(...paragraphs) {
  show("message", h("h1", {}, here.place?.form.title ?? say("offline-title")),
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
    here.place = await store.find("places", SECRET);
  } catch {
    return message(say("offline-needs"));
  }
  if (!here.place) {
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
  show("elsewhere", h("h1", {}, here.place?.form.title ?? say("offline-title")),
    callout("status", h("p", {}, say("offline-elsewhere"))),
    h("p", {}, button(say("offline-use-here"), async () => {
      await alone(true);
      here.place = await store.find("places", SECRET);
      if (here.place) lockedScreen();
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
  const same = !found.form || JSON.stringify(found.form) === JSON.stringify(here.place.form);
  if (same && standing === (here.place.standing ?? "")) return;
  if (!same) await takeFiles(found.form);
  here.place = { ...(await store.find("places", SECRET)), standing, ...(same ? {} : { form: found.form }) };
  await store.change(["places"], ({ places }) => places.put(here.place));
  if (!same) here.form = undefined;
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
  here.place = { id: SECRET, form: taken, sent: 0, next: 1, language: languageFor(taken) };
  show("take", h("h1", {}, taken.title),
    h("p", { class: "lead" }, say("offline-lead")),
    h("h2", {}, say("offline-what")), whatIsKept(taken.anonymous),
    newPassphrase(say("offline-take"), async (made) => {
      await takeFiles(taken);
      const persisted = await navigator.storage?.persist?.().catch(() => false);
      here.place = { ...here.place, lock: made.lock, persisted: Boolean(persisted) };
      await store.change(["places"], ({ places }) => places.put(here.place));
      await navigator.serviceWorker.ready;
      here.key = made.key;
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
    const opened = await lock.open(here.place.lock, document.getElementById("passphrase").value);
    go.disabled = false;
    if (!opened) return fault.replaceChildren(callout("alert", h("p", {}, say("offline-wrong"))));
    here.key = opened;
    await home();
    toTop();
  };
  show("locked", h("h1", {}, here.place.form.title), h("div", { id: "standing" }, standingOf(counts)),
    h("form", { onsubmit: submit, autocomplete: "off" }, h("p", {}, say("offline-locked")),
      passphraseField("passphrase", say("offline-passphrase")), fault,
      h("p", {}, h("button", { class: "primary go" }, say("offline-unlock")))),
    h("div", { id: "outbox" }, outboxOf(counts)),
    h("details", {}, h("summary", {}, say("offline-forgotten")),
      h("p", {}, say("offline-forgotten-lead", { count: counts.drafts.length })),
      newPassphrase(say("offline-forgotten-do"), async (made) => {
        const lost = await store.all("drafts", SECRET);
        here.place = { ...here.place, lock: made.lock };
        await store.change(["places", "drafts"], ({ places, drafts }) => {
          places.put(here.place);
          for (const { id } of lost) drafts.delete(id);
        });
        here.key = made.key;
        await home();
        toTop();
      })));
}

function close() {
  here.notice = "";
  here.key = undefined;
  putAway();
}

let idle;
for (const event of ["pointerdown", "keydown", "input"]) {
  addEventListener(event, () => {
    clearTimeout(idle);
    idle = setTimeout(async () => {
      if (!here.key) return;
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
  if (kept) here.place = { ...here.place, sent: kept.sent };
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
  const done = here.place.form.single && here.place.sent > 0 && waiting.length + refused.length === 0;
  const standing = here.place.standing && !done ? refusal(here.place.standing) : [];
  return callout("status",
    standing.length ? standing.map((text) => h("p", {}, h("b", {}, text)))
      : done ? h("p", {}, h("b", {}, say("offline-done")))
        : ready ? [h("p", {}, h("b", {}, say("offline-ready"))), h("p", {}, say("offline-ready-do"))]
          : h("p", {}, h("b", {}, say("offline-not-taken"))),
    h("p", { class: "counts" }, drafts.length > 0 && h("span", {}, say("offline-unfinished", { count: drafts.length })),
      h("span", {}, say("offline-waiting", { count: waiting.length })), h("span", {}, say("offline-sent", { count: here.place.sent ?? 0 }))),
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

export function saveFile(all) {
  const link = h("a", { href: URL.createObjectURL(file(all)), download: `${here.place.form.form}-${all.length}.sealed.json` });
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
const isUsed = ({ drafts, waiting, refused }) => here.place.form.single && (here.place.sent > 0 || drafts.length + waiting.length + refused.length > 0);

/** What decides which buttons the overview has. */
const outline = (counts) => JSON.stringify([isUsed(counts), here.place.standing, counts.drafts.map((it) => it.id), here.place.language]);

let outlined;

export async function home() {
  const counts = await counted();
  if (!here.key) return lockedScreen();
  const { drafts } = counts;
  const used = isUsed(counts);
  outlined = outline(counts);
  const languages = here.place.form.languages;
  const choose = async ({ target }) => {
    here.place = { ...here.place, language: target.value };
    await store.edit("places", SECRET, (it) => ({ ...it, language: here.place.language }));
    home();
  };
  show("home", h("h1", {}, here.place.form.title), here.notice && callout("status", h("p", {}, h("b", {}, say(here.notice)))),
    h("div", { id: "standing" }, standingOf(counts)),
    languages.length > 1 && h("div", { class: "tongue" }, h("label", { for: "language" }, say("fill-language")),
      h("select", { id: "language", autocomplete: "off", onchange: choose }, languages.map((it) => h("option", { value: it.name, lang: it.tag, selected: it.name === here.place.language }, it.shown)))),
    drafts.length > 0 && h("ul", { class: "drafts" }, drafts.map((draft) => h("li", {},
      button(say("offline-continue", { number: draft.number }), () => goOn(draft), true), " ",
      button(say("offline-discard", { number: draft.number }), () => discard(draft))))),
    !used && !here.place.standing && h("p", {}, button(say("offline-begin"), begin, drafts.length === 0)),
    h("div", { id: "outbox" }, outboxOf(counts)),
    h("details", {}, h("summary", {}, say("offline-what")), whatIsKept(here.place.form.anonymous),
      h("p", {}, say("offline-passphrase-lost")), !here.place.persisted && h("p", {}, say("offline-not-promised"))),
    h("div", { class: "walk" }, button(say("offline-lock"), () => { close(); lockedScreen(); }), button(say("offline-remove"), remove)));
}

/** Brings the numbers up to date where they stand; nothing under a finger or with the focus is replaced for it. */
async function refreshScreen() {
  if (here.screen !== "home" && here.screen !== "locked") return;
  const counts = await counted();
  if (here.screen === "home" && outline(counts) !== outlined && !here.pressed) return home();
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
  here.place = undefined;
  show("gone", h("h1", {}, say("offline-title")), callout("status", h("p", {}, say("offline-removed"))));
}

// ---- Sending ----

let timer;
let tries = 0;

export function sendSoon(after, refusedToo = false) {
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

addEventListener("online", () => { tries = 0; if (here.place) { refresh(); sendSoon(0); } });

// The service worker sends too, and says so.
new BroadcastChannel("throughcare-outbox").onmessage = ({ data }) => {
  if (!here.place) return;
  if (["offline", "later", "idle"].includes(data)) network = data;
  refreshScreen();
};

start();
