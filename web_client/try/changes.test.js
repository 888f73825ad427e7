import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, isNewTurn } from "./changes.js";
import { because, taken, timerWords } from "./words.js";

/** @type {import("../types/wire.js").Debug} */
const START = {
  at_ms: 0, case_minute: 0, limit_ms: null, phase: "encounter", floor: "listening", timers: [], last_turn: null,
  people: [{ id: "ada", name: "Ada", present: true, state: { trust: 2, curtain: "open" }, mood: "calm" }],
  facts: [{ id: "F", text: "Stairs.", owner: "Ada", disclosure: "if_trust", open: false, told: false, why: ["Needs trust 5; it is 2."] }],
  beats: [{ id: "B", kind: "cue", core: true, speaker: "Ada", line: "Quiet.", status: "hidden", because: "", due_ms: null, why: [], trigger: [], cannot_force: "" }],
};

/** @param {(frame: import("../types/wire.js").Debug) => void} change */
function after(change) {
  const frame = structuredClone(START);
  change(frame);
  return changes(START, frame);
}

test("the first frame changes nothing, and the same frame neither", () => {
  assert.deepEqual(changes(null, START), []);
  assert.deepEqual(changes(START, structuredClone(START)), []);
});

test("state, mood and who is here", () => {
  assert.deepEqual(after(({ people: [ada] }) => ada && Object.assign(ada, { state: { trust: 4, curtain: "open" }, mood: "warm", present: false })), [
    "Ada: trust 2 → 4", "Ada went out", "Ada: mood calm → warm",
  ]);
});

test("a fact opens, shuts, is told once", () => {
  assert.deepEqual(after(({ facts: [fact] }) => fact && (fact.open = true)), ["F may be told now"]);
  assert.deepEqual(after(({ facts: [fact] }) => fact && Object.assign(fact, { open: true, told: true })), ["F was told"]);
});

test("a beat comes with why, and what becomes of it", () => {
  assert.deepEqual(after(({ beats: [beat] }) => beat && Object.assign(beat, { status: "being_said", because: "overdue" })), ["B is being said: its time had come"]);
  assert.deepEqual(after(({ beats: [beat] }) => beat && (beat.status = "met")), ["B: met"]);
});

test("a new turn of the learner's begins a part of the log", () => {
  const turn = { id: "t1", moves: ["open_question"], toward: "Ada", barred: false };
  assert.ok(isNewTurn(START, { ...START, last_turn: turn }));
  assert.ok(!isNewTurn({ ...START, last_turn: turn }, { ...START, last_turn: { ...turn } }));
  assert.match(taken(turn), /Ada.*open question/);
});

test("every reason of the director's and every timer has words", () => {
  for (const why of ["overdue", "triggered", "cued", "forced"]) assert.ok(because(why));
  assert.match(timerWords("window:B1"), /B1/);
  assert.equal(timerWords("director"), "Somebody speaks by themselves");
});
