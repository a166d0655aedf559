// A site of its own for one file of tests, since whoever comes first can come only once. What visits it comes through here too:
// visit.mjs, imported beside this, would not wait until there is a site.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = resolve(process.env.THROUGHCARE ?? join(target, "debug/throughcare"));
const folder = mkdtempSync(join(tmpdir(), "throughcare-site-"));
const log = join(folder, "server.log");
const port = await new Promise((free) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => free(port));
  });
});
process.env.SITE = `http://localhost:${port}`;
const line = ["--database", `sqlite:${join(folder, "site.db")}`, "serve", "--demo", "--listen", `127.0.0.1:${port}`];
const server = spawn(program, line, {
  cwd: folder,
  env: { PATH: process.env.PATH, THROUGHCARE_PUBLIC_URL: process.env.SITE },
  stdio: ["ignore", "ignore", openSync(log, "w")],
});
after(() => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});
for (let tries = 0; ; tries += 1) {
  try {
    if ((await fetch(`${process.env.SITE}/health`)).ok) break;
  } catch (error) {
    if (tries > 600) throw new Error(`the program does not answer: ${readFileSync(log, "utf8")}`, { cause: error });
  }
  await new Promise((go) => setTimeout(go, 100));
}
export const { barriers, DESK, fetched, open, PHONE, sent, visitor } = await import("./visit.mjs");

/** Comes in as administrator by the link that the server printed. */
export async function administrator(t, options) {
  const page = await visitor(t, options);
  const link = readFileSync(log, "utf8").match(/\/sign-in\/link\/[0-9a-f]+/);
  assert.ok(link, "the server printed a link");
  await open(page, link[0]);
  await page.getByLabel("Name").fill("Ana Rusu");
  await page.getByLabel("E-mail address").fill("ana@example.org");
  await page.getByRole("button", { name: "Begin as administrator" }).click();
  await page.waitForURL(/\/me$/);
  return page;
}
