import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, isOpen, shareOf } from "./calls.js";

/** @param {Partial<import("./calls.js").Task>} values @returns {import("./calls.js").Task} */
function task(values) {
  return { id: "tsk_1", kind: "prove", about: "a", title: "Prove a", state: "running", ahead: 0, silent_s: 0, done: 0, of: 0, doing: "", why: "", page: "", yours: true, made_at: "", moved_at: "", ...values };
}

test("a running task says what it does and how far it is", () => {
  assert.equal(inWords(task({ doing: "attacks", done: 3, of: 12 })), "attacks, 3 of 12");
  assert.equal(inWords(task({})), "Beginning.");
  assert.equal(shareOf(task({ done: 3, of: 12 })), 0.25);
  assert.equal(shareOf(task({})), null);
});

test("one that is over says why, and is whole once done", () => {
  assert.equal(inWords(task({ state: "stopped", why: "Begin it again." })), "Begin it again.");
  assert.equal(shareOf(task({ state: "done", done: 9, of: 12 })), 1);
  assert.deepEqual(["waiting", "running", "done", "failed", "stopped"].map((state) => isOpen(task({ state: /** @type {any} */ (state) }))), [true, true, false, false, false]);
});

test("one that waits says for how many, and one that nobody seems to work on says so", () => {
  assert.equal(inWords(task({ state: "waiting", ahead: 1 })), "Waiting: 1 task comes before it.");
  assert.equal(inWords(task({ state: "waiting", ahead: 2 })), "Waiting: 2 tasks come before it.");
  assert.equal(inWords(task({ state: "waiting" })), "Waiting for another task to end.");
  assert.match(inWords(task({ doing: "attacks", silent_s: 40 })), /^No sign of life for 40 seconds.*begun again/);
  assert.equal(inWords(task({ doing: "attacks", silent_s: 6 })), "attacks");
  assert.equal(inWords(task({ state: "done", silent_s: 40 })), "Done.");
});
