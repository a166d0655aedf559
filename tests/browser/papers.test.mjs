// The papers that the site sets itself: tagged PDF, in every script of the region.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetched, flat, open, readPdf, visitor } from "./visit.mjs";

const PAPERS = [
  ["/countries/MDA.pdf", "Republic of Moldova", "Republica Moldova"],
  ["/countries/GEO.pdf?lang=fr", "Géorgie", "საქართველო"],
  ["/countries/ARM.pdf", "Armenia", "Հայաստան"],
  ["/countries/UKR.pdf", "Ukraine", "Україна"],
  ["/countries/SRB.pdf?lang=fr", "Serbie", "Србија"],
];

for (const [address, name, local] of PAPERS) {
  test(`${address} names ${local} in its own letters, on tagged pages`, async (t) => {
    const page = await visitor(t);
    const { type, bytes } = await fetched(page, address);
    assert.equal(type, "application/pdf");
    const { text, info } = readPdf(bytes);
    assert.ok(text.includes(name), `it names ${name}`);
    assert.ok(text.includes(local), `it names ${local}`);
    assert.ok(!text.includes("\u{fffd}"), "no letter is lost");
    assert.ok(Number(info.Pages) > 1, `${info.Pages} pages`);
    assert.equal(info.Tagged, "yes");
    assert.ok(info.Title.includes(name), "a reader's window is named after it");
  });
}

test("the paper says what the page says", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries/MDA");
  const { text } = readPdf((await fetched(page, "/countries/MDA.pdf")).bytes);
  // Line ends may part a word that carries a hyphen; nothing else may differ.
  const bare = (words) => flat(words).replace(/[-\u{ad}\u{2010}]\s?/gu, "");
  for (const finding of await page.locator(".findings a").allInnerTexts()) {
    assert.ok(bare(text).includes(bare(finding)), `“${finding}” is on the paper`);
  }
  for (const heading of await page.locator(".doc-section > h2").allInnerTexts()) {
    assert.ok(bare(text).includes(bare(heading)), `“${heading}” is on the paper`);
  }
});

test("the same figures make the same bytes", async (t) => {
  const page = await visitor(t);
  const [one, two] = [await fetched(page, "/countries/ARM.pdf"), await fetched(page, "/countries/ARM.pdf?lang=en")];
  assert.ok(one.bytes.equals(two.bytes));
});
