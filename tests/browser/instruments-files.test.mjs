// A questionnaire that asks for a file, filled on the web page: on an office PC, on a phone, and without a script; and what
// an anonymous round says in its place.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { administrator, barriers, DESK, fetched, open, PHONE, visitor } from "./own_site.mjs";

const FORM = `
| settings | | |
| | form_title | form_id |
| | Register | register |
| survey | | | | |
| | type | name | label | required |
| | text | ward | Ward | |
| | image | photo | Photograph of the register | yes |
| | file | list | The list, where there is one | |
`;

// The smallest picture there is: one pixel as PNG.
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

async function made(page, way, title) {
  await open(page, "/rounds?instrument=register");
  await page.getByLabel("Name of the round, as respondents see it").fill(title);
  await page.locator(`input[name="way"][value="${way}"]`).check();
  await page.getByRole("button", { name: "Make the round" }).click();
  await page.waitForURL(/\/rounds\/[0-9a-f]+$/);
  const link = await page.locator("code", { hasText: "/ask/" }).first().innerText();
  return { round: new URL(page.url()).pathname, link };
}

/** Answers with a photograph, in a browser as it is given. */
async function answers(t, link, options, name) {
  const nurse = await visitor(t, { refused: true, ...options });
  await nurse.goto(link);
  await nurse.getByRole("button", { name: "Begin" }).click();
  await nurse.getByLabel("Ward").fill(name);
  const photo = nurse.getByLabel("Photograph of the register");
  assert.equal(await photo.getAttribute("accept"), "image/*");
  await photo.setInputFiles({ name: "words.png", mimeType: "image/png", buffer: Buffer.from("only words") });
  await nurse.getByRole("button", { name: "Continue" }).click();
  await nurse.getByText("words.png is not a picture.", { exact: false }).first().waitFor();
  assert.equal(await nurse.getByLabel("Ward").inputValue(), name, "what was typed stays");
  const wrong = async (state) => {
    assert.deepEqual((await barriers(nurse)).map(({ line }) => line), [], state);
    const wide = await nurse.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(wide <= nurse.viewportSize().width, `${state}: ${wide} px wide`);
  };
  if (options.javaScriptEnabled !== false) await wrong("with a fault");
  await shot(nurse, `${name}-fault`);

  await photo.setInputFiles({ name: `a long name of a photograph of the register of ${name}.png`, mimeType: "image/png", buffer: PIXEL });
  await nurse.getByRole("button", { name: "Continue" }).click();
  await nurse.waitForURL(/page=end/);
  await nurse.goto(nurse.url().replace(/page=.*/, "page=1"));
  const remove = nurse.getByRole("button", { name: /^Remove this file: a-long-name/ });
  await remove.waitFor();
  if (options.javaScriptEnabled !== false) await wrong("with a file that is kept");
  await shot(nurse, `${name}-kept`);
  await remove.click();
  await nurse.waitForURL(/page=1#/);
  assert.equal(await remove.count(), 0);
  assert.equal(await nurse.getByLabel("Ward").inputValue(), name);
  await photo.setInputFiles({ name: "register.png", mimeType: "image/png", buffer: PIXEL });
  await nurse.getByRole("button", { name: "Continue" }).click();
  await nurse.getByRole("button", { name: "Send my answers" }).click();
  await nurse.getByText("Your answers have arrived", { exact: false }).waitFor();
}

test("a form that asks for a photograph is filled on the web page, with and without a script", async (t) => {
  const page = await administrator(t);
  await open(page, "/instruments");
  await page.getByLabel(/^Workbook/).setInputFiles({ name: "register.md", mimeType: "text/markdown", buffer: Buffer.from(FORM) });
  await page.getByRole("button", { name: "Check and keep it" }).click();
  await page.waitForURL(/\/instruments\/register/);
  await page.getByLabel("Where it stands").selectOption("published");
  await page.getByRole("button", { name: "Set the status" }).click();
  const { round, link } = await made(page, "shared", "Registers");
  await answers(t, link, DESK, "desk");
  await answers(t, link, PHONE, "phone");
  await answers(t, link, { ...DESK, javaScriptEnabled: false }, "script-off");

  for (const number of [1, 2, 3]) {
    await open(page, `${round}/records/${number}`);
    const file = page.getByRole("link", { name: /^register-[0-9a-f]{6}\.png$/ });
    const { bytes } = await fetched(page, new URL(await file.getAttribute("href"), process.env.SITE).pathname);
    assert.deepEqual(bytes, PIXEL, "the photograph comes back whole");
  }
  await shot(page, "record");

  // What is anonymous takes none, and says so beside the question.
  const secret = await made(page, "anonymous-shared", "Registers, anonymous");
  const anyone = await visitor(t, PHONE);
  await anyone.goto(secret.link);
  await anyone.getByRole("button", { name: "Begin" }).click();
  await anyone.getByText("These answers are anonymous, so no file is taken", { exact: false }).first().waitFor();
  assert.equal(await anyone.locator("input[type=file]").count(), 0);
  assert.deepEqual((await barriers(anyone)).map(({ line }) => line), []);
  await shot(anyone, "anonymous");
  await anyone.getByRole("button", { name: "Continue" }).click();
  await anyone.getByRole("button", { name: "Send my answers" }).click();
  await anyone.getByText("Your answers have arrived", { exact: false }).waitFor();
});
