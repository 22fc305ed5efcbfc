import { createHmac, randomUUID } from "node:crypto";

const { PRIVITY_WORKSPACE, PRIVITY_KID, PRIVITY_SIGNING_SECRET } = process.env;

/** A token that says: this user of ours is on the page, now. `user.id` is text. */
export function identityToken(user, now = new Date(), jti = randomUUID()) {
  const issued = Math.floor(now.getTime() / 1000);
  const header = { typ: "JWT", alg: "HS256", kid: PRIVITY_KID };
  const claims = {
    aud: PRIVITY_WORKSPACE,
    sub: user.id,
    iat: issued,
    exp: issued + 600,
    jti,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name,
  };
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createHmac("sha256", PRIVITY_SIGNING_SECRET).update(signed).digest("base64url")}`;
}

function base64url(part) {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
