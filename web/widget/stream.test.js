import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Epoch } from "./epoch";
import { Stream } from "./stream";

/** The browser's sockets, each as it was made; what the page would be told is told by `dispatchEvent`. */
let sockets;
class Socket {
  static CONNECTING = 0;
  readyState = 1;
  isClosed = false;
  sent = [];
  constructor() {
    sockets.push(this);
  }
  send(frame) {
    this.sent.push(JSON.parse(frame));
  }
  close() {
    this.isClosed = true;
  }
  says(event) {
    this.onmessage({ data: JSON.stringify(event) });
  }
}
const page = new EventTarget();
Object.assign(globalThis, {
  WebSocket: Socket,
  location: { origin: "https://chat.example" },
  addEventListener: page.addEventListener.bind(page),
});
const listener = () => {
  const heard = [];
  const note =
    (name) =>
    (...said) =>
      heard.push([name, ...said]);
  const names = ["event", "beat", "up", "over", "refusedToOpen"];
  return { heard, ...Object.fromEntries(names.map((name) => [name, note(name)])) };
};
const open = () => sockets.filter(({ isClosed }) => !isClosed);

beforeEach(() => {
  sockets = [];
});

test("a line that comes back while a socket opens leaves one socket and no other", () => {
  const epoch = new Epoch();
  const stream = new Stream(epoch, "a secret", listener());
  const [first] = sockets;
  first.onopen();
  page.dispatchEvent(new Event("online"));
  const [second] = open();
  assert.deepEqual([first.isClosed, sockets.length], [true, 2]);

  first.onclose({ code: 1006, reason: "" });
  second.says({ type: "ready" });
  assert.equal(stream.isUp, true, "what becomes of the first is nothing to the second");
  epoch.end();
  assert.deepEqual(open(), []);
});

test("a socket without a network is not waited for, and is heard of no more", () => {
  const epoch = new Epoch();
  const heard = listener();
  const stream = new Stream(epoch, null, heard);
  const [first] = sockets;
  first.says({ type: "ready" });
  page.dispatchEvent(new Event("offline"));
  assert.equal(stream.isUp, false);
  const ups = () => heard.heard.filter(([name]) => name === "up").map(([, isUp]) => isUp);
  assert.deepEqual(ups(), [true, false]);

  first.onclose({ code: 1006, reason: "" });
  assert.deepEqual(ups(), [true, false]);
  page.dispatchEvent(new Event("online"));
  assert.equal(open().length, 1);
  epoch.end();
});
