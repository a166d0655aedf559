// Barriers for people with disabilities, by axe-core against WCAG 2.2 level AA: on each kind of page,
// light and dark, at a desk and on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./pages.mjs";
import { barriers, DESK, open, PHONE, visitor } from "./visit.mjs";

for (const [place, screen] of Object.entries({ "at a desk": DESK, "on a phone": PHONE })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${place}, in ${colorScheme}`, async (t) => {
      const page = await visitor(t, { ...screen, colorScheme });
      for (const address of PAGES) {
        await t.test(address, async () => {
          await open(page, address);
          const found = await barriers(page);
          assert.equal(found.length, 0, found.map(({ line }) => line).join("\n"));
        });
      }
    });
  }
}

test("with the palette open, with everything unfolded, and on a page that refuses", async (t) => {
  const page = await visitor(t, { refused: true });
  const none = async () => assert.deepEqual((await barriers(page)).map(({ line }) => line), []);
  await open(page, "/");
  await page.keyboard.press("/");
  await page.keyboard.type("prison");
  await page.locator("dialog [role=option]").first().waitFor();
  await none();

  await open(page, "/countries/MDA");
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await none();

  const answer = await page.goto("/countries/ATLANTIS");
  assert.equal(answer.status(), 404);
  assert.ok(await page.getByRole("alert").isVisible());
  await none();
});

test("no name of a place in a page is given twice: every link into it leads to one place", async (t) => {
  const page = await visitor(t);
  for (const address of PAGES) {
    await open(page, address);
    const twice = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
    });
    assert.deepEqual(twice, [], address);
  }
});

test("every page has one heading of the first level, a title of its own, and no level left out", async (t) => {
  const page = await visitor(t);
  const titles = new Map();
  for (const address of PAGES) {
    await open(page, address);
    const levels = await page.locator("h1:visible, h2, h3, h4").evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    assert.equal(levels.filter((level) => level === 1).length, 1, `${address} has one first heading`);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `${address}: levels ${levels}`));
    const title = await page.title();
    assert.ok(!titles.has(title) || address.split("?")[0] === titles.get(title).split("?")[0], `${address} and ${titles.get(title)} are both “${title}”`);
    titles.set(title, address);
  }
});
