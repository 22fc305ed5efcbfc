import { identityToken } from "./identity.mjs";

const [id, email, emailVerified, name, now, jti] = process.argv.slice(2);
const user = { id, email, emailVerified: emailVerified === "true", name };
console.log(identityToken(user, new Date(now * 1000), jti));
