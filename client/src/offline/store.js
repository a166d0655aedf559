// What is kept on the device, in IndexedDB: questionnaires (places) with their files, locked drafts,
// and sealed records that wait. Nothing here is readable answers. Every change of drafts and records is
// written through to the disk before it is reported as done.
const NAME = "throughcare-offline";
const STORES = ["places", "files", "drafts", "outbox"];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name, { keyPath: "id" });
    };
    request.onsuccess = () => {
      const db = request.result;
      // A later version of this page must not be held up by an open tab.
      db.onversionchange = () => db.close();
      db.onclose = () => { opened = undefined; };
      resolve(db);
    };
    request.onerror = () => { opened = undefined; reject(request.error); };
  });
  return opened;
}

/** Runs `work(stores)` in one transaction; resolves when it is on the disk, rejects when none of it is. */
export async function change(names, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // Strict: a "kept" must outlive a power cut, not only a crash of the browser.
    const transaction = db.transaction(names, "readwrite", { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    try {
      answer = work(stores);
    } catch (error) {
      // All or nothing, here too.
      transaction.abort();
      reject(error);
    }
  });
}

export async function find(name, id) {
  return ask(name, (store) => store.get(id));
}

/** All entries of a store that belong to a place, or all. */
export async function all(name, place) {
  const found = await ask(name, (store) => store.getAll());
  return place === undefined ? found : found.filter((entry) => entry.place === place);
}

async function ask(name, question) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const request = question(db.transaction(name).objectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Changes one entry, if it is there; what `edit` gives back is written. */
export function edit(name, id, edit) {
  return change([name], (stores) => {
    const request = stores[name].get(id);
    request.onsuccess = () => {
      if (request.result) stores[name].put(edit(request.result));
    };
  });
}

/** A place with everything that belongs to it is gone. Only to be called when nothing waits. */
export async function forget(place) {
  const mine = {};
  for (const name of ["files", "drafts", "outbox"]) mine[name] = (await all(name, place)).map((it) => it.id);
  await change(STORES, (stores) => {
    for (const [name, ids] of Object.entries(mine)) for (const id of ids) stores[name].delete(id);
    stores.places.delete(place);
  });
}

export const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";
