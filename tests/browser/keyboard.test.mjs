// No mouse at all: everything can be reached with Tab, seen when it is reached, and used with Enter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURE } from "./pages.mjs";
import { here, open, visitor } from "./visit.mjs";

/** Presses Tab until the focus is on something whose accessible words match. Fails after `most` presses. */
async function tabTo(page, words, most = 60) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => document.activeElement?.innerText?.trim() ?? "");
    if (words.test(reached)) return;
  }
  assert.fail(`${words} is not reached with ${most} presses of Tab on ${here(page)}`);
}

test("from the start page to a brief, and to a sorted table, with Tab and Enter only", async (t) => {
  const page = await visitor(t);
  await open(page, "/");
  await tabTo(page, /^Know$/, 10);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/countries$/);

  await tabTo(page, /^Occupancy/, 40);
  await page.keyboard.press("Enter");
  await page.waitForURL(/sort=occupancy/);
  assert.equal(await page.locator("th[aria-sort=ascending]").count(), 1);

  await tabTo(page, /^Armenia$/, 200);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/countries\/ARM/);
  await tabTo(page, /./, 1);
});

test("the first Tab offers to skip the navigation, and does", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries/MDA");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  assert.ok(await skip.evaluate((element) => element === document.activeElement));
  const { y, height } = await skip.boundingBox();
  assert.ok(y >= 0 && height > 20, "it is seen once it is reached");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "the next Tab is in the content");
});

test("wherever the focus is, it is seen", async (t) => {
  const page = await visitor(t);
  for (const address of ["/", "/countries", "/countries/MDA", "/region", FIGURE]) {
    await open(page, address);
    const unseen = [];
    let stops = 0;
    for (let pressed = 0; pressed < 45; pressed += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const marked = [element, ...element.querySelectorAll("*")].some((e) => {
          const style = getComputedStyle(e);
          const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          return outlined || (element.closest("svg") && parseFloat(style.strokeWidth) >= 3 && style.stroke !== "none");
        });
        const box = element.getBoundingClientRect();
        const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        // What is on top at its middle is it, or is in it: nothing sticky lies over the focus. (The middle of
        // a country's outline may be its neighbour's.)
        const at = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1));
        const covered = !element.closest("svg") && at && !element.contains(at) && !at.contains(element);
        return { what: `${element.tagName}.${element.className?.baseVal ?? element.className} “${(element.textContent ?? "").trim().slice(0, 40)}”`, seen: marked && inView && !covered, marked, inView, covered };
      });
      if (!stop) break;
      stops += 1;
      if (!stop.seen) unseen.push(stop);
    }
    assert.ok(stops > 8, `${address} has stops`);
    assert.deepEqual(unseen, [], address);
  }
});

test("a drawing's points are reached and say what they are", async (t) => {
  const page = await visitor(t);
  await open(page, "/indicators/prison_rate");
  const points = page.locator(".drawing svg:visible [tabindex='0'], .drawing svg:visible a");
  assert.ok((await points.count()) > 5, "points can be reached");
  for (const point of (await points.all()).slice(0, 10)) {
    const said = await point.evaluate((p) => p.getAttribute("aria-label") ?? p.querySelector("title")?.textContent ?? "");
    assert.match(said, /\d/, "a point says its figure");
  }
});
