// Unpacks WOFF 1.0 into a plain TrueType file, since Typst and usvg read no WOFF. The format is
// TrueType with each table deflated: W3C Recommendation "WOFF File Format 1.0", sections 3 to 5.
import { inflateSync } from "node:zlib";

/** `woff`: Buffer of a WOFF 1.0 file → Buffer of the same font as .ttf. */
export function unwoff(woff) {
  if (woff.length < 44 || woff.toString("latin1", 0, 4) !== "wOFF") {
    throw new Error(`not a WOFF 1.0 file: begins with ${woff.toString("hex", 0, 4)}`);
  }
  const count = woff.readUInt16BE(12);
  const tables = [];
  for (let i = 0; i < count; i++) {
    const at = 44 + 20 * i;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.readUInt32BE(at + 8);
    const length = woff.readUInt32BE(at + 12);
    const raw = woff.subarray(offset, offset + packed);
    const bytes = packed < length ? inflateSync(raw) : raw;
    if (bytes.length !== length) throw new Error(`WOFF table ${i}: ${bytes.length} bytes, ${length} declared`);
    tables.push({ tag: woff.subarray(at, at + 4), checksum: woff.readUInt32BE(at + 16), bytes });
  }

  // The sfnt header: version, count, and the three numbers of its binary search.
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  const parts = [head];
  let offset = head.length;
  tables.forEach(({ tag, checksum, bytes }, i) => {
    const at = 12 + 16 * i;
    tag.copy(head, at);
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const padding = (4 - (bytes.length % 4)) % 4;
    parts.push(bytes, Buffer.alloc(padding));
    offset += bytes.length + padding;
  });
  return Buffer.concat(parts);
}
