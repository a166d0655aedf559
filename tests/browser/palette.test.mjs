// The command palette: `/` from anywhere finds any record without a hand leaving the keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { here, open, visitor } from "./visit.mjs";

const palette = (page) => page.locator("dialog[data-palette]");
const field = (page) => palette(page).getByRole("combobox");
const options = (page) => palette(page).getByRole("option");

test("a correspondent finds Moldova by /, goes down and up with the arrows, and opens it with Enter", async (t) => {
  const page = await visitor(t);
  await open(page, "/about");
  await page.keyboard.press("/");
  assert.ok(await palette(page).isVisible());
  assert.equal(await field(page).inputValue(), "", "the stroke that opens it is not typed into it");

  await page.keyboard.type("Moldova");
  await options(page).filter({ hasText: "Republic of Moldova" }).first().waitFor();
  assert.equal(await options(page).first().getAttribute("aria-selected"), "true");
  assert.match(await palette(page).getByRole("status").innerText(), /\d+ found/);

  await field(page).fill("prison");
  await options(page).filter({ hasText: "People in prison" }).first().waitFor();
  const chosen = () => field(page).getAttribute("aria-activedescendant");
  const first = await chosen();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await chosen(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), await options(page).last().getAttribute("id"), "above the first stands the last");
  assert.ok(await palette(page).locator('[aria-selected="true"]').isVisible(), "what is chosen is scrolled into view");

  await field(page).fill("Moldova");
  await options(page).filter({ hasText: "Republic of Moldova" }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('dialog [aria-selected="true"]')?.textContent.includes("Moldova"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/countries\/MDA/);
});

test("Escape closes it at once, and the focus is where it was", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  const link = page.getByRole("link", { name: "Georgia", exact: true });
  await link.focus();
  await page.keyboard.press("/");
  await page.keyboard.type("armenia");
  await page.keyboard.press("Escape");
  assert.ok(await palette(page).isHidden());
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  assert.equal(here(page), "/countries");
});

test("it finds a country by what others call it, in any spelling", async (t) => {
  const page = await visitor(t);
  await open(page, "/");
  for (const [typed, found] of [["turkey", "Türkiye"], ["macedonia", "North Macedonia"], ["საქართველო", "Georgia"], ["Україна", "Ukraine"]]) {
    await page.keyboard.press("Control+k");
    await field(page).fill(typed);
    await options(page).filter({ hasText: found }).first().waitFor();
    await page.keyboard.press("Escape");
  }
});

test("when nothing is found it says so, and Enter leads to the page of the search", async (t) => {
  const page = await visitor(t);
  await open(page, "/");
  await page.getByRole("banner").getByRole("link", { name: /Search/ }).click();
  await field(page).fill("qqzzqq");
  await page.waitForFunction(() => document.querySelector("dialog [role=status]").textContent.startsWith("Nothing found"));
  assert.equal(await options(page).count(), 0);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=qqzzqq/);
});

test("a slash typed into a field stays a slash", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  const filter = page.getByRole("searchbox", { name: "Find in this list" });
  await filter.focus();
  await page.keyboard.type("a/b");
  assert.equal(await filter.inputValue(), "a/b");
  assert.ok(await palette(page).isHidden());
});
