// What every browser test stands on: one Chromium for each file of tests, a new visitor (no cookies,
// no memory, an empty cache) for each test. A visitor's test also fails when a page of ours wrote an
// error to the console, broke its own security policy, or asked anything of another host.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const installed = createRequire(new URL("../../client/package.json", import.meta.url));
const { chromium } = installed("playwright-core");

/** Where the site is: tests/browser/run serves it and says so. */
export const SITE = process.env.SITE;
if (!SITE) throw new Error("SITE is not set. Run tests/browser/run, or set SITE to the address of a running site.");

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
export const DESK = { viewport: { width: 1280, height: 900 } };

// A debug build on a shared machine may take its time for a paper; a page that hangs still ends here.
const PATIENCE_MS = 30_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
after(() => browser.close());

/**
 * A page for a new visitor of test `t`. `options` are Playwright's of a context (`colorScheme`,
 * `javaScriptEnabled`, `locale` …), and `refused: true` where a page that refuses is meant to be seen.
 */
export async function visitor(t, { refused = false, ...options } = {}) {
  const context = await browser.newContext({ baseURL: SITE, locale: "en-GB", ...DESK, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== SITE) complaints.push(`asked another host: ${request.url()}`);
  });
  context.on("console", (message) => {
    if (refused && /status of 4\d\d/.test(message.text())) return;
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`console on ${message.page()?.url()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`script failed on ${error.page()?.url()}: ${error.error()}`));
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  return context.newPage();
}

/** Opens `address` and waits until it is loaded. Fails unless the server answers 200. */
export async function open(page, address) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, `${address} answers ${answer.status()}`);
  return answer;
}

/** Presses `button` and waits until the server has answered what its form sent: only then may a test go elsewhere. */
export async function sent(page, button) {
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await button.click();
  await answered;
}

/** The address that the page shows, without the host. */
export const here = (page) => page.url().slice(SITE.length);

/** A file fetched with this visitor's cookies: its type and bytes. */
export async function fetched(page, address) {
  const answer = await page.request.get(address);
  assert.equal(answer.status(), 200, `${address} answers ${answer.status()}`);
  return { type: answer.headers()["content-type"] ?? "", bytes: await answer.body() };
}

/**
 * The text of a PDF by `pdftotext`, in the order in which it was written, spaces and line ends made one, and what
 * `pdfinfo` says of it.
 */
export function readPdf(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "pdf-"));
  try {
    const file = join(folder, "it.pdf");
    writeFileSync(file, bytes);
    const said = (program, ...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "ignore"] });
    const info = Object.fromEntries(
      said("pdfinfo", file).split("\n").filter((line) => line.includes(":")).map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at), line.slice(at + 1).trim()];
      }),
    );
    return { text: flat(said("pdftotext", "-raw", "-enc", "UTF-8", file, "-")), info };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Text with every run of white space as one space. */
export const flat = (text) => text.replace(/\s+/gu, " ").trim();

/** What axe-core finds against WCAG 2.2 AA: one line for each element, worst first. */
export async function barriers(page) {
  await page.evaluate(installed("axe-core").source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      // Of WCAG 2.2; axe leaves it off unless asked.
      rules: { "target-size": { enabled: true } },
      resultTypes: ["violations"],
    }),
  );
  const order = ["critical", "serious", "moderate", "minor"];
  return violations
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => ({ impact, line: `${impact} ${id}: ${node.target.join(" ")}\n    ${node.html.slice(0, 200)}\n    ${flat(node.failureSummary ?? "")}` })),
    )
    .sort((a, b) => order.indexOf(a.impact) - order.indexOf(b.impact));
}
