import assert from "node:assert/strict";
import test from "node:test";
import { figureWords, followsWords } from "./agreement.js";
import { GRADE_KEYS, gradeActionOf } from "./keys.js";
import { around, chosen, flagsIn, flagWords, progressOf, stateWords, waitsForYou } from "./row_words.js";
import { agreementWords, toMark } from "./trials.js";
import { missing, overallWords } from "./whole.js";

/** @typedef {import("./calls.js").Row} Row */

/** @param {Partial<Row>} changes @returns {Row} */
const row = (changes = {}) => ({ encounter_id: "a", course_id: "c", course: "Year 1", assignment_id: "x", assignment: "Exam", case: "Home", learner: "Learner 1", number: 1, made_at: "", due_at: null, state: "to_mark", state_words: "to be marked", mine: "none", markers: 0, sheets_needed: 1, flags: [], opened_at: null, signed_by: "", signed_at: null, released_at: null, ...changes });

const ROWS = [
  row(),
  row({ encounter_id: "b", state: "signed", signed_by: "Dr Berg", mine: "closed" }),
  row({ encounter_id: "c", state: "running" }),
  row({ encounter_id: "d", state: "second_marker", mine: "closed", flags: [{ code: "self_gap", says: "" }] }),
  row({ encounter_id: "e", assignment_id: "y", state: "to_sign", mine: "closed", flags: [{ code: "self_gap", says: "" }, { code: "appeal", says: "" }] }),
];

test("the queue is chosen by assignment, state and flag, and counts what can be marked", () => {
  const ids = (/** @type {Partial<import("./row_words.js").Filter>} */ filter) => chosen(ROWS, { assignment: "", state: "", flag: "", ...filter }).map((each) => each.encounter_id);
  assert.deepEqual(ids({ assignment: "y" }), ["e"]);
  assert.deepEqual(ids({ flag: "any" }), ["d", "e"]);
  assert.deepEqual(ids({ flag: "appeal", state: "to_sign" }), ["e"]);
  assert.deepEqual(ids({ state: "you" }), ["a", "e"]);
  assert.deepEqual(progressOf(ROWS), { share: 0.25, words: "1 of 4 signed" });
  assert.deepEqual(flagsIn(ROWS), ["self_gap", "appeal"]);
  assert.equal(flagWords("instructs_the_rater"), "instructs the rater");
});

test("a sheet that is in waits for others, and the next that waits may be before this one", () => {
  assert.deepEqual(ROWS.map(waitsForYou), [true, false, false, false, true]);
  const near = around(ROWS, "d");
  assert.deepEqual([near.before?.encounter_id, near.after, near.waiting?.encounter_id], ["b", undefined, "a"]);
  assert.equal(around(ROWS, "unknown").here, undefined);
  assert.deepEqual(ROWS.map(stateWords), ["to be marked", "signed by Dr Berg", "to be marked", "your marks are in", "to be signed"]);
});

test("every key of the help acts, and none acts in a box or with a modifier", () => {
  const event = (/** @type {string} */ key) => ({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false });
  const keys = GRADE_KEYS.flatMap(([names]) => (names === "[ ]" ? ["[", "]"] : names.includes(",") ? names.split(", ") : []));
  assert.ok(keys.length > 8);
  for (const key of keys) {
    assert.ok(gradeActionOf(event(key), { typing: false, talk: false }), key);
    assert.equal(gradeActionOf(event(key), { typing: true, talk: false }), null, key);
    assert.equal(gradeActionOf({ ...event(key), ctrlKey: true }, { typing: false, talk: true }), null, key);
  }
});

test("the whole waits for its lines", () => {
  const held = { dimension: "D1", status: "rated", level: 1, evidence: [], comment: "", how: "own_mark", by: [], reason: "" };
  const state = /** @type {any} */ ({ sheets: [{ mine: true, name: "Berg", overall: "pass", now: [held] }, { mine: false, name: "Cruz", overall: "fail", now: [] }] });
  assert.deepEqual(missing(state, ["D1", "D2"]), ["D2"]);
  assert.equal(overallWords(state), "You: pass · Cruz: fail");
});

test("figures are told with their interval, and below the least nothing is told", () => {
  assert.equal(figureWords({ value: -0.5, low: -0.75, high: 0.1 }), "\u22120.50 (\u22120.75 to 0.10)");
  assert.equal(figureWords({ value: null, low: null, high: null }), "");
  const each = /** @type {any} */ ({ silent: "", counted: { compared: 12 }, decision: { because: "It is kept." } });
  assert.match(followsWords(each, 30), /no decision below 30/);
  assert.equal(followsWords({ ...each, counted: { compared: 30 } }, 30), "It is kept.");
});

test("a trial is told without a verdict", () => {
  const lines = /** @type {any} */ ([{}, {}, {}]);
  assert.equal(agreementWords({ lines, same: 1, compared: 3, apart: -0.5 }), "1 of 3 lines the same; 0.50 levels stricter on the whole.");
  assert.equal(agreementWords({ lines, same: 0, compared: 0, apart: null }), "0 of 3 lines the same.");
  assert.equal(toMark(/** @type {any} */ ([{ state: "done" }, { state: "to_mark" }])).length, 1);
});
