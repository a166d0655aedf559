// The seal on finished records: HPKE (RFC 9180, DHKEM(P-256), HKDF-SHA256, AES-256-GCM) to the key of the
// round. Nobody can open it on the device; it can be sent and saved without any passphrase.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const PURPOSE = new TextEncoder().encode("throughcare offline record 1");

// Lengths tell nothing: each record is filled up with spaces to a multiple of this.
const STEP_BYTES = 4096;

export async function seal({ round, key }, record) {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(key).buffer);
  const sender = await suite.createSenderContext({ recipientPublicKey, info: PURPOSE.buffer });
  const plain = new TextEncoder().encode(JSON.stringify({ record }));
  const padded = new Uint8Array(Math.ceil(plain.length / STEP_BYTES) * STEP_BYTES).fill(0x20);
  padded.set(plain);
  const sealed = await sender.seal(padded.buffer, new TextEncoder().encode(round).buffer);
  return JSON.stringify({ v: 1, round, enc: text(sender.enc), sealed: text(sealed) });
}

/** SHA-256 in hexadecimal: what the site must say it has kept. */
export async function digest(sent) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sent));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

function text(buffer) {
  let letters = "";
  for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte);
  return btoa(letters);
}
