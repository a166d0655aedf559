// Light and dark: as the device says, or as the visitor chooses; pages and drawings together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, visitor } from "./visit.mjs";

/** Luminance (WCAG 2.2, "relative luminance") of the page's ground, its ink, and the ink of a drawing. */
const looks = (page) =>
  page.evaluate(() => {
    const channel = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((c) => channel(Number(c) / 255));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const body = getComputedStyle(document.body);
    const drawn = [...document.querySelectorAll(".drawing svg text")].find((text) => text.checkVisibility());
    return { ground: luminance(body.backgroundColor), ink: luminance(body.color), drawn: luminance(getComputedStyle(drawn).fill) };
  });

const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

function isLight({ ground, ink, drawn }) {
  assert.ok(ground > 0.8 && ink < 0.1, `light ground, dark ink (${ground}, ${ink})`);
  assert.ok(contrast(ground, drawn) >= 4.5, "words of a drawing can be read");
}
function isDark({ ground, ink, drawn }) {
  assert.ok(ground < 0.05 && ink > 0.6, `dark ground, light ink (${ground}, ${ink})`);
  assert.ok(contrast(ground, drawn) >= 4.5, "words of a drawing can be read");
}

test("a device set to dark gets dark pages and drawings, and light ones when it is set back", async (t) => {
  const page = await visitor(t, { colorScheme: "dark" });
  await open(page, "/countries/MDA");
  isDark(await looks(page));
  await page.emulateMedia({ colorScheme: "light" });
  isLight(await looks(page));
});

test("a device set to dark gets dark pages without script, too", async (t) => {
  const page = await visitor(t, { colorScheme: "dark", javaScriptEnabled: false });
  await open(page, "/countries/MDA");
  isDark(await looks(page));
});

for (const [device, choice, holds] of [["light", "Dark", isDark], ["dark", "Light", isLight]]) {
  test(`on a ${device} device a visitor chooses ${choice}, and it is remembered`, async (t) => {
    const page = await visitor(t, { colorScheme: device });
    await open(page, "/countries/MDA");
    const themes = page.getByRole("group", { name: "Appearance" });
    const button = themes.getByRole("button", { name: choice });
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    holds(await looks(page));

    await page.reload();
    holds(await looks(page));
    await open(page, "/indicators/prison_rate");
    holds(await looks(page));
    assert.equal(await button.getAttribute("aria-pressed"), "true");

    await themes.getByRole("button", { name: "As the device" }).click();
    await page.reload();
    (device === "dark" ? isDark : isLight)(await looks(page));
  });
}

test("a chosen scheme is there before the first paint: no page flashes white", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries");
  await page.getByRole("button", { name: "Dark" }).click();
  // The first frame that is drawn is asked for its ground.
  await page.addInitScript(() => {
    requestAnimationFrame(function first() {
      if (!document.body) return requestAnimationFrame(first);
      window.firstGround = getComputedStyle(document.body).backgroundColor;
    });
  });
  await open(page, "/countries/MDA");
  await page.waitForFunction(() => window.firstGround);
  const first = await page.evaluate(() => window.firstGround);
  assert.equal(first, await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
});

test("inside and outside keep their colours, and differ by more than colour", async (t) => {
  const page = await visitor(t);
  await open(page, "/countries/MDA");
  const borders = await page.evaluate(() => {
    const of = (hue) => {
      const style = getComputedStyle(document.querySelector(`.pair .hue-${hue}`));
      return { colour: style.borderLeftColor, line: style.borderLeftStyle };
    };
    return { inside: of("inside"), outside: of("outside") };
  });
  assert.notEqual(borders.inside.colour, borders.outside.colour);
  assert.notEqual(borders.inside.line, borders.outside.line);
});
