// A brief printed from the browser, as a minister is handed it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { flat, open, readPdf, visitor } from "./visit.mjs";

test("a health officer prints the brief: findings, figures and sources, without the site's furniture", async (t) => {
  const page = await visitor(t, { colorScheme: "dark" });
  await open(page, "/countries/MDA");
  const findings = (await page.locator(".findings a").allInnerTexts()).map(flat);
  const sections = (await page.locator(".doc-section > h2").allInnerTexts()).map(flat);
  const values = (await page.locator("#situation td .value b").allInnerTexts()).map(flat);
  assert.ok(findings.length >= 3 && sections.length >= 6 && values.length >= 3);

  await page.emulateMedia({ media: "print" });
  for (const gone of ["header.top", ".foot-links", ".themes", ".doc-contents", ".actions", ".skip"]) {
    assert.equal(await page.locator(gone).isVisible(), false, `${gone} is not printed`);
  }
  assert.ok((await page.locator(".drawing svg:visible").count()) > 0, "drawings are printed");
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, "rgb(255, 255, 255)", "a dark screen prints on white");

  const { text, info } = readPdf(await page.pdf({ format: "A4", preferCSSPageSize: true }));
  for (const words of [...findings, ...sections, ...values]) assert.ok(text.includes(words), `“${words}” is printed`);
  assert.ok(Number(info.Pages) > 1 && Number(info.Pages) < 30, `${info.Pages} pages`);
  assert.ok(!text.includes("\u{fffd}"), "no letter is lost");
});

test("a printed list keeps all its rows", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  const places = await page.locator("table.sortable tbody th a").allInnerTexts();
  const { text } = readPdf(await page.pdf({ format: "A4", landscape: true }));
  for (const place of places) assert.ok(text.includes(flat(place)), `${place} is printed`);
});

test("on paper nothing runs out of the page", async (t) => {
  // The width of A4 between the margins of the stylesheet, in pixels of CSS.
  const width = Math.round(((210 - 2 * 16) / 25.4) * 96);
  const page = await visitor(t, { viewport: { width, height: 900 } });
  for (const address of ["/countries/MDA", "/countries", "/indicators/prison_rate", "/evidence/opioid-agonist-treatment"]) {
    await open(page, address);
    await page.emulateMedia({ media: "print" });
    const over = await page.evaluate(
      (width) => [...document.querySelectorAll("main *")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".sr, svg") && e.getBoundingClientRect().right > width + 1)
        .map((e) => `${e.tagName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`),
      width,
    );
    assert.deepEqual(over, [], address);
  }
});
