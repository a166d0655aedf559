// A nurse fills in where there is no network: the browser is killed, the line lies, the round is closed meanwhile.
// Nothing is lost, each record arrives once, and the disk of the tablet tells nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { field, wait } from "./field.mjs";
import { barriers } from "./visit.mjs";

const WORKBOOK = `
| settings | | | |
| | form_title | form_id | version |
| | Health inside | inside | 3 |
| survey | | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | constraint | relevant | required | calculation |
| | start | began | | | | | | |
| | deviceid | device | | | | | | |
| | calculate | clock | | | | | | now() |
| | integer | age | How old are you? | Quel âge avez-vous ? | . >= 18 and . < 120 | | yes | |
| | select_one yn | uses | Do you use the service? | Utilisez-vous le service ? | | | yes | |
| | text | why | Why not? | Pourquoi pas ? | | \${uses} = 'n' | | |
| | begin_group | g | More | Plus | | | | |
| | select_multiple colour | colours | Which colours? | Quelles couleurs ? | | | | |
| | date | day | Which day? | Quel jour ? | | | | |
| | decimal | dose | Which dose? | Quelle dose ? | | | | |
| | end_group | g | | | | | | |
| | begin_repeat | child | Child | Enfant | | | | |
| | text | name | Name | Nom | | | | |
| | end_repeat | child | | | | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | Non |
| | colour | red | Red | Rouge |
| | colour | blue | Blue | Bleu |
`;
const PASSPHRASE = "green lamp window";

/** A word that nobody else writes. */
const word = (at) => `Qz${at}vX${(at * 7919 + 12345).toString(36)}Kw`;

async function away(t, way) {
  const all = await field(t);
  await all.site.administrator(WORKBOOK, "inside");
  all.round = await all.site.round("inside", way);
  return all;
}

async function take(page) {
  await page.getByLabel("New passphrase").fill(PASSPHRASE);
  await page.getByLabel("The same passphrase again").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Keep the questionnaire on this device" }).click();
  await page.getByText("Ready: you can go offline now.").waitFor();
}

async function unlock(page, passphrase = PASSPHRASE) {
  await page.getByText("Locked.").waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
}

const next = (page) => page.getByRole("button", { name: "Continue" }).click();

/** The first page of a record. */
async function first(page, at) {
  await page.getByLabel("How old are you?").fill(String(20 + at));
  await page.getByRole("radio", { name: "No" }).check();
  await page.getByLabel("Why not?").fill(word(at));
}

/** The rest of a record, to the button that seals it. */
async function rest(page) {
  await next(page);
  await page.getByLabel("Red").check();
  await page.getByLabel("Which dose?").fill("2,5");
  await next(page);
  await page.getByLabel("Name").fill("Ion");
  await next(page);
  await page.getByRole("button", { name: "Finish and seal" }).click();
  await page.getByText("The record is kept and sealed.").waitFor();
}

async function whole(page, at) {
  await page.getByRole("button", { name: "Begin a record" }).click();
  await first(page, at);
  await rest(page);
}

const counts = (page, waiting, sent) => Promise.all([
  page.getByText(`Waiting to be sent: ${waiting}`, { exact: true }).waitFor(),
  page.getByText(`Sent from this device: ${sent}`, { exact: true }).waitFor(),
]);

