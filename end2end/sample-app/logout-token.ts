import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Logout tokens that were taken, until when each could be sent again. */
const taken = new Map<string, number>();

/** Verifies a logout token (OpenID Connect Back-Channel Logout 1.0 §2.6). */
export async function verifyLogoutToken(token: string, keys: JWTVerifyGetKey, issuer: string, audience: string): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    typ: "logout+jwt",
    requiredClaims: ["iat", "exp", "jti", "events"],
    clockTolerance: 30,
  });
  const events = payload.events as Record<string, unknown> | null;
  if (typeof events?.[EVENT] !== "object") throw new Error("it is not about a logout");
  if ("nonce" in payload) throw new Error("it has a nonce, so it is an ID token");
  if (typeof payload.sid !== "string" && typeof payload.sub !== "string") throw new Error("it says of nobody's session");
  const now = Date.now() / 1000;
  for (const [jti, until] of taken) if (until < now) taken.delete(jti);
  if (taken.has(payload.jti!)) throw new Error("it was sent before");
  taken.set(payload.jti!, payload.exp! + 30);
  return payload;
}
