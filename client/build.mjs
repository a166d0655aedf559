// Builds `dist/`: everything the browser and the printed page need, from the npm packages in
// package-lock.json. `npm ci` fetches; this script only reads node_modules and writes files.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { paperFonts, webFonts } from "./build/fonts.mjs";
import { outlines } from "./build/outlines.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const web = await webFonts();
for (const font of web.files) await put(`fonts/web/${font.name}`, font.bytes);
for (const font of await paperFonts()) await put(`fonts/paper/${font.name}`, font.bytes);
await put("icon.svg", await readFile(join(here, "src/icon.svg")));
await put("outlines.json", JSON.stringify(await outlines()) + "\n");

// `import "generated:fonts.css"` in the stylesheet is the font faces, made from the packages' css.
const generated = {
  name: "generated",
  setup(b) {
    b.onResolve({ filter: /^generated:/ }, ({ path }) => ({ path, namespace: "generated" }));
    b.onLoad({ filter: /fonts\.css$/, namespace: "generated" }, () => ({
      contents: web.css,
      loader: "css",
    }));
  },
};
await build({
  absWorkingDir: here,
  entryPoints: ["src/throughcare.js", "src/keying.js", "src/throughcare.css"],
  outdir: dist,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15.4"],
  external: ["*.woff2"],
  legalComments: "none",
  logLevel: "warning",
  plugins: [generated],
});

// Filling without a network: a page of its own, whose engine is a file that only a form in progress loads. The
// service worker keeps all of them, and must know their names.
const offline = await build({
  absWorkingDir: here,
  entryPoints: { "offline/offline": "src/offline/page.js" },
  outdir: dist,
  chunkNames: "offline/[name]-[hash]",
  bundle: true,
  splitting: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  legalComments: "none",
  logLevel: "error",
  metafile: true,
});
const taken = Object.keys(offline.metafile.outputs).map((name) => name.replace(/^dist\//, ""));
await build({
  absWorkingDir: here,
  entryPoints: { "offline/worker": "src/offline/worker.js" },
  outdir: dist,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  define: { FILES: JSON.stringify(["throughcare.css", "icon.svg", ...taken].map((name) => `/static/${name}`)) },
  legalComments: "none",
  logLevel: "warning",
});

// The version is a hash of every name and byte, in order of name: it goes into `?v=…`, so that a
// browser may keep a file for a year and still see the next one at once.
const hash = createHash("sha256");
const files = [];
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(dist.length + 1));
}
files.sort();
const sizes = {};
for (const name of files) {
  const bytes = await readFile(join(dist, name));
  hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  sizes[name] = bytes.length;
}
await put("manifest.json", JSON.stringify({ version: hash.digest("hex").slice(0, 16), bytes: sizes }, null, 1) + "\n");
console.log(`client/dist: ${files.length} files, ${Object.values(sizes).reduce((a, b) => a + b, 0)} bytes`);

async function put(name, contents) {
  const path = join(dist, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