test("twenty interviews without a network, three killed browsers, each sent once", async (t) => {
  const { site, line, tablet, round } = await away(t, "shared");
  let page = await tablet.open(`/ask/${round.secret}`);
  await page.getByRole("link", { name: "Fill in without a network" }).click();
  await page.getByRole("heading", { name: "What is kept on this device" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await take(page);
  assert.deepEqual(await barriers(page), []);

  // Out: the site is not reached, and does not even run.
  line.mode = "cut";
  await site.stop("SIGKILL");
  await tablet.context.setOffline(true);
  for (let at = 0; at < 6; at += 1) await whole(page, at);
  await counts(page, 6, 0);

  // Killed in the middle of a word, a second after it.
  await page.getByRole("button", { name: "Begin a record" }).click();
  await first(page, 6);
  assert.deepEqual(await barriers(page), []);
  await wait(1000);
  await tablet.kill();
  assert.deepEqual(tablet.found(...Array.from({ length: 7 }, (_, at) => word(at))), [], "no answer is on the disk");
  assert.notDeepEqual(tablet.found("How old are you?"), [], "what is on the disk in clear is found");
  assert.deepEqual(tablet.found(PASSPHRASE), [], "nor is the passphrase");

  page = await tablet.open(`/offline/${round.secret}`);
  assert.deepEqual(await barriers(page), []);
  await unlock(page, "green lamp windox");
  await page.getByText("This passphrase does not open it.").waitFor();
  await unlock(page);
  await counts(page, 6, 0);
  await page.getByRole("button", { name: "Go on with record 7" }).click();
  assert.equal(await page.getByLabel("Why not?").inputValue(), word(6));
  assert.equal(await page.getByLabel("How old are you?").inputValue(), "26");
  await rest(page);
  // Killed at once after "kept".
  await tablet.kill();
  page = await tablet.open(`/offline/${round.secret}`);
  await unlock(page);
  await counts(page, 7, 0);
  for (let at = 7; at < 20; at += 1) await whole(page, at);
  await counts(page, 20, 0);
  await tablet.kill();

  // Back in the office: nobody even enters the passphrase.
  await site.start();
  line.mode = "whole";
  page = await tablet.open(`/offline/${round.secret}`);
  await counts(page, 0, 20);
  const rows = await site.answers(round.id);
  assert.deepEqual(rows.map((row) => row.why).sort(), Array.from({ length: 20 }, (_, at) => word(at)).sort());
  assert.deepEqual(rows.map((row) => row.age).sort((a, b) => a - b), Array.from({ length: 20 }, (_, at) => 20 + at));
  assert.ok(rows.every((row) => row["g/dose"] === 2.5 || row.dose === 2.5), JSON.stringify(rows[0]));
  assert.equal(line.posts, 20);
  assert.deepEqual(tablet.complaints, []);
});

test("an acknowledgement that is lost, a hotel's door page, a broken gateway: kept, and taken once", async (t) => {
  const { site, line, tablet, round } = await away(t, "anonymous-shared");
  let page = await tablet.open(`/offline/${round.secret}`);
  await take(page);
  for (const [mode, words] of [["portal", "The site does not answer"], ["broken", "The site does not answer"], ["answer lost", "There is no network now"]]) {
    line.mode = mode;
    await whole(page, 1);
    await page.getByText(words).waitFor();
    await page.getByText(/Waiting to be sent: [1-3]/).waitFor();
  }
  assert.ok(line.posts >= 3);
  await tablet.kill();
  // All three were sent again: portal and gateway never reached the site, the third did.
  page = await tablet.open(`/offline/${round.secret}`);
  await page.getByText("Waiting to be sent: 3").waitFor();
  await tablet.kill();
  line.mode = "whole";
  page = await tablet.open(`/offline/${round.secret}`);
  await counts(page, 0, 3);
  await site.post(`/rounds/${round.id}/close`, {});
  const rows = await site.answers(round.id);
  assert.equal(rows.length, 3);
  // No time finer than a day, nothing of the device.
  const text = JSON.stringify(rows);
  assert.ok(!/uuid|browser|T(?!00:00:00)\d\d:\d\d/u.test(text), text);
  assert.deepEqual(tablet.complaints, []);
});

test("a round that was closed: kept, said, saved to a sealed file, taken in by who runs the next", async (t) => {
  const { site, line, tablet, round } = await away(t, "anonymous-shared");
  const page = await tablet.open(`/offline/${round.secret}`);
  await take(page);
  line.mode = "cut";
  await whole(page, 1);
  await whole(page, 2);
  await site.post(`/rounds/${round.id}/close`, {});
  line.mode = "whole";
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByText("Not taken by the site: 2").waitFor();
  await page.getByText("This questionnaire is no longer open.").first().waitFor();
  assert.deepEqual(await barriers(page), []);
  // They are not thrown away by removing the questionnaire.
  await page.getByRole("button", { name: "Remove the questionnaire" }).click();
  await page.getByText("Records wait here that were not sent: 2").waitFor();

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save to a file" }).click();
  const file = readFileSync(await (await saving).path());
  assert.ok(!file.includes(word(1)), "the file is sealed");
  const send = async (id) => {
    const files = { name: "it.sealed.json", mimeType: "application/json", buffer: file };
    return (await site.expect(await site.desk.post(`/rounds/${id}/late`, { multipart: { files } }))).text();
  };
  assert.match(await send(round.id), /were not taken/);
  const late = await site.round("inside", "anonymous-shared");
  assert.match(await send(late.id), /Taken in: 2. Here before: 0/);
  assert.match(await send(late.id), /Taken in: 0. Here before: 2/);
  const named = await site.round("inside", "shared");
  assert.match(await send(named.id), /belongs to another round/);
  await site.post(`/rounds/${late.id}/close`, {});
  assert.deepEqual((await site.answers(late.id)).map((row) => row.age).sort(), [21, 22]);
  await page.getByRole("button", { name: "The file is in safe hands" }).click();
  await counts(page, 0, 0);
});

test("another record under the same identity is refused in words and kept", async (t) => {
  const { site, line, tablet, round } = await away(t, "shared");
  const page = await tablet.open(`/offline/${round.secret}`);
  await take(page);
  line.mode = "cut";
  // As a copied disk would: the same identity under two seals.
  const { CipherSuite, DhkemP256HkdfSha256, HkdfSha256, Aes256Gcm } = await import("../../client/node_modules/@hpke/core/esm/mod.js");
  const { createHash } = await import("node:crypto");
  const form = await page.evaluate((secret) => new Promise((resolve) => {
    const open = indexedDB.open("throughcare-offline");
    open.onsuccess = () => { open.result.transaction("places").objectStore("places").get(secret).onsuccess = ({ target }) => resolve(target.result.form); };
  }), round.secret);
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const bytes = (text) => new TextEncoder().encode(text).buffer;
  const entries = [];
  for (const age of [30, 31]) {
    const recipientPublicKey = await suite.kem.deserializePublicKey(new Uint8Array(Buffer.from(form.key, "base64")).buffer);
    const sender = await suite.createSenderContext({ recipientPublicKey, info: bytes("throughcare offline record 1") });
    const record = `<data id="inside" version="3"><age>${age}</age><uses>y</uses><meta><instanceID>uuid:one</instanceID></meta></data>`;
    const content = await sender.seal(bytes(JSON.stringify({ record })), bytes(form.round));
    const sealed = JSON.stringify({ v: 1, round: form.round, enc: Buffer.from(sender.enc).toString("base64"), sealed: Buffer.from(content).toString("base64") });
    entries.push({ id: String(age), place: round.secret, sealed, digest: createHash("sha256").update(sealed).digest("hex"), state: "waiting" });
  }
  await page.evaluate((entries) => new Promise((resolve) => {
    const open = indexedDB.open("throughcare-offline");
    open.onsuccess = () => {
      const change = open.result.transaction("outbox", "readwrite");
      for (const entry of entries) change.objectStore("outbox").put(entry);
      change.oncomplete = () => { open.result.close(); resolve(); };
    };
  }), entries);
  line.mode = "whole";
  await page.reload();
  await page.getByText("A different record with the same identity is there already.").waitFor();
  await counts(page, 0, 1);
  assert.deepEqual((await site.answers(round.id)).map((row) => row.age), [30]);
});

test("two tabs, a full device, a new version of the page: nothing is lost", async (t) => {
  const { line, tablet, round } = await away(t, "shared");
  const page = await tablet.open(`/offline/${round.secret}`);
  await take(page);
  line.mode = "cut";
  await page.getByRole("button", { name: "Begin a record" }).click();
  await first(page, 1);
  const other = await tablet.context.newPage();
  await other.goto(`${tablet.site}/offline/${round.secret}`);
  await other.getByText("open in another tab").waitFor();
  await other.getByRole("button", { name: "Go on here instead" }).click();
  await unlock(other);
  await other.getByRole("button", { name: "Go on with record 1" }).click();
  assert.equal(await other.getByLabel("Why not?").inputValue(), word(1));
  await page.getByText("open in another tab").waitFor();
  await page.close();

  // No room: said at once, and what is typed stands on the page until there is.
  await other.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    globalThis.more = () => { IDBObjectStore.prototype.put = put; };
  });
  await other.getByLabel("Why not?").fill(word(2));
  await other.getByText("This device has no room left").waitFor();
  assert.equal(await other.getByLabel("Why not?").inputValue(), word(2));
  assert.deepEqual(await barriers(other), []);
  await other.evaluate(() => globalThis.more());
  await rest(other);
  await counts(other, 1, 0);

  // The site was renewed: the page is another, and the record is still there.
  line.version = "renewed";
  line.mode = "whole";
  await other.reload();
  await counts(other, 0, 1);
});

