// The README's tour: somebody opens the site for the first time and follows it from the map to a figure's
// source, to the comparison, to the evidence, and takes the brief away.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fetched, here, open, readPdf, visitor } from "./visit.mjs";

test("a programme officer follows the tour from the start page to the API", async (t) => {
  const page = await visitor(t);
  const follow = async (name, where = page) => {
    await where.getByRole("link", { name, exact: true }).first().click();
    await page.waitForLoadState();
  };
  const navigation = page.getByRole("navigation", { name: "Main navigation" });
  const known = page.getByRole("navigation", { name: "Know" });
  const heading = () => page.getByRole("heading", { level: 1 }).innerText();

  await t.test("from the start page to the countries", async () => {
    await open(page, "/");
    assert.match(await heading(), /Drugs and health in prisons/);
    assert.ok(await page.locator("figure.drawing svg").first().isVisible(), "the map is there");
    await follow("Know", navigation);
    assert.equal(here(page), "/countries");
    assert.equal(await known.getByRole("link", { name: "Countries" }).getAttribute("aria-current"), "page");
  });

  await t.test("Moldova's brief opens, and each of its findings leads to its section", async () => {
    await follow("Republic of Moldova", page.locator("table.sortable"));
    assert.equal(here(page), "/countries/MDA");
    assert.match(await heading(), /Republic of Moldova/);
    const findings = page.locator(".findings a");
    assert.ok((await findings.count()) >= 3, "page one carries the message");
    for (const finding of await findings.all()) {
      await finding.click();
      const target = page.locator(`section[id="${new URL(page.url()).hash.slice(1)}"]`);
      assert.ok(await target.isVisible(), `${page.url()} leads to a section`);
    }
  });

  await t.test("the contents lead to every section", async () => {
    const entries = await page.getByRole("navigation", { name: "Contents" }).getByRole("link").all();
    assert.ok(entries.length >= 6, "the brief has sections");
    for (const entry of entries) {
      await entry.click();
      const section = page.locator(`section[id="${new URL(page.url()).hash.slice(1)}"]`);
      assert.equal(await section.getByRole("heading", { level: 2 }).innerText(), await entry.innerText());
      const top = (await section.boundingBox()).y;
      assert.ok(top < 900 && top > -200, `${page.url()} scrolls to its section (its top is at ${top})`);
    }
  });

  await t.test("a figure leads to its history and its source", async () => {
    const figure = page.locator("#situation td .value a").first();
    const value = await figure.innerText();
    await figure.click();
    await page.waitForLoadState();
    assert.match(here(page), /^\/figures\/MDA\//);
    const versions = page.locator("table.versions");
    assert.ok((await versions.innerText()).includes(value), `the history holds ${value}`);
    await versions.getByRole("rowheader").getByRole("link").first().click();
    await page.waitForLoadState();
    assert.match(here(page), /^\/sources\//);
  });

  await t.test("the region compared on a chosen indicator", async () => {
    await follow("Region", known);
    const chosen = page.locator('input[name="indicator"]:checked');
    while ((await chosen.count()) > 0) await chosen.first().uncheck();
    await page.locator(".choose summary").filter({ hasText: /^Infection$/ }).click();
    await page.locator('input[name="indicator"][value="hiv_prevalence_prison"]').check();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL(/indicator=hiv_prevalence_prison/);
    assert.match(await page.locator(".region-finding").innerText(), /HIV/);
    assert.ok((await page.locator("table.sortable tbody tr").count()) > 10, "the ranked table is there");
    assert.ok(await page.locator("#drawing-map svg:visible").first().isVisible(), "the map is there");
  });

  await t.test("what works, and where one effect comes from", async () => {
    await follow("What works", known);
    assert.equal(here(page), "/evidence");
    await page.locator("main").getByRole("link", { name: "Opioid agonist treatment", exact: true }).first().click();
    await page.waitForLoadState();
    await page.locator('main a[href^="/effects/"]:visible').first().click();
    await page.waitForLoadState();
    assert.ok((await page.locator('main a[href^="/sources/"]').count()) > 0, "the effect names its source");
  });

  await t.test("figures in doubt give their reason", async () => {
    await open(page, "/doubts");
    const rows = page.locator("table.sortable tbody tr");
    assert.ok((await rows.count()) > 10);
    for (const row of (await rows.all()).slice(0, 5)) {
      assert.ok((await row.locator('[data-label="Reason"]').innerText()).length > 15, "each says why");
    }
  });

  await t.test("the brief is taken away as a PDF", async () => {
    await open(page, "/countries/MDA");
    const href = await page.getByRole("link", { name: /^PDF/ }).first().getAttribute("href");
    const paper = await fetched(page, href);
    assert.equal(paper.type, "application/pdf");
    assert.match(readPdf(paper.bytes).text, /Moldova/);
  });

  await t.test("in French, on the same page", async () => {
    await page.getByRole("navigation", { name: "Languages" }).getByRole("link", { name: /Français/ }).click();
    await page.waitForURL(/lang=fr/);
    assert.equal(new URL(page.url()).pathname, "/countries/MDA");
    assert.equal(await page.locator("html").getAttribute("lang"), "fr");
    assert.match(await heading(), /Moldova/);
    // The choice is remembered: the next page needs no `lang` in its address.
    await open(page, "/countries");
    assert.equal(await page.locator("html").getAttribute("lang"), "fr");
    await open(page, "/countries?lang=en");
  });

  await t.test("the same as data", async () => {
    await follow("Data and API", page.getByRole("contentinfo"));
    assert.equal(here(page), "/api");
    const description = await fetched(page, await page.locator('main a[href$="openapi.json"]').getAttribute("href"));
    const { openapi, paths } = JSON.parse(description.bytes);
    assert.match(openapi, /^3\./);
    assert.ok(paths["/api/countries/{code}/brief"]);
    const brief = JSON.parse((await fetched(page, "/api/countries/MDA/brief")).bytes);
    assert.match(brief.title, /Moldova/);
  });
});

test("every address that the README's tour gives answers", async (t) => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const tour = readme.split(/^## /m).find((section) => section.startsWith("A tour"));
  const addresses = [...tour.matchAll(/http:\/\/127\.0\.0\.1:8080(\/[^\s)'`>]*)/g)].map(([, address]) => address);
  assert.ok(addresses.length >= 10, "the tour gives addresses");
  const page = await visitor(t);
  for (const address of addresses) await fetched(page, address);
});
