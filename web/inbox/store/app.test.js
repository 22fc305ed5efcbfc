import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { unreachable } from "../../protocol/problem";

// What the page would give: an address, and other tabs that nobody has opened.
Object.assign(globalThis, {
  location: { pathname: "/inbox/all" },
  history: { replaceState: () => {} },
  document: {},
  BroadcastChannel: class {
    postMessage() {}
  },
});
const { screen, signIn, signOut } = await import("./app");

const deskOf = (id) => ({ me: { csrf: `${id}'s`, teammate: { id } }, unsent: {}, leave: () => {} });
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A server that answers when the test says so, and remembers what it was asked. */
let asked;
beforeEach(() => {
  asked = [];
  globalThis.fetch = (path, { signal }) =>
    new Promise((resolve, reject) => {
      const answer = (status) => resolve(new Response("{}", { status }));
      asked.push({ path, signal, answer, lose: () => reject(new TypeError("network")) });
    });
  screen.value = { name: "desk", desk: deskOf("grace") };
});

test("Grace, whose session was over before she signed out, is told of no trouble", async () => {
  const leaving = signOut(screen.value.desk);
  asked[0].answer(401);
  await leaving;
  assert.deepEqual(screen.value, { name: "sign-in", notice: null });
});

test("Grace is told when no server heard that she signed out, and one that never answers is given up", async () => {
  const leaving = signOut(screen.value.desk);
  assert.ok(asked[0].signal instanceof AbortSignal);
  asked[0].lose();
  await leaving;
  assert.match(screen.value.notice, /the server could not be told/);
});

test("whoever sits here by now is not put out by what became of Grace's sign-out", async () => {
  const leaving = signOut(screen.value.desk);
  const linus = { name: "desk", desk: deskOf("linus") };
  screen.value = linus;
  asked[0].lose();
  await leaving;
  assert.equal(screen.value, linus);
});

test("Linus is signed in after Grace is signed out, so that the end of her cookie is not that of his", async () => {
  const leaving = signOut(screen.value.desk);
  const coming = signIn({ email: "linus@acme.example", password: "his" });
  await settled();
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/api/v1/sign-out"],
  );
  asked[0].answer(200);
  await leaving;
  await settled();
  assert.equal(asked[1].path, "/api/v1/sign-in");
  asked[1].lose();
  await assert.rejects(coming, unreachable());
});
