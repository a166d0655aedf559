// A form in progress, by ODK's engine: what is asked, what is answered, what its rules say. The engine is heavy
// and is loaded only here. The look of it is ours: see questions.js.
import { FORM_INSTANCE, loadEngine } from "./engine.js";

// What would say who fills a form, when, where, and on which device. The site takes it out of what arrives;
// from anonymous rounds it does not even leave the form.
const TELLING = ["setgeopoint", "recordaudio"];

/** Loads the engine ahead of need. */
export const prepare = loadEngine;

/** Opens the form of a place; gives functions that begin a record and go on with one. */
export async function open(form, file) {
  if (form.anonymous) stopClock();
  const engine = await loadEngine();
  const xform = form.anonymous ? silenced(form.xform) : form.xform;
  const loaded = await engine.loadForm(xform, {
    fetchFormAttachment: async (address) => {
      const bytes = await file(decodeURIComponent(String(address).split("/").pop()));
      return bytes ? new Response(bytes) : new Response(null, { status: 404 });
    },
    missingResourceBehavior: engine.constants.MISSING_RESOURCE_BEHAVIOR.BLANK,
  });
  if (!loaded.createInstance || loaded.status === "failure") throw loaded.error ?? new Error("the form cannot be read");
  // The same for every device: no number of this one goes along.
  const config = { preloadProperties: { deviceID: "browser" } };
  return {
    begin: async () => new Filling(loaded.createInstance(config).root),
    resume: async (record) => {
      const data = new FormData();
      data.append(FORM_INSTANCE, new File([record], FORM_INSTANCE, { type: "text/xml" }));
      return new Filling((await loaded.restoreInstance({ data: [data] }, config)).root);
    },
  };
}

function silenced(xform) {
  const document = new DOMParser().parseFromString(xform, "text/xml");
  for (const element of document.querySelectorAll("*")) {
    if (TELLING.includes(element.localName)) element.remove();
    else if (element.localName === "bind") {
      for (const attribute of [...element.attributes]) {
        if (attribute.localName === "preload" && attribute.value !== "uid") element.removeAttributeNode(attribute);
        if (attribute.localName === "preloadParams") element.removeAttributeNode(attribute);
      }
    }
  }
  return new XMLSerializer().serializeToString(document);
}

// In anonymous rounds every clock that a form can read stands at the beginning of the day.
function stopClock() {
  const Moving = Date;
  if (Moving.stopped) return;
  const midnight = () => new Moving().setHours(0, 0, 0, 0);
  globalThis.Date = class extends Moving {
    static stopped = true;
    static now() { return midnight(); }
    constructor(...given) {
      if (given.length) super(...given);
      else super(midnight());
    }
  };
}

class Filling {
  constructor(root) {
    this.root = root;
  }

  get record() {
    return this.root.instanceState.instanceXML;
  }

  speak(name) {
    const language = this.root.languages.find((it) => it.language === name);
    if (language && !language.isSyntheticDefault) this.root.setLanguage(language);
  }

  /** What is wrong in the whole record: nodes with their violation. */
  violations() {
    const found = [];
    const walk = (node) => {
      if (!node.currentState.relevant) return;
      if (node.validationState.violation) found.push(node);
      for (const child of node.currentState.children ?? []) walk(child);
    };
    walk(this.root);
    return found;
  }
}

/** The child of a node with a name; a repeat is its range. */
export function child(node, name) {
  return (node.currentState.children ?? []).find((it) => nameOf(it) === name);
}

/** The node at a path of names below a node. */
export function below(node, names) {
  return names.reduce((found, name) => found && child(found, name), node);
}

const nameOf = (node) => node.currentState.reference.split("/").pop().replace(/\[\d+\]$/, "");

/** The answer as it is stored, in text. */
export function stored(node) {
  const xml = node.instanceState.instanceXML;
  if (!xml) return "";
  return new DOMParser().parseFromString(`<all xmlns:orx="http://openrosa.org/xforms">${xml}</all>`, "text/xml").documentElement.textContent;
}
