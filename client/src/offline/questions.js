// One page of questions, as the web shows it: the same classes, the same order, the same words. The page of the
// site is made by our own engine from the same layout; what stands on which page comes from there.
import { below, stored } from "./form.js";
import { h, rich } from "./draw.js";

// As in the site's own pages: more choices than this fold into a list.
const CHOICES_SHOWN = 15;
const RANGE_SHOWN = 11;

/** Draws pages of a filling. `changed(node)` is called after each answer. */
export class Questions {
  constructor({ filling, pages, say, tag, changed }) {
    Object.assign(this, { filling, pages, say, tag, changed });
    // What was typed and cannot be an answer, by reference: [message, arguments, as typed].
    this.wrong = new Map();
  }

  isOpen(page) {
    const any = (node, depth, items) => items.some((item) => {
      const here = node && below(node, item.path.slice(depth));
      if (!here || !here.currentState.relevant) return false;
      if (item.is === "question") return true;
      if (item.is === "group") return any(here, item.path.length, item.items);
      return here.currentState.children.length > 0 || !item.counted;
    });
    return any(this.filling.root, 1, page.items);
  }

  openFrom(index) {
    for (let at = index; at < this.pages.length; at += 1) if (this.isOpen(this.pages[at])) return at;
    return undefined;
  }

  openBefore(index) {
    for (let at = index - 1; at >= 0; at -= 1) if (this.isOpen(this.pages[at])) return at;
    return undefined;
  }

  /** (place, of how many) among the pages that are open. */
  place(index) {
    const open = this.pages.map((page, at) => (this.isOpen(page) ? at : -1)).filter((at) => at >= 0);
    return [open.indexOf(index) + 1, open.length];
  }

  headings(index) {
    return this.pages[index].within
      .map((path) => below(this.filling.root, path.slice(1))?.currentState.label?.asString)
      .filter(Boolean);
  }

  /** The questions of a page as elements. */
  draw(index, judged) {
    this.judged = judged;
    return this.items(this.filling.root, 1, this.pages[index].items);
  }

  /** What is wrong on a page: (id, label, message). */
  faults(index) {
    const found = [];
    this.each(this.pages[index], (node) => {
      const message = this.fault(node);
      if (message) found.push([idOf(node), plain(node.currentState.label), message]);
    });
    return found;
  }

  each(page, visit) {
    const walk = (node, depth, items) => {
      for (const item of items) {
        const here = node && below(node, item.path.slice(depth));
        if (!here || !here.currentState.relevant) continue;
        if (item.is === "question") {
          if (!here.currentState.readonly && item.question.control !== "upload") visit(here, item.question);
        } else if (item.is === "group") walk(here, item.path.length, item.items);
        else for (const instance of here.currentState.children) walk(instance, item.path.length, item.items);
      }
    };
    walk(this.filling.root, 1, page.items);
  }

  /** The page on which a node stands. */
  pageOf(node) {
    return this.pages.findIndex((page) => {
      let found = false;
      this.each(page, (it) => { found ||= it === node; });
      return found;
    });
  }

  fault(node) {
    const wrong = this.wrong.get(node.currentState.reference);
    if (wrong) return this.say(wrong.message, wrong.named);
    const { violation } = node.validationState;
    if (!violation) return "";
    return violation.message?.asString || this.say(violation.condition === "required" ? "fill-required" : "fill-constraint");
  }

  /** What decides how a page looks; when it changes, the page is drawn again. */
  signature(index) {
    const parts = [];
    const walk = (node, depth, items) => {
      for (const item of items) {
        const here = node && below(node, item.path.slice(depth));
        if (!here || !here.currentState.relevant) continue;
        const { reference, required, readonly, label, hint, valueOptions } = here.currentState;
        parts.push(reference, required, readonly, label?.asString, hint?.asString);
        if (item.is === "question") {
          if (readonly) parts.push(stored(here));
          for (const choice of valueOptions ?? []) parts.push(choice.value, choice.label.asString);
        } else if (item.is === "group") walk(here, item.path.length, item.items);
        else for (const instance of here.currentState.children) walk(instance, item.path.length, item.items);
      }
    };
    walk(this.filling.root, 1, this.pages[index].items);
    return parts.join("\u0001");
  }

