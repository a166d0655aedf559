// Pages load quietly and lightly: no error, no other host, few bytes, nothing that jumps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./pages.mjs";
import { open, PHONE, visitor } from "./visit.mjs";

/** What look.md allows a page without a map, over the wire. */
const BYTES = 100_000;

test("every page loads without an error, a broken policy, or a request to another host", async (t) => {
  // `visitor` watches; this test only goes everywhere, in both languages.
  const page = await visitor(t);
  for (const address of PAGES) {
    await open(page, address);
    await open(page, `${address}${address.includes("?") ? "&" : "?"}lang=fr`);
    assert.ok(!/⟦/.test(await page.locator("body").innerText()), `${address} has a message without words`);
    await page.context().clearCookies();
  }
});

test("every link of these pages within the site leads somewhere", async (t) => {
  const page = await visitor(t);
  const links = new Map();
  for (const address of PAGES) {
    await open(page, address);
    for (const href of await page.locator("a[href]").evaluateAll((all) => all.map((a) => new URL(a.getAttribute("href"), location.href).href))) {
      const url = new URL(href);
      if (url.origin !== new URL(page.url()).origin) continue;
      // Of the many links of one kind (a country's, a figure's), the first few stand for all.
      const kind = url.pathname.replace(/[^/]*\d[^/]*|[A-Z]{3}/g, "*") + [...url.searchParams.keys()].sort();
      const same = links.get(kind) ?? links.set(kind, new Map()).get(kind);
      if (same.size < 3) same.set(url.pathname + url.search, address);
    }
  }
  const broken = [];
  for (const [link, from] of [...links.values()].flatMap((same) => [...same])) {
    const answer = await page.request.get(link);
    if (answer.status() !== 200) broken.push(`${link} (on ${from}) answers ${answer.status()}`);
  }
  assert.deepEqual(broken, []);
});

test("a brief costs less than 100 kB over the wire, all its files counted", async (t) => {
  for (const screen of [{}, PHONE]) {
    const page = await visitor(t, screen);
    const sizes = [];
    page.on("requestfinished", (request) => sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => [request.url(), responseBodySize + responseHeadersSize])));
    const answer = await open(page, "/countries/MDA");
    await page.waitForLoadState("networkidle");
    assert.match(answer.headers()["content-encoding"] ?? "none", /gzip|br|zstd/, "the page is sent compressed");
    const all = await Promise.all(sizes);
    const total = all.reduce((sum, [, bytes]) => sum + bytes, 0);
    assert.ok(total > 5_000 && total < BYTES, `${total} bytes: ${JSON.stringify(all)}`);
  }
});

test("nothing jumps while a page loads and is scrolled", async (t) => {
  for (const screen of [{}, PHONE]) {
    const page = await visitor(t, screen);
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => ({
        value: entry.value,
        of: entry.sources.map(({ node }) => `${node?.nodeName}.${node?.className}`),
      })))).observe({ type: "layout-shift", buffered: true });
    });
    for (const address of ["/", "/countries", "/countries/MDA", "/region", "/evidence"]) {
      await open(page, address);
      await page.evaluate(async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 600) {
          scrollTo(0, y);
          await new Promise(requestAnimationFrame);
        }
      });
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      assert.ok(sum < 0.1, `${address} shifts by ${sum}: ${JSON.stringify(shifts)}`);
    }
  }
});
