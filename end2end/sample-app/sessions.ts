import { randomBytes } from "node:crypto";

/** Who is signed in, and what their session is called at the portal. */
export interface Person {
  sub: string;
  sid: string;
  idToken: string;
  name?: string;
  email?: string;
  groups: string[];
  team?: string;
}

export interface Session {
  /** What sign-ins that are on their way must come back with, by `state`: there may be one in each tab. */
  pending: Map<string, { nonce: string; verifier: string }>;
  person?: Person;
}

/** A product that lives longer than a demo keeps these in its database, and lets them expire. */
const sessions = new Map<string, Session>();

export const find = (id = "") => sessions.get(id);
export const end = (id = "") => void sessions.delete(id);

/** Keeps a session; answers with its name, which nobody can guess. */
export function keep(session: Session): string {
  const id = randomBytes(32).toString("base64url");
  sessions.set(id, session);
  return id;
}

/** Ends the sessions that came from one session at the portal, or, without one, all of a person. */
export function endSessions({ sid, sub }: { sid?: unknown; sub?: unknown }): void {
  for (const [id, { person }] of sessions) {
    if (person && (sid ? person.sid === sid : person.sub === sub)) end(id);
  }
}
