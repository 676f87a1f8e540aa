import { createServer } from "node:net";

/**
 * Below the ports that systems give to connections and to whoever asks for any, so that none is
 * taken between being found free and being used.
 */
const LOWEST = 20_000;
/** Each of Playwright's workers has so many to itself. */
const EACH = 1_000;
const first = LOWEST + Number(process.env.TEST_PARALLEL_INDEX ?? 0) * EACH;
// another run of the tests at the same time begins elsewhere
let next = process.pid % EACH;

/** A port of this machine that is free, and is given out once. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < EACH; i += 1) {
    const port = first + next;
    next = (next + 1) % EACH;
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Waits until an address answers at all. */
export async function answers(url: string, tries = 100): Promise<void> {
  for (let i = 0; i < tries; i += 1) {
    try {
      await fetch(url, { redirect: "manual" });
      return;
    } catch {
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
  throw new Error(`${url} does not answer`);
}
