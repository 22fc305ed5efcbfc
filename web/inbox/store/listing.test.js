import assert from "node:assert/strict";
import { test } from "node:test";
import { Listing } from "./listing";

const conversation = (id, second) => ({
  id,
  last_message: { sent_at: new Date(Date.UTC(2026, 0, 1, 12) + second * 1000).toISOString() },
});
const upTo = (last) => Array.from({ length: last }, (_, index) => conversation(`c${index + 1}`, index + 1));
const ids = (list) => list.map(({ id }) => id);
const newestFirst = (list) => [...list].sort((one, other) => said(other) - said(one));
const said = ({ last_message }) => Date.parse(last_message.sent_at);

/** A server whose cursor is the moment of the last line that it gave. */
function house(conversations) {
  const server = { conversations };
  server.get = async (_path, { cursor, limit }) => {
    const within = newestFirst(server.conversations).filter((one) => cursor === null || said(one) < cursor);
    const items = within.slice(0, limit);
    return { items, next_cursor: within.length > limit ? said(items.at(-1)) : null };
  };
  return server;
}

async function atTheEnd(listing) {
  while (listing.cursor.value !== null) await listing.more();
  return ids(listing.items.value);
}

test("Grace comes back after more was written than a page holds, and no conversation is missing", async () => {
  const server = house(upTo(120));
  const listing = new Listing(server, {}, () => true);
  await listing.refresh();
  assert.equal(listing.items.value.length, 50, "more must be left below for this test to mean anything");

  server.conversations = upTo(230);
  await listing.refresh();
  assert.deepEqual(await atTheEnd(listing), ids(newestFirst(server.conversations)));
});

test("an event that comes while Grace's list is asked anew changes nothing of that", async () => {
  const server = house(upTo(120));
  const listing = new Listing(server, {}, () => true);
  await listing.refresh();

  server.conversations = upTo(230);
  const asked = listing.refresh();
  const news = conversation("c1", 999);
  listing.place(news);
  await asked;
  assert.deepEqual(await atTheEnd(listing), ids(newestFirst([news, ...server.conversations.slice(1)])));
});

test("what Grace scrolled down to stays when little is new", async () => {
  const server = house(upTo(120));
  const listing = new Listing(server, {}, () => true);
  await listing.refresh();
  await listing.more();
  server.conversations = upTo(121);
  await listing.refresh();
  assert.deepEqual(ids(listing.items.value), ids(newestFirst(server.conversations)).slice(0, 101));
});
