import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30;

/** An authenticator app with one key, which never shows a code twice. */
export class Authenticator {
  private readonly key: Buffer;
  private last = 0;

  constructor(secret: string) {
    const bits = [...secret.trim()].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
    this.key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  }

  /**
   * A code that the portal takes now: it takes one step either way, and each once. Begins with
   * the oldest that is taken, unless it is about to be too old.
   */
  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / 1000 / STEP);
    const oldest = (Date.now() / 1000) % STEP < STEP - 8 ? now() - 1 : now();
    this.last = Math.max(this.last + 1, oldest);
    while (this.last > now() + 1) await new Promise((wake) => setTimeout(wake, 1000));
    return this.at(this.last);
  }

  private at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac("sha1", this.key).update(counter).digest();
    const offset = (mac.at(-1) ?? 0) & 15;
    return ((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
  }
}
