// Replays recorded fillings on ODK Web Forms' engine and compares every node after every step:
// node walk.mjs walks.jsonl. SHOW is how many differences are printed.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

process.env.TZ = "UTC";
const page = new JSDOM("<!doctype html><html><body></body></html>", { url: "http://localhost/" });
for (const name of ["window", "document", "DOMParser", "XMLSerializer", "Document", "Element", "Attr", "Node", "Text", "CharacterData",
    "Comment", "XMLDocument", "NodeFilter", "XPathResult", "ProcessingInstruction", "localStorage", "HTMLElement"]) {
    if (!(name in globalThis) || name === "window" || name === "document" || name === "localStorage")
        Object.defineProperty(globalThis, name, { value: name === "window" ? page.window : page.window[name], configurable: true, writable: true });
}
// Its parser, in WebAssembly, looks for files where it sees Node; in a browser it carries what it needs.
const node = globalThis.process;
globalThis.process = undefined;
const { loadForm } = await import("@getodk/xforms-engine");
globalThis.process = node;

const lines = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean);
const show = Number(process.env.SHOW ?? 10);
const clock = Date;
let shown = 0;
const forms = { same: 0, different: 0, refusedByBoth: 0, refusedByPeer: 0, refusedByUs: 0, slow: 0 };
const said = [];
const counts = {};
const count = (what, equal) => {
    counts[what] ??= [0, 0];
    counts[what][1] += 1;
    if (equal) counts[what][0] += 1;
};

