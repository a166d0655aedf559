// What the tests of filling without a network stand on: a site of its own that can be stopped and started again,
// a line to it that can be cut in several ways, and a tablet: a Chromium that can be killed and comes back with
// the same disk.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { Agent, createServer, request as ask } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const { chromium, request } = createRequire(new URL("../../client/package.json", import.meta.url))("playwright-core");

async function port() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** Everything that a test needs, and its end. */
export async function field(t) {
  const folder = mkdtempSync(join(tmpdir(), "field-"));
  const made = [];
  t.after(async () => {
    for (const end of made.reverse()) await end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const line = await lineTo(await port());
  made.push(() => line.close());
  const site = new Site(folder, line);
  made.push(() => site.stop());
  await site.start();
  const tablet = new Tablet(folder, line.address);
  made.push(() => tablet.kill());
  return { site, line, tablet, folder };
}

/** A line to the site: whole, cut, or bad in one of the ways of real lines. */
async function lineTo(target) {
  const line = { target, mode: "whole", posts: 0 };
  const agent = new Agent({ keepAlive: false });
  const server = createServer((from, to) => {
    if (line.mode === "cut") return from.socket.destroy();
    const sends = from.method === "POST" && from.url.endsWith("records.json");
    if (sends) line.posts += 1;
    // The page by which a hotel's network asks for a room number.
    if (sends && line.mode === "portal") return from.resume().on("end", () => to.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome</h1>"));
    if (sends && line.mode === "broken") return from.resume().on("end", () => to.writeHead(502).end("Bad gateway"));
    const on = ask({ port: target, host: "127.0.0.1", method: from.method, path: from.url, headers: { ...from.headers, "accept-encoding": "identity" }, agent }, (answer) => {
      if (sends && line.mode === "answer lost") {
        // The site has done its work; nobody hears of it.
        return answer.resume().on("end", () => from.socket.destroy());
      }
      if (line.version && from.url === "/offline/worker.js") {
        // As after an update of the site.
        const { "content-length": _, ...headers } = answer.headers;
        let text = "";
        answer.setEncoding("utf8").on("data", (piece) => { text += piece; });
        return answer.on("end", () => to.writeHead(answer.statusCode, headers).end(text.replace(/VERSION = ".*?"/, `VERSION = "${line.version}"`)));
      }
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    on.on("error", () => from.socket.destroy());
    from.pipe(on);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // By name, since browsers keep nothing in safety for a number.
  line.address = `http://localhost:${server.address().port}`;
  line.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return line;
}

class Site {
  constructor(folder, line) {
    Object.assign(this, { folder, line, log: join(folder, "server.log") });
  }

  async start() {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(THROUGHCARE_|DATABASE_URL$)/.test(name)));
    const program = process.env.PROGRAM;
    if (!program) throw new Error("PROGRAM is not set: run tests/browser/run.");
    const args = ["--database", `sqlite:${join(this.folder, "site.db")}`, "serve", "--listen", `127.0.0.1:${this.line.target}`];
    this.process = spawn(program, args, { cwd: this.folder, env: { ...env, THROUGHCARE_PUBLIC_URL: this.line.address }, stdio: ["ignore", "pipe", "pipe"] });
    this.said ??= "";
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (text) => { this.said += text; });
    for (let tries = 0; tries < 300; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${this.line.target}/health`).catch(() => undefined);
      if (answer?.ok) return;
      if (this.process.exitCode !== null) break;
      await wait(100);
    }
    throw new Error(`the site does not answer:\n${this.said}`);
  }

  async stop(signal = "SIGTERM") {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode) return;
    this.process.kill(signal);
    await once(this.process, "exit");
  }

  /** The administrator, who has signed in and published a questionnaire. */
  async administrator(workbook, id) {
    const base = `http://127.0.0.1:${this.line.target}`;
    const headers = { "sec-fetch-site": "same-origin" };
    this.desk = await request.newContext({ baseURL: base, extraHTTPHeaders: headers, maxRedirects: 0 });
    const link = this.said.match(/\/sign-in\/link\/[0-9a-f]+/)[0];
    await this.post(link, { name: "Ana Rusu", email: "ana@example.org" });
    const file = { name: "form.md", mimeType: "text/markdown", buffer: Buffer.from(workbook) };
    await this.expect(await this.desk.post("/instruments", { multipart: { workbook: file } }));
    await this.post(`/instruments/${id}/status`, { status: "published" });
  }

  async post(address, form) {
    return this.expect(await this.desk.post(address, { form }));
  }

  async expect(answer) {
    if (answer.status() >= 400) throw new Error(`${answer.url()} answers ${answer.status()}: ${(await answer.text()).slice(0, 2000)}`);
    return answer;
  }

  /** A round; its id and its shared address. */
  async round(instrument, way) {
    const form = { title: "Autumn", instrument, way, from: "2020-01-01" };
    const made = await this.post("/rounds", form);
    const id = made.headers().location.split("/").pop();
    const page = await (await this.desk.get(`/rounds/${id}`)).text();
    return { id, secret: page.match(/(?:\/|&#x2f;)ask(?:\/|&#x2f;)([0-9a-f]+)/)?.[1] };
  }

  async answers(id) {
    const answer = await this.expect(await this.desk.get(`/rounds/${id}/data/answers.json`));
    return (await answer.json()).tables[0].rows;
  }
}

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--lang=en-GB",
];

class Tablet {
  constructor(folder, site) {
    Object.assign(this, { disk: join(folder, "tablet"), site, complaints: [] });
  }

  /** Starts the browser on its disk and opens an address. */
  async open(address, size = { width: 360, height: 740 }) {
    const port = join(this.disk, "DevToolsActivePort");
    rmSync(port, { force: true });
    this.process = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [...FLAGS, `--user-data-dir=${this.disk}`, `--window-size=${size.width},${size.height}`, "about:blank"], { stdio: "ignore", detached: true });
    for (let tries = 0; !existsSync(port) || !readFileSync(port, "utf8").includes("\n"); tries += 1) {
      if (tries > 300) throw new Error("Chromium does not start");
      await wait(100);
    }
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(port, "utf8").split("\n")[0]}`);
    this.context = this.browser.contexts()[0];
    this.context.setDefaultTimeout(30_000);
    const page = this.context.pages()[0] ?? await this.context.newPage();
    await page.setViewportSize(size);
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      // A line that is cut is said by the browser itself.
      if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) this.complaints.push(message.text());
    });
    // Nobody is left to answer a browser that is being killed.
    page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
    if (address) await page.goto(this.site + address);
    this.page = page;
    return page;
  }

  /** As when the battery is taken out: nobody is asked. */
  async kill() {
    if (!this.process) return;
    const ended = this.process.exitCode === null && !this.process.signalCode ? once(this.process, "exit") : undefined;
    try { process.kill(-this.process.pid, "SIGKILL"); } catch { /* gone already */ }
    await ended;
    await this.browser?.close().catch(() => {});
    this.process = undefined;
  }

  /** The files of the disk in which one of these texts stands, in the encodings of a browser. */
  found(...texts) {
    const needles = texts.flatMap((text) => [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le"), Buffer.from(Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -2))]);
    const hits = [];
    const walk = (folder) => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) walk(path);
        else if (entry.isFile() && statSync(path).size > 0) {
          const bytes = readFileSync(path);
          if (needles.some((needle) => bytes.includes(needle))) hits.push(path.slice(this.disk.length));
        }
      }
    };
    walk(this.disk);
    return hits;
  }
}

export { wait };
