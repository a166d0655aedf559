// A list is sorted, narrowed and taken away; what is downloaded is what is seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetched, flat, here, open, visitor } from "./visit.mjs";

const rows = (page) => page.locator("table.sortable tbody tr:visible");
const head = (page, name) => page.locator("table.sortable thead").getByRole("columnheader", { name });

/** The texts of one column, from the visible rows. */
const column = (page, name) => page.locator(`table.sortable tbody tr:visible > [data-label="${name}"]`).evaluateAll(
  (cells) => cells.map((cell) => (cell.querySelector("a") ?? cell.firstChild).textContent.trim()),
);

const numbers = (texts) => texts.filter((text) => text !== "·").map((text) => Number(text.replaceAll(",", "")));

/** A download's rows, its head left out. */
async function csv(page) {
  const link = page.locator(".downloads").getByRole("link", { name: "CSV" }).first();
  const { type, bytes } = await fetched(page, await link.getAttribute("href"));
  assert.match(type, /^text\/csv/);
  return parse(bytes.toString("utf8").replace(/^\u{feff}/u, "")).slice(1);
}

/** Comma-separated values as RFC 4180 has them. */
function parse(text) {
  const records = [];
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  let record = [];
  for (let found; field.lastIndex < text.length && (found = field.exec(text)); ) {
    const [, raw, end] = found;
    record.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end !== ",") records.push(record.splice(0));
  }
  return records;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with script" : "without script";

  test(`a click on a column's head sorts by it, a second click turns it round, ${how}`, async (t) => {
    const page = await visitor(t, { javaScriptEnabled });
    await open(page, "/countries");
    const occupancy = head(page, /Occupancy/);
    await occupancy.getByRole("link").click();
    await page.waitForURL(/sort=occupancy/);
    assert.equal(await occupancy.getAttribute("aria-sort"), "ascending");
    const rising = numbers(await column(page, "Occupancy"));
    assert.ok(rising.length > 20, "countries have an occupancy");
    assert.deepEqual(rising, rising.toSorted((a, b) => a - b));

    await occupancy.getByRole("link").click();
    await page.waitForURL(/sort=-occupancy/);
    assert.equal(await occupancy.getAttribute("aria-sort"), "descending");
    const shown = await column(page, "Occupancy");
    const falling = numbers(shown);
    assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
    // What is missing is neither high nor low: it stands last in either direction.
    assert.ok(shown.slice(falling.length).every((text) => text === "·"));
    assert.equal(await page.locator("th[aria-sort]").count(), 1, "one column says that it is sorted");
  });
}

test("names are sorted as a reader expects, without regard to marks", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries?sort=place");
  const plain = (await column(page, "Place")).map((name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
  assert.deepEqual(plain, plain.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
});

test("typing narrows the list, says how many are left, and the download follows", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  const all = await rows(page).count();
  const field = page.getByRole("searchbox", { name: "Find in this list" });
  const status = page.locator("[data-filter-count]");

  await field.pressSequentially("moldova");
  await page.waitForFunction((all) => document.querySelector("[data-filter-count]").textContent.startsWith(`1 of ${all}`), all);
  assert.deepEqual(await column(page, "Place"), ["Republic of Moldova"]);
  assert.equal(await status.getAttribute("role"), "status", "a screen reader is told");
  assert.deepEqual((await csv(page)).map(([place]) => place), ["Republic of Moldova"]);
  // The address is what is seen: it can be sent to a colleague.
  assert.match(here(page), /q=moldova/);

  await field.fill("turkiye");
  await page.waitForFunction(() => !document.querySelector("table.sortable tbody tr:not([hidden])")?.textContent.includes("Moldova"));
  assert.deepEqual(await column(page, "Place"), ["Türkiye"], "marks and case do not matter");

  await field.press("Escape");
  await page.waitForFunction((all) => document.querySelectorAll("table.sortable tbody tr:not([hidden])").length === all, all);
});

test("two words that stand in different columns narrow the list in the same way typed, sent and downloaded", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  const field = page.getByRole("searchbox", { name: "Find in this list" });
  await field.fill("caucasus armenia");
  await page.waitForFunction(() => document.querySelectorAll("table.sortable tbody tr:not([hidden])").length === 1);
  assert.deepEqual((await csv(page)).map(([place]) => place), ["Armenia"]);
  await field.press("Enter");
  await page.waitForURL(/q=caucasus/);
  assert.deepEqual(await column(page, "Place"), ["Armenia"]);
});

