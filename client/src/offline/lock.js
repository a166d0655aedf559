// The lock on unfinished records: AES-GCM with a key drawn on the device, itself locked by a
// passphrase that is kept nowhere. The drawn key lives in the memory of an open page only.
import { argon2id } from "hash-wasm";

// RFC 9106, section 4, second recommended choice (64 MiB, three passes), with one lane, since a page has one
// thread: about half a second on a cheap tablet, and each guess costs whoever took the disk as much memory.
const PARAMETERS = { parallelism: 1, iterations: 3, memorySize: 64 * 1024 };

export const LEAST = 6;

const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function from(passphrase, salt, parameters) {
  // The same words typed on another keyboard may be other code points.
  const password = passphrase.normalize("NFKC").trim();
  return aes(await argon2id({ ...parameters, password, salt, hashLength: 32, outputType: "binary" }));
}

/** A new lock: what is kept of it, and the key. */
export async function make(passphrase) {
  const [salt, iv, drawn] = [random(16), random(12), random(32)];
  const outer = await from(passphrase, salt, PARAMETERS);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, outer, drawn));
  const key = await aes(drawn);
  drawn.fill(0);
  return { lock: { v: 1, salt, iv, wrapped, parameters: PARAMETERS }, key };
}

/** The key, or nothing where the passphrase is another. */
export async function open(lock, passphrase) {
  const outer = await from(passphrase, lock.salt, lock.parameters);
  try {
    const drawn = await crypto.subtle.decrypt({ name: "AES-GCM", iv: lock.iv }, outer, lock.wrapped);
    return await aes(drawn);
  } catch {
    return undefined;
  }
}

/** Locks what a draft holds. Its id is bound to it, so that no draft can be put in another's place. */
export async function shut(key, id, content) {
  const iv = random(12);
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const how = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  return { iv, locked: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes)) };
}

export async function unshut(key, { id, iv, locked }) {
  const how = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, locked)));
}
