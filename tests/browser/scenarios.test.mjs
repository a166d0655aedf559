// A hand on a lever: the answer follows without a new page, the address follows the answer, and all of it works by keyboard, on a
// phone and without a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { barriers, here, open, PHONE, visitor } from "./visit.mjs";

const EXPLORER = "/scenarios/MDA?draws=6&people=3&until=2036";
const answered = (page) => page.waitForFunction(() => !document.querySelector("#answer[aria-busy]") && document.querySelector(".cards"));

test("a moved slider redraws the answer and says so in the address", async (t) => {
  const page = await visitor(t);
  await open(page, EXPLORER);
  assert.equal(await page.locator(".cards").count(), 0, "nothing is moved yet");
  const slider = page.getByRole("slider", { name: "Naloxone at release" });
  await slider.fill("80");
  await answered(page);
  assert.match(await page.locator(".headline").textContent(), /In 10 years, 2027 to 2036/);
  assert.equal(await page.locator("#naloxone-release").inputValue(), "80");
  assert.match(here(page), /naloxone-release=80/);
  assert.match(here(page), /draws=6/);
  const seen = await page.locator(".cards").textContent();

  // The address alone gives the same answer.
  await page.reload();
  assert.equal(await page.locator(".cards").textContent(), seen);
});

test("the number moves the slider, and the arrow keys move both", async (t) => {
  const page = await visitor(t);
  await open(page, EXPLORER);
  await page.locator("#oat-prison").fill("40");
  await answered(page);
  const slider = page.getByRole("slider", { name: "Opioid agonist treatment in prison" });
  assert.equal(await slider.inputValue(), "40");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.search.includes("oat-prison=41"));
  assert.equal(await page.locator("#oat-prison").inputValue(), "41");
});

test("what cannot be asked is refused beside the levers, and nothing typed is lost", async (t) => {
  const page = await visitor(t, { refused: true });
  await open(page, `${EXPLORER}&naloxone-release=50`);
  await page.locator('input[name="by"]').first().fill("2020");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /by cannot be 2020/);
  assert.equal(await page.locator("#naloxone-release").inputValue(), "50");
  await page.locator('input[name="by"]').first().fill("2030");
  await answered(page);
});

test("without a script a button asks, and the levers are numbers", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await open(page, EXPLORER);
  assert.equal(await page.locator('input[type="range"]:visible').count(), 0);
  await page.locator("#naloxone-release").fill("80");
  await page.getByRole("button", { name: "Show what it changes" }).click();
  assert.match(here(page), /naloxone-release=80/);
  assert.ok(await page.locator(".cards").isVisible());
  assert.match(await page.locator(".headline").textContent(), /In 10 years/);
});

test("on a phone the answer is said at the foot while the levers fill the screen", async (t) => {
  const page = await visitor(t, PHONE);
  await open(page, `${EXPLORER}&naloxone-release=80`);
  const pulse = page.locator(".pulse");
  await page.locator("#needles-prison").scrollIntoViewIfNeeded();
  assert.ok(await pulse.isVisible());
  const box = await pulse.boundingBox();
  assert.ok(box.y + box.height <= 741 && box.y > 500, `at the foot: ${JSON.stringify(box)}`);
  const slider = await page.getByRole("slider", { name: "Needle exchange in prison" }).boundingBox();
  assert.ok(slider.height >= 44, `${slider.height} px high`);
});

test("with every lever and table unfolded there is no barrier, light and dark", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await visitor(t, { colorScheme });
    await open(page, `${EXPLORER}&naloxone-release=80`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    assert.deepEqual((await barriers(page)).map(({ line }) => line), []);
  }
});

test("a comparison holds its scenarios in its address", async (t) => {
  const page = await visitor(t);
  await open(page, "/scenarios/MDA/compare?s=naloxone&s=oat-prison%3D60%26draws%3D6%26people%3D3");
  assert.equal(await page.locator(".compared thead th").count(), 3);
  const link = await page.getByRole("link", { name: "Link to this comparison" }).getAttribute("href");
  const seen = await page.locator(".compared tbody").textContent();
  await open(page, link);
  assert.equal(await page.locator(".compared tbody").textContent(), seen);
});

test("one prison alone is chosen under its lever, and the address says so", async (t) => {
  const page = await visitor(t);
  await open(page, `${EXPLORER}&oat-prison=60`);
  const place = page.locator('select[name="oat-prison.in"]');
  await page.locator(".lever", { has: place }).locator("summary").click();
  await place.selectOption({ label: "Women's prison" });
  await page.waitForFunction(() => location.search.includes("oat-prison.in=women-s-prison"));
  await page.reload();
  assert.ok(await place.isVisible(), "what is chosen is not folded away");
  assert.equal(await place.inputValue(), "women-s-prison");
});

test("one prison can be chosen without a script", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await open(page, EXPLORER);
  await page.locator("#oat-prison").fill("60");
  const place = page.locator('select[name="oat-prison.in"]');
  await page.locator(".lever", { has: place }).locator("summary").click();
  await place.selectOption("remand-prisons");
  await page.getByRole("button", { name: "Show what it changes" }).click();
  assert.match(here(page), /oat-prison\.in=remand-prisons/);
  await page.locator("summary", { hasText: "The lever that is moved" }).click();
  assert.ok(await page.getByText("Opioid agonist treatment in prison (Remand prisons)").isVisible());
});

test("policies stand against WHO's targets, drawn one at a time, with one's own levers beside them", async (t) => {
  const page = await visitor(t);
  await open(page, `${EXPLORER}&naloxone-release=80`);
  await page.getByRole("link", { name: "All policies against WHO’s targets" }).click();
  assert.match(here(page), /elimination\?naloxone-release=80/);
  const rows = page.locator(".compared tbody tr");
  assert.equal(await rows.count(), 9, "as it goes on, seven policies, one's own");
  assert.match(await rows.last().textContent(), /My levers: /);
  await page.locator(".presets").getByRole("link", { name: "Hepatitis C treatment for all" }).click();
  assert.match(await page.locator("#drawing-hcv-incidence h2").textContent(), /Hepatitis C treatment for all: WHO’s target for 2030/);
  assert.ok(await page.getByText("Interim guidance for country validation").first().isVisible(), "who asks, and when");
});

test("on a phone the region's answer is one tap away", async (t) => {
  const page = await visitor(t, PHONE);
  await open(page, "/region");
  const way = page.locator(".to-answer a");
  const box = await way.boundingBox();
  assert.ok(box.y < 740 && box.height >= 44, JSON.stringify(box));
  await way.click();
  assert.ok(await page.locator("#region-answer").evaluate((h) => h.getBoundingClientRect().top < innerHeight));
});
