import assert from "node:assert/strict";
import { test } from "node:test";
import { addresseeOf, provedIdentitiesOf } from "./addressee";

const session = (id, assurance, ended_at = null) => ({ id, assurance, ended_at });

test("Grace writes first to Ada's identity, wherever Ada signs in next", () => {
  const ada = { identities: [{ provider: "site", subject: "u-42" }], sessions: [session("s", "signed")] };
  assert.deepEqual(addresseeOf(ada), { identity: { provider: "site", subject: "u-42" } });
});

test("Grace writes first to a visitor only while that visitor's session lives", () => {
  const over = session("old", "none", "2026-01-01T00:00:00Z");
  assert.deepEqual(addresseeOf({ identities: [], sessions: [over, session("now", "claimed")] }), {
    session_id: "now",
  });
  assert.equal(addresseeOf({ identities: [], sessions: [over] }), null);
});

test("Grace writes to nobody by an id that was retired", () => {
  const ada = { identities: [{ provider: "site", subject: "u-42", retired_at: "2026-03-02T09:00:00Z" }] };
  assert.equal(addresseeOf({ ...ada, sessions: [session("s", "signed")] }), null);
});

test("who is signed out everywhere is who was proved, in whatever way, and still can be", () => {
  const known = (provider, subject, proved_at, retired_at = null) => ({
    provider,
    subject,
    proved_at,
    retired_at,
  });
  const identities = [
    known("site", "u-ada", "2026-03-02T09:00:00Z"),
    known("site", "named only", null),
    known("mailbox", "ada@example.com", "2026-03-02T09:00:00Z"),
    known("site", "u-left", "2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"),
  ];
  assert.deepEqual(
    provedIdentitiesOf({ identities }).map(({ subject }) => subject),
    ["u-ada", "ada@example.com"],
  );
});
