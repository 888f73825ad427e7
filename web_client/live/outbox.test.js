import assert from "node:assert/strict";
import test from "node:test";
import { Outbox } from "./outbox.js";

function memory() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  };
}

test("what was not acknowledged is still there after a reload, in order and under the same id", () => {
  const store = memory();
  const before = new Outbox("e1", store);
  before.add({ id: "a", text: "Hello" });
  before.add({ id: "b", text: "Are you there?" });
  const again = new Outbox("e1", store);
  assert.deepEqual(again.waiting.map((each) => each.id), ["a", "b"]);
  assert.equal(again.settle("a"), true);
  assert.deepEqual(new Outbox("e1", store).waiting.map((each) => each.id), ["b"]);
  assert.deepEqual(new Outbox("e2", store).waiting, []);
});

test("an acknowledgement of something else, or a store that holds nonsense, does no harm", () => {
  const store = memory();
  store.setItem("bedside.outbox.e1", '{"a": 1}');
  const box = new Outbox("e1", store);
  assert.deepEqual([box.settle("zzz"), box.waiting], [false, []]);
});
