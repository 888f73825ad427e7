import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../app/api.js";
import { saver } from "./saving.js";

/** A keeper whose answers a test gives. */
function keeper() {
  /** @type {string[]} */
  const kept = [];
  /** @type {(() => void)[]} */
  const answers = [];
  /** @type {string[]} */
  const told = [];
  const own = saver(
    (text) => new Promise((done, fail) => { kept.push(text); answers.push(() => (text === "bad" ? fail(new Error("no line")) : done(null))); }),
    (words) => told.push(words),
  );
  return { own, kept, told, answer: () => /** @type {() => void} */ (answers.shift())() };
}

test("one request at a time, and the newest text last", async () => {
  const { own, kept, told, answer } = keeper();
  own.changed("a");
  const first = own.flush();
  own.changed("ab");
  own.changed("abc");
  await own.flush();
  assert.deepEqual(kept, ["a"]);
  answer();
  await new Promise((next) => setImmediate(next));
  assert.deepEqual(kept, ["a", "abc"]);
  answer();
  await first;
  assert.equal(told.at(-1), "Saved");
  await own.flush();
  assert.equal(kept.length, 2, "nothing new, nothing sent");
});

test("what failed for a while is tried again by itself, and what was refused is not", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {Error} */
  let failure = new Error("no line");
  let tries = 0;
  const own = saver(async () => { tries += 1; throw failure; }, () => {}, 5000);
  own.changed("a");
  await own.flush();
  failure = new Refused(422, "too_long", "too long");
  t.mock.timers.tick(5000);
  await new Promise((next) => setImmediate(next));
  t.mock.timers.tick(60_000);
  await new Promise((next) => setImmediate(next));
  assert.equal(tries, 2);
});

test("what was not saved is sent again", async () => {
  const { own, kept, told, answer } = keeper();
  own.changed("bad");
  const first = own.flush();
  answer();
  await first;
  assert.match(told.at(-1) ?? "", /^Not saved/);
  void own.flush();
  assert.deepEqual(kept, ["bad", "bad"]);
  answer();
});
