/** Text as it is compared: no case, no marks (ș = s, é = e, Ü = u), one space between words. */
export function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    // Letters that carry their mark inside, so that no decomposition finds it.
    .replace(/[łøđħıŧßæœ]/g, (letter) => LETTERS[letter])
    .replace(/\s+/g, " ")
    .trim();
}

const LETTERS = { ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", ŧ: "t", ß: "ss", æ: "ae", œ: "oe" };

/** A message of the page with its numbers in place: "{shown} of {all} rows". */
export function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