test("an anonymous link is exchanged first, and brings one record", async (t) => {
  const { site, line, tablet, round } = await away(t, "anonymous-links");
  const answer = await site.post(`/rounds/${round.id}/respondents`, { lines: "Person 1" });
  const link = (await answer.text()).match(/(?:\/|&#x2f;)ask(?:\/|&#x2f;)([0-9a-f]+)/)[1];
  const page = await tablet.open(`/ask/${link}`);
  await page.getByRole("button", { name: "Fill in without a network" }).click();
  await page.waitForURL(/\/offline\//);
  assert.ok(!page.url().includes(link));
  await take(page);
  line.mode = "cut";
  await whole(page, 1);
  assert.equal(await page.getByRole("button", { name: "Begin a record" }).count(), 0);
  line.mode = "answer lost";
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByText("There is no network now").waitFor();
  // The site has it, and the address is used up; the tablet is told that it is there all the same.
  line.mode = "whole";
  // The page may try again by itself before the button is pressed: then there is none to press.
  await page.getByRole("button", { name: "Send now" }).click({ timeout: 3000 }).catch(() => {});
  await page.getByText("Your record has arrived.").waitFor();
  await site.post(`/rounds/${round.id}/close`, {});
  // Words are held back until somebody has read them; the number is there.
  assert.deepEqual((await site.answers(round.id)).map((row) => [row.age, row.why]), [[21, null]]);
});
