// Keyed entry of paper: Enter goes on to the next question that is asked, a single digit is a whole answer where there
// are fewer than ten, and what was typed is kept as one goes on. Without this the same page works with its buttons.

const WAIT_MS = 600;
const AGAIN_MS = 4000;

function keying() {
  const form = document.querySelector("form[data-keying]");
  if (!form) return;
  const fields = [...form.querySelectorAll(".v input[type=text]")];
  const said = form.querySelector("[data-said]");
  let timer = 0;
  let round = 0;
  let changed = false;

  /** Keeps everything, and hears what is skipped now. */
  async function keep() {
    clearTimeout(timer);
    const mine = ++round;
    changed = false;
    const sent = new URLSearchParams(new FormData(form));
    sent.set("go", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { accept: "application/json" } });
      if (!answer.ok || !answer.headers.get("content-type")?.includes("json")) throw new Error(String(answer.status));
      const told = await answer.json();
      if (mine === round) show(told);
      said.textContent = said.dataset.kept;
    } catch {
      changed = true;
      said.textContent = said.dataset.lost;
      timer = setTimeout(keep, AGAIN_MS);
    }
  }

  function show({ skipped, faults }) {
    const off = new Set(skipped);
    for (const part of form.querySelectorAll("[data-of]")) part.classList.toggle("skip-off", off.has(part.dataset.of));
    for (const field of fields) {
      const fault = field === document.activeElement ? "" : (faults[field.id] ?? "");
      document.getElementById(`${field.id}-fault`).textContent = fault;
      field.toggleAttribute("aria-invalid", Boolean(fault));
      const mark = field.parentElement.querySelector(".mark");
      mark.classList.toggle("show", Boolean(fault) || mark.querySelector("input").checked);
    }
  }

  /** The choices that were keyed stand out. */
  function light(field) {
    const keys = new Set(field.value.split(/[ ,;+]+/));
    for (const choice of document.querySelectorAll(`#${CSS.escape(field.id)}-choices [data-key]`)) {
      choice.classList.toggle("on", keys.has(choice.dataset.key));
    }
  }

  const isOff = (field) => field.parentElement.classList.contains("skip-off");

  async function go(field, step) {
    // Where other questions hang on this one, it must first be known which.
    if (step > 0 && changed && "leads" in field.dataset) await Promise.race([keep(), new Promise((done) => setTimeout(done, WAIT_MS))]);
    let at = fields.indexOf(field) + step;
    while (fields[at] && isOff(fields[at])) at += step;
    const next = fields[at] ?? (step > 0 ? form.querySelector(".keybar .primary") : field);
    next.focus();
    next.select?.();
    next.scrollIntoView({ block: "center" });
  }

  for (const field of fields) light(field);
  form.addEventListener("input", ({ target, inputType }) => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
    if (!fields.includes(target)) return;
    light(target);
    const whole = "single" in target.dataset && /^[1-9]$/.test(target.value);
    if (whole && inputType === "insertText") go(target, 1);
  });
  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!fields.includes(target) || event.isComposing) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(target, step);
  });
  addEventListener("beforeunload", (event) => {
    if (changed && said.textContent === said.dataset.lost) event.preventDefault();
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  const first = fields.find((field) => !field.value && !isOff(field)) ?? fields[0];
  if (!location.hash && !document.querySelector(".callout.fault")) first?.focus();
}

keying();