  items(node, depth, items) {
    return items.flatMap((item) => {
      const here = node && below(node, item.path.slice(depth));
      if (!here || !here.currentState.relevant) return [];
      if (item.is === "question") return [this.question(here, item.question)];
      if (item.is === "group") return [this.group(here, item)];
      return [this.repeat(here, item)];
    });
  }

  group(node, item) {
    const { label, hint } = node.currentState;
    return h("section", { class: "part", id: idOf(node) },
      label?.asString && h("h2", {}, rich(label.asString)),
      hint?.asString && h("p", { class: "hint" }, rich(hint.asString)),
      this.items(node, item.path.length, item.items));
  }

  repeat(range, item) {
    const name = plain(range.currentState.label);
    const instances = range.currentState.children;
    const more = () => {
      range.addInstances(instances.length - 1, 1);
      this.changed(range, true);
    };
    return h("section", { class: "part", id: idOf(range) },
      name && h("h2", {}, rich(range.currentState.label.asString)),
      instances.map((instance, at) => {
        const less = () => {
          range.removeInstances(at, 1);
          this.wrong.clear();
          this.changed(range, true);
        };
        const label = instance.currentState.label?.asString;
        return h("section", { class: "part", id: idOf(instance) },
          h("h3", {}, label && rich(label), label && " ", String(at + 1)),
          this.items(instance, item.path.length, item.items),
          !item.counted && instances.length > 1
            && h("p", { lang: this.tag }, h("button", { type: "button", onclick: less }, this.say("fill-remove", { number: at + 1 }))));
      }),
      !item.counted && h("p", { lang: this.tag },
        h("button", { type: "button", onclick: more }, name ? this.say("fill-add-to", { name }) : this.say("fill-add"))));
  }

