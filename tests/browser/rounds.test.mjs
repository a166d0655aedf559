// A round from the officer's side, in a browser: a panel, a round, progress, letters, a record with its remarks,
// and what a respondent sees.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { administrator, barriers, DESK, fetched, open, PHONE, sent, visitor } from "./own_site.mjs";

const FORM = `
| settings | | |
| | form_title | form_id |
| | Ward | ward |
| survey | | | |
| | type | name | label |
| | integer | beds | How many beds? |
| | text | words | Anything else? |
`;

test("an officer asks a panel, watches, writes, reviews and takes the answers away", async (t) => {
  const page = await administrator(t);
  await open(page, "/instruments");
  await page.getByLabel(/^Workbook/).setInputFiles({ name: "ward.md", mimeType: "text/markdown", buffer: Buffer.from(FORM) });
  await page.getByRole("button", { name: "Check and keep it" }).click();
  await page.waitForURL(/\/instruments\/ward/);
  await page.getByLabel("Where it stands").selectOption("published");
  await sent(page, page.getByRole("button", { name: "Set the status" }));

  await open(page, "/panels");
  await page.getByLabel("Name of the panel").fill("Eight prisons");
  await page.getByRole("button", { name: "Make the panel" }).click();
  await page.waitForURL(/\/panels\/[0-9a-f]+$/);
  const list = "name,country,prison,email\nAnna,MDA,Prison 13,anna@example.org\nBoris,UKR,Prison 5,boris@example.org\nCarmen,GEO,Prison 8,\n";
  await page.getByLabel(/Or a file with such a table/).setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  await page.getByRole("button", { name: "Take the file" }).click();
  await page.getByText("Added: 3.", { exact: false }).waitFor();
  const panel = new URL(page.url()).pathname.replace("/members/list", "");

  await open(page, "/rounds?instrument=ward");
  await page.getByLabel("Name of the round, as respondents see it").fill("Wards, autumn");
  await page.getByRole("radio", { name: /^Named respondents/ }).check();
  await page.getByRole("button", { name: "Make the round" }).click();
  await page.waitForURL(/\/rounds\/[0-9a-f]+$/);
  const round = new URL(page.url()).pathname;
  await page.getByLabel("Ask a panel").selectOption({ label: "Eight prisons" });
  await page.getByRole("button", { name: "Add its members and make links" }).click();
  const link = await page.locator("dd code", { hasText: "/ask/" }).first().innerText();

  const nurse = await visitor(t, PHONE);
  await nurse.goto(link);
  await nurse.getByRole("button", { name: "Begin" }).click();
  await nurse.getByLabel("How many beds?").fill("12");
  await nurse.getByRole("button", { name: "Continue" }).click();
  await nurse.getByRole("button", { name: "Send my answers" }).click();
  await nurse.getByText("Your answers have arrived", { exact: false }).waitFor();

  await open(page, `${round}/records/1`);
  await page.getByLabel("What it is about").selectOption({ label: "How many beds?" });
  await page.getByRole("textbox", { name: "Remark", exact: true }).fill("Twelve in all, or in one ward?");
  await page.getByRole("button", { name: "Write the remark" }).click();
  await page.getByText("Twelve in all").waitFor();
  await nurse.goto(`${link}/remarks`);
  await nurse.getByText("Twelve in all").waitFor();
  await nurse.getByLabel("Your reply").fill("In one ward.");
  await nurse.getByRole("button", { name: "Send the reply" }).click();
  await nurse.getByText("In one ward.").waitFor();
  assert.deepEqual((await barriers(nurse)).map(({ line }) => line), []);

  const csv = await fetched(page, `${round}/data/answers.csv`);
  assert.match(csv.bytes.toString(), /Anna,MDA,Prison 13,12/);
  const pages = [round, `${round}/progress`, `${round}/letters`, `${round}/records/1`, "/rounds", "/panels", panel];
  for (const address of pages) {
    for (const [place, screen] of Object.entries({ desk: DESK.viewport, phone: PHONE.viewport })) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize(screen);
        await page.emulateMedia({ colorScheme });
        await open(page, address);
        const found = (await barriers(page)).map(({ line }) => line);
        assert.deepEqual(found, [], `${address} at ${place} in ${colorScheme}`);
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
        assert.ok(wide <= screen.width, `${address} is ${wide} px wide at ${place}`);
        if (process.env.SHOTS) {
          const name = `${address.replace(/[^a-z0-9]+/gi, "-")}-${place}-${colorScheme}.png`;
          await page.screenshot({ path: join(process.env.SHOTS, name), fullPage: true });
        }
      }
    }
  }
  await open(page, `${round}/progress`);
  await page.getByText("1 of 3 have answered.").waitFor();
});
