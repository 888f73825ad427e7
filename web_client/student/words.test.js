import assert from "node:assert/strict";
import test from "node:test";
import { attemptsWords, countWords, opensIn, timeWords, when, windowWords } from "./words.js";

test("a time is told by the reader's clock, and by the course's where that is another", () => {
  assert.match(when("2026-03-01T09:00:00Z", "Europe/Berlin", "Europe/Berlin"), /10:00/);
  assert.doesNotMatch(when("2026-03-01T09:00:00Z", "Europe/Berlin", "Europe/Paris"), /for the course/);
  const both = when("2026-03-01T09:00:00Z", "Europe/Berlin", "Asia/Tokyo");
  assert.match(both, /18:00|6:00\s?PM/);
  assert.match(both, /10:00.*for the course\)$/);
  assert.deepEqual([when(null), when("nonsense")], ["", ""]);
});

test("a window says what can be done now", () => {
  const each = { opens_at: "2026-03-01T09:00:00Z", closes_at: "2026-03-08T09:00:00Z", zone: "UTC" };
  assert.match(windowWords({ ...each, state: "not_open" }), /^Opens .*1/);
  assert.match(windowWords({ ...each, state: "open" }), /^Open until .*8/);
  assert.match(windowWords({ ...each, state: "closed" }), /^Closed .*8/);
  assert.equal(windowWords({ opens_at: null, closes_at: null, zone: "UTC", state: "open" }), "Open, without a last day");
});

test("attempts, time and counts in words", () => {
  assert.equal(attemptsWords({ attempts_used: 1, attempts_allowed: 3 }), "2 of 3 left");
  assert.equal(attemptsWords({ attempts_used: 3, attempts_allowed: 3 }), "All 3 used");
  assert.equal(attemptsWords({ attempts_used: 2, attempts_allowed: 1 }), "The one there is was used");
  assert.equal(attemptsWords({ attempts_used: 0, attempts_allowed: null }), "As many as you like");
  assert.deepEqual([timeWords(0), timeWords(100), timeWords(150)], ["No time limit, as agreed", "The usual time", "1.5 times the usual time, as agreed"]);
  assert.deepEqual([countWords("boards", 1), countWords("courses", 2)], ["1 reflection board that you run", "2 courses that you are in"]);
});

test("how long until it opens goes by the server's clock, and what is far off is not waited for", () => {
  const each = /** @type {const} */ ({ opens_at: "2026-03-01T09:00:00Z", server_time: "2026-03-01T08:59:00Z", state: "not_open" });
  assert.equal(opensIn(each), 60_500);
  assert.equal(opensIn({ ...each, server_time: "2026-02-01T08:59:00Z" }), null);
  assert.equal(opensIn({ ...each, state: "open" }), null);
  assert.equal(opensIn({ ...each, opens_at: null }), null);
});
