// Which cuts of Noto the product carries, and where in node_modules each one lies.
//
// Screen: `system-ui` comes first in the stylesheet, so on nearly every machine nothing here is
// downloaded at all; a face below is fetched only for a script that the system cannot show, and
// only that script's subset. Static cuts in two weights, since together they are smaller than the
// variable font (Latin 27 kB against 36 kB, Cyrillic 14 kB against 20 kB).
//
// Paper: whole TrueType files, since a PDF embeds only the glyphs that it uses.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { unwoff } from "./unwoff.mjs";

const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));

const WEIGHTS = [400, 600];
const SCREEN = [
  { package: "@fontsource/noto-sans", subsets: ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek"] },
  { package: "@fontsource/noto-sans-georgian", subsets: ["georgian"] },
  { package: "@fontsource/noto-sans-armenian", subsets: ["armenian"] },
];

/** The font faces for the stylesheet, and the files that they name. */
export async function webFonts() {
  const faces = [];
  const files = [];
  for (const source of SCREEN) {
    for (const weight of WEIGHTS) {
      const css = await readFile(join(folder(source.package), `${weight}.css`), "utf8");
      for (const subset of source.subsets) {
        const { file, range } = face(css, source.package, subset, weight);
        files.push({ name: file, bytes: await readFile(join(folder(source.package), "files", file)) });
        // One family name for all scripts: the browser picks by `unicode-range`.
        faces.push(
          `@font-face{font-family:"Noto Sans";font-style:normal;font-display:swap;font-weight:${weight};` +
            `src:url(fonts/web/${file}) format("woff2");unicode-range:${range}}`,
        );
      }
    }
  }
  return { css: faces.join("\n") + "\n", files };
}

/** The packages write one `@font-face` for each subset, after a comment that names it. */
function face(css, name, subset, weight) {
  const id = `${name.split("/")[1]}-${subset}-${weight}-normal`;
  const block = css.split("/* ").find((part) => part.startsWith(`${id} */`));
  const file = block?.match(/url\(\.\/files\/([^)]+\.woff2)\)/)?.[1];
  const range = block?.match(/unicode-range:\s*([^;]+);/)?.[1];
  if (!file || !range) throw new Error(`${name}/${weight}.css has no face "${id}": has the package changed its css?`);
  return { file, range: range.replace(/\s/g, "") };
}

const cut = (family, name) => ({
  package: `@expo-google-fonts/${family}`,
  file: join(name, `${family === "noto-serif" ? "NotoSerif" : "NotoSans"}_${name}.ttf`),
});
const script = (family, name, weight) => ({
  package: `@fontsource/${family}`,
  file: join("files", `${family}-${name}-${weight}-normal.woff`),
});
const PAPER = [
  cut("noto-serif", "400Regular"),
  cut("noto-serif", "400Regular_Italic"),
  cut("noto-serif", "600SemiBold"),
  cut("noto-sans", "400Regular"),
  cut("noto-sans", "400Regular_Italic"),
  cut("noto-sans", "600SemiBold"),
  ...WEIGHTS.flatMap((weight) => [
    script("noto-serif-georgian", "georgian", weight),
    script("noto-sans-georgian", "georgian", weight),
    script("noto-serif-armenian", "armenian", weight),
    script("noto-sans-armenian", "armenian", weight),
  ]),
  // ≤ ≥ ≠ ≈ → ▲: no other cut of Noto has them.
  script("noto-sans-math", "latin", 400),
];

/** TrueType files for the PDF and the PNG: serif and sans, every script of the region. */
export async function paperFonts() {
  return Promise.all(
    PAPER.map(async (source) => {
      const bytes = await readFile(join(folder(source.package), source.file));
      const name = source.file.split(/[\\/]/).pop();
      return name.endsWith(".woff")
        ? { name: name.replace(/\.woff$/, ".ttf"), bytes: unwoff(bytes) }
        : { name, bytes };
    }),
  );
}