function freeze(now) {
    const at = new clock(now).getTime();
    globalThis.Date = class extends clock {
        constructor(...given) { given.length ? super(...given) : super(at); }
        static now() { return at; }
    };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const plain = (text) => (text ?? "").replace(uuid, "#");

function* nodes(node) {
    if (!node.nodeType.startsWith("repeat-range")) yield node;
    for (const child of node.currentState.children ?? []) yield* nodes(child);
}

function state(node) {
    const violation = node.validationState.violation;
    const choices = node.currentState.valueOptions;
    return {
        relevant: node.currentState.relevant, required: node.currentState.required, readonly: node.currentState.readonly,
        violation: violation && node.currentState.relevant ? violation.condition : null,
        value: node.currentState.children == null ? plain(node.currentState.instanceValue ?? "") : null,
        label: node.currentState.label?.asString ?? null,
        choices: Array.isArray(choices) ? choices.map((item) => [item.value, item.label?.asString || item.value]) : null,
    };
}

function find(root, reference) {
    for (const node of all(root)) if (node.currentState.reference === reference) return node;
    return null;
}
function* all(node) {
    yield node;
    for (const child of node.currentState.children ?? []) yield* all(child);
}

function act(root, step) {
    if (step.op === "open") return;
    if (step.op === "add") return find(root, step.ref).addInstances();
    if (step.op === "remove") {
        const [, range, at] = step.ref.match(/^(.*)\[(\d+)\]$/);
        return find(root, range).removeInstances(Number(at) - 1, 1);
    }
    const node = find(root, step.ref);
    if (!node) throw new Error(`no node ${step.ref}`);
    if (node.nodeType === "select") return node.selectValues(step.value.split(" ").filter(Boolean));
    if (node.nodeType === "trigger") return node.setValue(step.value === "OK");
    const empty = step.value === "" && !["string", "barcode"].includes(node.valueType);
    return node.setValue(empty ? null : step.value);
}

const shape = (xml) => {
    // That engine forgets to declare some prefixes.
    const known = { odk: "http://www.opendatakit.org/xforms", orx: "http://openrosa.org/xforms", jr: "http://openrosa.org/javarosa",
        entities: "http://www.opendatakit.org/xforms/entities", h: "http://www.w3.org/1999/xhtml", ex: "http://example.org/x", ey: "http://b" };
    const head = xml.match(/^<[^>]*>/)[0];
    const missing = Object.entries(known).filter(([prefix]) => !head.includes(`xmlns:${prefix}=`) && xml.includes(`${prefix}:`));
    xml = xml.replace(/^<[^\s>/]+/, (name) => name + missing.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join(""));
    const root = new DOMParser().parseFromString(xml, "text/xml").documentElement;
    const one = (node) => {
        const own = [...node.attributes].filter((it) => !it.name.startsWith("xmlns")).map((it) => `${it.localName}=${plain(it.value)}`);
        const inside = [...node.children].map(one).join("");
        return `<${[node.localName, ...own].join(" ")}>${inside || plain(node.textContent)}</>`;
    };
    return one(root);
};

async function replay(walk) {
    freeze(walk.now ?? "2026-03-14T09:26:53Z");
    const form = await loadForm(walk.xml, {
        missingResourceBehavior: "BLANK",
        fetchFormAttachment: async (url) => {
            const text = walk.files[String(url)];
            const types = { csv: "text/csv", xml: "text/xml", geojson: "application/geo+json" };
            const type = types[String(url).split(".").pop()] ?? "text/plain";
            return text == null ? new Response("", { status: 404 }) : new Response(text, { status: 200, headers: { "content-type": type } });
        },
    });
    if (form.status === "failure") throw form.error;
    const root = form.createInstance().root;
    if (walk.refused) return "opened";
    for (const step of walk.steps) {
        act(root, step);
        const theirs = new Map([...nodes(root)].map((node) => [node.currentState.reference, state(node)]));
        for (const [reference, ours] of Object.entries(step.states)) {
            const their = theirs.get(reference);
            if (!their) {
                // Attributes and what lies outside of any bind are no nodes there.
                if (/\/meta(\/|$)/.test(reference)) continue;
                return differs(walk, step, reference, "a node", "none");
            }
            for (const [what, value] of Object.entries(their)) {
                if (what === "value" && (value == null || ours.value == null)) continue;
                if (what === "label" && (value == null || ours.label == null)) continue;
                if (what === "choices" && (value == null || ours.choices == null)) continue;
                if (!ours.relevant && !their.relevant && !["relevant", "value"].includes(what)) continue;
                const mine = typeof ours[what] === "string" ? plain(ours[what]) : ours[what];
                const tidy = (it) => (what === "label" || what === "choices" ? JSON.stringify(it).replace(/\s+/g, " ") : it);
                const equal = what === "choices" ? tidy(mine) === tidy(value) : what === "label" ? tidy(mine) === tidy(value) : mine === value;
                count(what, equal);
                if (!equal) return differs(walk, step, `${reference} ${what}`, JSON.stringify(mine), JSON.stringify(value));
            }
        }
        const [ours, their] = [shape(step.submission), shape(root.instanceState.instanceXML)];
        count("submission", ours === their);
        if (ours !== their) return differs(walk, step, "submission", ours, their);
    }
    return "same";
}

function differs(walk, step, where, ours, theirs) {
    const done = { op: step.op, ref: step.ref, value: step.value };
    said.push(`--- ${walk.file} after ${JSON.stringify(done)}: ${where}\n  ours   ${ours}\n  theirs ${theirs}`);
    return "different";
}

// One process does the work, another watches: that engine can take minutes over a form of nested repeats.
if (process.env.FROM) {
    for (const line of lines.slice(Number(process.env.FROM))) {
        const walk = JSON.parse(line);
        let outcome;
        try {
            outcome = await replay(walk);
            if (outcome === "opened") {
                outcome = "refusedByUs";
                said.push(`--- ${walk.file}: refused by us: ${walk.refused}`);
            }
        } catch (error) {
            outcome = walk.refused ? "refusedByBoth" : "refusedByPeer";
            if (process.env.REFUSED && !walk.refused)
                said.push(`--- ${walk.file}: refused by the peer: ${String(error?.message ?? error).replace(/\s+/g, " ").slice(0, 160)}`);
        }
        process.send({ outcome, said: said.splice(0), counts });
    }
    process.send("end");
    await new Promise(() => {});
}
const { fork } = await import("node:child_process");
for (let from = 0; from < lines.length; ) {
    const child = fork(process.argv[1], process.argv.slice(2), { env: { ...process.env, FROM: String(from) } });
    let last = {};
    await new Promise((resolve) => {
        let timer;
        const wait = (seconds) => {
            clearTimeout(timer);
            timer = setTimeout(() => { forms.slow += 1; from += 1; child.kill("SIGKILL"); resolve(); }, seconds * 1000);
        };
        wait(30);
        child.on("message", (message) => {
            if (message === "end") { clearTimeout(timer); child.kill("SIGKILL"); return resolve(); }
            wait(8);
            forms[message.outcome] += 1;
            from += 1;
            last = message.counts;
            for (const text of message.said) if (shown++ < show) console.log(text);
        });
    });
    for (const [what, [equal, all]] of Object.entries(last)) {
        counts[what] ??= [0, 0];
        counts[what][0] += equal;
        counts[what][1] += all;
    }
}
console.log(`${lines.length} random forms filled beside @getodk/xforms-engine, every node compared after every step:`);
const row = (what, text) => console.log(`  ${what.padEnd(72)} ${String(text).padStart(6)}`);
row("the same throughout", forms.same);
row("different at some step", forms.different);
row("refused by both", forms.refusedByBoth);
row("refused by the peer alone (functions or shapes it does not know)", forms.refusedByPeer);
row("refused by us alone", forms.refusedByUs);
row("the peer took more than 8 s", forms.slow);
for (const [what, [equal, all]] of Object.entries(counts)) row(`  ${what}`, `${equal} of ${all}`);
const judged = forms.same + forms.different + forms.refusedByUs;
const share = (100 * forms.same) / Math.max(judged, 1);
const wanted = Number(process.argv[3] ?? 97);
console.log(`  forms that agree: ${share.toFixed(2)} % (wanted: ${wanted} %)`);
process.exit(share >= wanted ? 0 : 1);
