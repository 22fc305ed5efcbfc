import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals";

/** What the browser gives, and a server whose answers wait until the test lets them go. */
let asked;
class Socket {
  send() {}
  close() {}
}
Object.assign(globalThis, {
  document: { querySelector: () => ({ content: "{}" }) },
  location: { origin: "https://chat.example" },
  addEventListener: () => {},
  WebSocket: Socket,
  fetch: (path, { method, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      asked.push({ what: `${method} ${path}`, answer: (said) => resolve(Response.json(said)) });
    }),
});
const { Visit } = await import("./visit");

const lead = { session: {}, contact: { kind: "lead", assurance: "none" }, history: "locked", write: "open" };
const around = { page: () => "", isWatched: signal(false), over: () => {}, running: () => {} };
const settled = () => new Promise((resolve) => setTimeout(resolve));
const answering = async (what, said) => {
  await settled();
  const due = asked.filter((one) => one.what === what);
  assert.equal(due.length, 1, `${what} is asked once`);
  due[0].answer(said);
};

beforeEach(() => {
  asked = [];
});

test("who writes and asks for a code before there is a session has one session for both", async () => {
  const visit = new Visit(around, { as: "visitor" });
  visit.write("Where is my lamp?");
  const seated = visit.seated();
  await answering("POST /widget/v1/sessions", lead);
  await answering("GET /widget/v1/session", lead);
  assert.equal(await seated, visit.api);
  await answering("POST /widget/v1/conversations", { id: "lamp", messages: [] });
  visit.epoch.end();
});

test("a server that never answers is given up, and asked again", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const visit = new Visit(around, { as: "visitor" });
  const seated = visit.seated();
  for (let turn = 0; asked.length === 0 && turn < 10; turn += 1) await null;
  mock.timers.tick(20_000);
  mock.timers.reset();
  await assert.rejects(seated, { status: 0, code: "unreachable" });
  assert.equal(visit.epoch.isOver, false);

  asked = [];
  const again = visit.seated();
  await answering("POST /widget/v1/sessions", lead);
  await answering("GET /widget/v1/session", lead);
  assert.equal(await again, visit.api);
  visit.epoch.end();
});
