// The field is a phone: 360 pixels, a thumb.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./pages.mjs";
import { open, PHONE, visitor } from "./visit.mjs";

/** Half an inch for a thumb: the target size of WCAG 2.2, 2.5.5, in pixels of CSS. */
const THUMB = 44;

test("no page is wider than the phone", async (t) => {
  const page = await visitor(t, PHONE);
  for (const address of PAGES) {
    await open(page, address);
    const { wide, culprits } = await page.evaluate(() => {
      const wide = document.scrollingElement.scrollWidth;
      const inScroller = (e) => e.closest(".table-scroll, .ways, pre, svg");
      const culprits = [...document.querySelectorAll("body *")]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > 361 && !inScroller(e))
        .map((e) => `${e.tagName}.${e.className}`);
      return { wide, culprits: culprits.slice(0, 5) };
    });
    assert.ok(wide <= 360, `${address} is ${wide} px wide: ${culprits}`);
  }
});

test("a thumb hits the way it wants in the main navigation", async (t) => {
  const page = await visitor(t, PHONE);
  await open(page, "/");
  const links = await page.locator("header.top").getByRole("link").all();
  assert.ok(links.length >= 5);
  for (const link of links) {
    const { width, height } = await link.boundingBox();
    const name = await link.innerText();
    assert.ok(height >= THUMB && width >= THUMB, `“${name}” is ${width} × ${height}`);
  }
  const last = page.getByRole("navigation", { name: "Main navigation" }).getByRole("link").last();
  await last.tap();
  await page.waitForURL((url) => url.pathname !== "/");
});

test("buttons, fields and downloads are as tall as a thumb", async (t) => {
  const page = await visitor(t, PHONE);
  for (const address of ["/", "/countries", "/countries/MDA", "/region", "/search"]) {
    await open(page, address);
    const small = await page.evaluate((thumb) => [...document.querySelectorAll("main button, main .button, main input:not([type=checkbox], [type=hidden]), main select, main .downloads a, main summary")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < thumb - 0.5)
      .map((e) => `${e.tagName}.${e.className} “${e.textContent.trim().slice(0, 30)}” ${e.getBoundingClientRect().height}`), THUMB);
    assert.deepEqual(small, [], address);
  }
});

test("every table is a stack of cards or scrolls within the page, its first column in sight", async (t) => {
  const page = await visitor(t, PHONE);
  for (const address of ["/countries", "/countries/MDA", "/countries/MDA/figures", "/region", "/sources", "/doubts"]) {
    await open(page, address);
    for (const table of await page.locator("main table:visible").all()) {
      const found = await table.evaluate((table) => {
        const scroller = table.closest(".table-scroll");
        if (!scroller) return { fits: table.getBoundingClientRect().right <= 361 };
        scroller.scrollLeft = scroller.scrollWidth;
        const first = table.querySelector("tbody th");
        const inSight = !first || first.getBoundingClientRect().right > 0;
        const share = first ? first.getBoundingClientRect().width / scroller.clientWidth : 0;
        scroller.scrollLeft = 0;
        const box = scroller.getBoundingClientRect();
        return { fits: box.left >= 0 && box.right <= 361, inSight, share, reachable: scroller.tabIndex === 0, named: !!scroller.ariaLabel || !!scroller.getAttribute("aria-label") };
      });
      assert.ok(found.fits, `a table of ${address} fits`);
      if (found.inSight === undefined) continue;
      assert.ok(found.inSight, `${address}: whose row it is stays in sight when the table is scrolled`);
      assert.ok(found.share < 0.6, `${address}: the first column leaves room for the others (${found.share})`);
      assert.ok(found.reachable && found.named, `${address}: the keyboard can scroll it, and it has a name`);
    }
  }
});

test("a nurse sorts the countries and opens one with her thumb", async (t) => {
  const page = await visitor(t, PHONE);
  await open(page, "/countries");
  await page.getByRole("columnheader", { name: /Prison rate/ }).getByRole("link").tap();
  await page.waitForURL(/sort=prison_rate/);
  await page.locator("table.sortable tbody th a").first().tap();
  await page.waitForURL(/\/countries\/[A-Z]{3}/);
  assert.ok(await page.locator(".findings").isVisible());
});
