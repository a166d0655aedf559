// Elements from names and words. Text is always text: nothing that an author or a respondent wrote is ever
// read as HTML.

/** `h("p", { class: "hint" }, "words", element, [more])`; what is false or empty is left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" && name === "textarea") element.value = value;
    else if (value === true) element.setAttribute(key, "");
    else element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== false && child !== undefined && child !== null && child !== ""));
  return element;
}

/** An author's text: `**strong**`, `*emphasis*`, line breaks; everything else as written. */
export function rich(text) {
  const lines = text.trim().split(/\r?\n/u).map((line) => line.replace(/^#+/u, "").trim());
  return lines.flatMap((line, at) => [at > 0 && h("br"), ...paired(line, "**", "strong", (part) => paired(part, "*", "em", (it) => [it]))]);
}

function paired(text, mark, element, inner) {
  const parts = text.split(mark);
  if (parts.length < 3 || parts.length % 2 === 0) return inner(text);
  return parts.flatMap((part, at) => (at % 2 ? [h(element, {}, ...inner(part))] : inner(part)));
}
