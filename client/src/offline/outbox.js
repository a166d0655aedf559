// Records that wait: kept until the site has said, by the hash of what was sent, that it has them. Used by
// the page and by its service worker, one at a time. A record is waiting, or being sent, or refused; however
// often a sending is broken off, it is sent again, and the site takes it once.
import * as store from "./store.js";

// A record on a slow line takes a minute; a line that says nothing for longer is none.
const PATIENCE_MS = 90_000;

/** Sends what waits. `tell(state)` hears of each step: sending, kept, refused, offline, later, idle. */
export async function send({ refusedToo = false, tell = () => {} } = {}) {
  const channel = new BroadcastChannel("throughcare-outbox");
  const result = await navigator.locks.request("throughcare-outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return "busy";
    for (const { id } of await store.all("outbox")) {
      const entry = await store.find("outbox", id);
      if (!entry || (entry.state === "refused" && !refusedToo)) continue;
      tell("sending");
      await store.edit("outbox", id, (it) => ({ ...it, state: "sending" }));
      const answer = await post(entry);
      if (answer.kept) {
        await store.change(["outbox", "places"], ({ outbox, places }) => {
          outbox.delete(id);
          const request = places.get(entry.place);
          request.onsuccess = () => {
            if (request.result) places.put({ ...request.result, sent: (request.result.sent ?? 0) + 1 });
          };
        });
        tell("kept");
        channel.postMessage("kept");
      } else if (answer.why) {
        await store.edit("outbox", id, (it) => ({ ...it, state: "refused", why: answer.why }));
        tell("refused");
      } else {
        await store.edit("outbox", id, (it) => ({ ...it, state: it.why ? "refused" : "waiting" }));
        // What holds for one holds for the next: no network, or a site that is down.
        return answer.stop;
      }
    }
    return "idle";
  });
  if (result !== "busy") channel.postMessage(result);
  channel.close();
  tell(result);
  return result;
}

async function post({ place, sealed, digest }) {
  if (!navigator.onLine) return { stop: "offline" };
  let answer;
  try {
    answer = await fetch(`/offline/${place}/records.json`, {
      method: "POST",
      body: sealed,
      headers: { "content-type": "application/json" },
      // Who is signed in on this device has nothing to do with whose answers these are.
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { stop: "offline" };
  }
  // A hotel's door page says 200 too; only the site knows the hash. And only the site refuses in this form.
  const said = await answer.json().catch(() => undefined);
  if (answer.ok) return said?.kept === digest ? { kept: true } : { stop: "later" };
  const why = typeof said?.type === "string" ? said.type.split("#")[1] : undefined;
  const final = [400, 404, 409, 413, 422].includes(answer.status);
  return final && why ? { why } : { stop: "later" };
}

/** The records of a place in one file, as the site takes it from the hand of whoever runs the round. */
export function file(entries) {
  const records = entries.map((entry) => JSON.parse(entry.sealed));
  return new Blob([JSON.stringify({ throughcare: "offline records", records })], { type: "application/json" });
}