test("sorting keeps what was typed", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  await page.getByRole("searchbox", { name: "Find in this list" }).fill("caucasus");
  await page.waitForFunction(() => document.querySelectorAll("table.sortable tbody tr:not([hidden])").length === 3);
  await head(page, /Prison rate/).getByRole("link").click();
  await page.waitForURL(/sort=prison_rate/);
  assert.deepEqual((await column(page, "Place")).toSorted(), ["Armenia", "Azerbaijan", "Georgia"]);
});

test("a download holds the rows that are seen, in their order", async (t) => {
  const page = await visitor(t);
  for (const address of ["/countries?sort=-prison_rate", "/countries?q=caucasus&sort=place", "/indicators?sort=name", "/region?indicator=prison_rate&scope=focus"]) {
    await open(page, address);
    const seen = await page.locator("table.sortable tbody tr:visible > :first-child").evaluateAll((cells) => cells.map((cell) => (cell.querySelector("a") ?? cell).textContent.trim()));
    assert.ok(seen.length > 0, `${address} shows rows`);
    assert.deepEqual((await csv(page)).map(([first]) => flat(first)), seen.map(flat), address);
  }
});

test("a list of many pages is searched as a whole, not only the page that is open", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries/MDA/figures");
  assert.ok(await page.getByRole("navigation", { name: "Pages of this list" }).isVisible(), "the list has pages");
  const total = (await page.locator("[data-filter-count]").innerText()).match(/of ([\d,]+)/)[1];
  const field = page.getByRole("searchbox", { name: "Find in this list" });
  await field.fill("occupancy");
  await field.press("Enter");
  await page.waitForURL(/q=occupancy/);
  assert.match(await page.locator("[data-filter-count]").innerText(), new RegExp(`of ${total} `));
  const { length } = await csv(page);
  assert.equal(length, Number((await page.locator("[data-filter-count]").innerText()).match(/^[\d,]+/)[0].replaceAll(",", "")));
});

test("without script a visitor reads, narrows, searches and changes the language", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await open(page, "/countries");
  await page.getByRole("searchbox", { name: "Find in this list" }).fill("georgia");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.waitForURL(/q=georgia/);
  assert.equal(await rows(page).count(), 1);

  await page.getByRole("link", { name: "Georgia", exact: true }).click();
  await page.waitForURL(/countries\/GEO/);
  assert.ok(await page.locator(".findings li").first().isVisible());
  assert.ok(await page.locator(".drawing svg:visible").first().isVisible());
  // Nothing stands there that would do nothing.
  assert.equal(await page.locator("[data-theme-choice]:visible, [data-print]:visible").count(), 0);

  await page.getByRole("link", { name: /Français/ }).click();
  await page.waitForURL(/countries\/GEO\?lang=fr/);
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /Géorgie/);

  await page.getByRole("banner").getByRole("link", { name: /Rechercher/ }).click();
  await page.waitForURL(/\/search/);
  await page.locator("main").getByRole("searchbox").fill("Arménie");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=Arm/);
  assert.ok(await page.locator("main").getByRole("link", { name: "Arménie", exact: true }).isVisible());
});

test("a column of drawings holds drawings, each said in words", async (t) => {
  const page = await visitor(t);
  await open(page, "/region?indicator=prison_rate&scope=focus");
  const trends = page.locator('table.sortable tbody [data-label="Trend"]');
  assert.ok((await trends.count()) > 10);
  assert.ok((await trends.locator("svg").count()) > 10, "the years of most places are drawn");
});
