import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, dayAndTime, dayName, shortTime } from "./times";

const at = (day, hour, minute = 0) => new Date(2026, 2, day, hour, minute);
const now = at(18, 12).getTime();
const told = (how, time) => how(time.toISOString(), now);

test("a day is named as shortly as it can be without a doubt", () => {
  assert.equal(told(dayName, at(18, 0, 1)), "Today");
  assert.equal(told(dayName, at(17, 23, 59)), "Yesterday");
  assert.equal(told(dayName, at(12, 9)), "Thursday");
  assert.equal(told(dayName, at(11, 9)), "11 Mar");
  assert.equal(told(dayName, new Date(2024, 2, 11)), "11 Mar 2024");
});

test("a list shows the hour of today and the date of what is older", () => {
  assert.equal(told(shortTime, at(18, 9, 5)), "09:05");
  assert.equal(told(shortTime, at(17, 9, 5)), "17 Mar");
});

test("the last day is told by how long ago it was", () => {
  assert.equal(told(ago, at(18, 12)), "just now");
  assert.equal(told(ago, at(18, 11, 58)), "2 min ago");
  assert.equal(told(ago, at(18, 9)), "3 h ago");
  assert.equal(told(ago, at(17, 9)), "17 Mar");
});

test("a clock of ours that is behind the server's tells no future", () => {
  assert.equal(told(ago, at(18, 12, 3)), "just now");
});

test("a moment is told with its day", () => {
  assert.equal(told(dayAndTime, at(18, 9, 5)), "today at 09:05");
  assert.equal(told(dayAndTime, at(1, 9, 5)), "1 Mar at 09:05");
});
