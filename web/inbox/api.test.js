import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, ask } from "./api";

/** A server that gives this answer, whatever it is asked. */
const answering = (body, status = 200) => {
  globalThis.fetch = async () => new Response(body, { status });
};

const breaksOff = () =>
  new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode('{"half":')),
    pull: (stream) => stream.error(new TypeError("terminated")),
  });

test("an answer that breaks off, or is some other page, is as if none had come", async () => {
  const none = { status: 0, code: "unreachable" };
  answering(breaksOff());
  await assert.rejects(ask("/me"), none);
  answering("<h1>Sign in to this train's network</h1>");
  await assert.rejects(ask("/me"), none);
});

const skip = !("any" in AbortSignal);

test("an end that a desk hears of which Grace left is none of hers", { skip }, async () => {
  let ends = 0;
  const api = new Api("csrf", () => ends++);
  answering("{}", 401);
  await assert.rejects(api.get("/conversations"), { status: 401 });
  assert.equal(ends, 1);
  api.close();
  await assert.rejects(api.get("/conversations"), { status: 401 });
  assert.equal(ends, 1);
});