  question(node, question) {
    const { label, hint, required, readonly } = node.currentState;
    const id = idOf(node);
    if (readonly) {
      const value = stored(node);
      return h("div", { class: "q", id },
        h("p", {}, rich(label?.asString ?? ""), value && " ", value && h("b", {}, value)),
        hint?.asString && h("p", { class: "hint" }, rich(hint.asString)));
    }
    const options = node.currentState.valueOptions ?? [];
    const control = controlOf(question, options.length);
    const many = ["one", "several", "rank", "tick"].includes(control);
    const error = this.judged || this.wrong.has(node.currentState.reference) ? this.fault(node) : "";
    const told = [hint?.asString && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
    const title = [rich(label?.asString ?? ""),
      !required && h("span", { class: "optional", lang: this.tag }, ` (${this.say("fill-optional")})`)];
    const [least, most] = question.bounds ?? [];
    const inner = [
      hint?.asString && h("p", { class: "hint", id: `${id}-hint` }, rich(hint.asString)),
      control === "several" && h("p", { class: "hint", lang: this.tag }, this.say("fill-several")),
      question.bounds && control !== "one" && h("p", { class: "hint", lang: this.tag }, this.say("fill-range", { least, most })),
      error && h("p", { class: "error", id: `${id}-error`, lang: this.tag }, error),
      this.field(node, question, control, { id, told, error }),
    ];
    return h("div", { class: error ? "q bad" : "q" }, many
      ? h("fieldset", { id, tabindex: "-1", "aria-describedby": told }, h("legend", {}, title), inner)
      : [h("label", { for: id }, title), inner]);
  }

  field(node, question, control, { id, told, error }) {
    const reference = node.currentState.reference;
    const options = node.currentState.valueOptions ?? [];
    const set = (act) => {
      this.wrong.delete(reference);
      act();
      this.changed(node, true);
    };
    if (control === "one" && question.control === "range") {
      const now = stored(node);
      return steps(question).map((value) => h("label", { class: "choice" },
        h("input", { type: "radio", name: reference, value, checked: now !== "" && Number(now) === Number(value), onchange: () => set(() => node.setValue(value)) }), value));
    }
    if (control === "one") {
      return options.map(({ value, label }) => h("label", { class: "choice" },
        h("input", { type: "radio", name: reference, value, checked: node.isSelected(value), onchange: () => set(() => node.selectValue(value)) }), plain(label)));
    }
    if (control === "several") {
      const toggle = ({ target }) => set(() => {
        const chosen = new Set(node.currentState.value);
        if (target.checked) chosen.add(target.value);
        else chosen.delete(target.value);
        node.selectValues(options.map((it) => it.value).filter((value) => chosen.has(value)));
      });
      return options.map(({ value, label }) => h("label", { class: "choice" },
        h("input", { type: "checkbox", name: reference, value, checked: node.isSelected(value), onchange: toggle }), plain(label)));
    }
    if (control === "tick") {
      return h("label", { class: "choice", lang: this.tag },
        h("input", { type: "checkbox", name: reference, checked: stored(node) === "OK", onchange: ({ target }) => set(() => node.setValue(target.checked)) }),
        this.say("fill-tick"));
    }
    if (control === "list") {
      const now = node.currentState.value[0] ?? "";
      return h("select", { id, name: reference, autocomplete: "off", "aria-describedby": told, onchange: ({ target }) => set(() => node.selectValue(target.value || null)) },
        h("option", { value: "" }, this.say("fill-choose")),
        options.map(({ value, label }) => h("option", { value, selected: value === now }, plain(label))));
    }
    if (control === "rank") return this.rank(node, id);
    if (control === "device") return h("p", { id, lang: this.tag }, this.say("fill-device"));
    const typed = this.wrong.get(reference)?.typed;
    const { input, keys } = inputOf(question);
    const take = ({ target }) => this.take(node, question, target.value);
    const asked = {
      id, name: reference, autocomplete: "off", spellcheck: "false", autocorrect: "off", "aria-describedby": told,
      "aria-invalid": error ? "true" : undefined, oninput: take,
      // Leaving the field may show or hide what depends on it.
      onchange: () => this.changed(node, true),
    };
    const value = typed ?? inTheField(question, input, stored(node));
    if (control === "lines") return h("textarea", { ...asked, rows: "4", value });
    return h("input", { ...asked, type: input, inputmode: keys, value });
  }

  rank(node, id) {
    const options = node.currentState.valueOptions;
    const reference = node.currentState.reference;
    const order = this.wrong.get(reference)?.typed.split(" ") ?? node.currentState.value;
    const take = ({ target }) => {
      const fields = [...target.closest("fieldset").querySelectorAll("select")];
      const chosen = fields.map((field) => field.value);
      const given = chosen.filter(Boolean);
      this.wrong.delete(reference);
      if (given.length === options.length && new Set(given).size === given.length) node.setValues(given);
      else {
        node.setValues([]);
        const message = new Set(given).size < given.length ? "fill-rank-twice" : "fill-rank-all";
        if (given.length) this.wrong.set(reference, { message, typed: chosen.map((it) => it || "-").join(" ") });
      }
      this.changed(node, false);
    };
    return options.map((_, at) => h("p", {},
      h("label", { for: `${id}-${at + 1}`, lang: this.tag }, this.say("fill-rank-place", { number: at + 1 })), " ",
      h("select", { id: `${id}-${at + 1}`, name: reference, autocomplete: "off", onchange: take },
        h("option", { value: "" }, this.say("fill-choose")),
        options.map(({ value, label }) => h("option", { value, selected: order[at] === value }, plain(label))))));
  }

  /** Puts what is typed into the record, or remembers why it cannot be an answer. */
  take(node, question, typed) {
    const reference = node.currentState.reference;
    const [text, message] = asStored(question, typed);
    this.wrong.delete(reference);
    let refused = message;
    if (!refused) {
      try {
        node.setValue(text === "" && !["string", undefined, ""].includes(question.type) ? null : text);
        if (text !== "" && stored(node) === "") refused = notA(question);
      } catch {
        refused = notA(question);
      }
    }
    if (refused) {
      try { node.setValue(null); } catch { node.setValue(""); }
      const [least, most] = question.bounds ?? [];
      this.wrong.set(reference, { message: refused, named: { least, most }, typed });
    }
    this.changed(node, false);
  }
}

function controlOf(question, choices) {
  const has = (word) => question.appearance.includes(word);
  switch (question.control) {
    case "rank": return "rank";
    case "select": return "several";
    case "select1": return choices > CHOICES_SHOWN || has("minimal") ? "list" : "one";
    case "range": return steps(question).length ? "one" : "number";
    case "trigger": return "tick";
    case "upload": return "device";
    default: return !["int", "decimal"].includes(question.type) && has("multiline") ? "lines" : "line";
  }
}

/** The answers of a short range. */
function steps({ bounds, step }) {
  if (!bounds || !step) return [];
  const count = Math.round((bounds[1] - bounds[0]) / step);
  if (count + 1 > RANGE_SHOWN) return [];
  return Array.from({ length: count + 1 }, (_, at) => String(Math.round((bounds[0] + at * step) * 1e6) / 1e6));
}

function inputOf({ type, appearance }) {
  const has = (word) => appearance.includes(word);
  switch (type) {
    case "date": return has("month-year") ? { input: "month" } : has("year") ? { input: "text", keys: "numeric" } : { input: "date" };
    case "time": return { input: "time" };
    case "dateTime": return { input: "datetime-local" };
    case "int": return { input: "text", keys: "numeric" };
    case "decimal": return { input: "text", keys: "decimal" };
    default: return { input: "text" };
  }
}

/** A stored answer as a browser's field takes it. */
function inTheField({ type, appearance }, input, value) {
  if (input === "month") return value.slice(0, 7);
  if (type === "date" && appearance.includes("year")) return value.slice(0, 4);
  if (type === "time") return value.slice(0, 5);
  if (input === "datetime-local") return value.slice(0, 16);
  return value;
}

/** What was typed as the engine stores it: a comma is a decimal point, a browser's time gets its seconds. */
function asStored(question, typed) {
  const has = (word) => question.appearance.includes(word);
  const compact = typed.replace(/[ \u00a0\u202f]/gu, "");
  const text = typed.trim();
  if (text === "") return [""];
  switch (question.type) {
    case "int":
      return /^[+-]?\d+$/u.test(compact) && Number.isSafeInteger(Number(compact)) ? bounded(question, compact) : ["", "fill-not-whole"];
    case "decimal": {
      const number = compact.replace(",", ".");
      return /^[+-]?(\d+\.?\d*|\.\d+)$/u.test(number) ? bounded(question, number) : ["", "fill-not-number"];
    }
    case "date":
      if (has("month-year") && text.length === 7) return [`${text}-01`];
      if (has("year")) return /^\d{4}$/u.test(text) ? [`${text}-01-01`] : ["", "fill-not-date"];
      return [text];
    case "time": return [text.length === 5 ? `${text}:00.000` : text];
    case "dateTime": return [text.length === 16 ? `${text}:00.000` : text];
    case "geopoint": return [text.replace(/[,;]/gu, " ").replace(/ +/gu, " ")];
    default: return [typed];
  }
}

function bounded({ bounds }, text) {
  if (bounds && (Number(text) < bounds[0] || Number(text) > bounds[1])) return ["", "fill-out-of-range"];
  return [text];
}

function notA({ type }) {
  switch (type) {
    case "int": return "fill-not-whole";
    case "decimal": return "fill-not-number";
    case "date": return "fill-not-date";
    case "time": case "dateTime": return "fill-not-time";
    default: return "fill-not-place";
  }
}

export const idOf = (node) => `q${node.currentState.reference.replace(/[^\p{L}\p{N}_]/gu, "-")}`.replaceAll("--", "-");

const plain = (range) => (range?.asString ?? "").trim().replaceAll("**", "").replace(/^#+/u, "").trim();


