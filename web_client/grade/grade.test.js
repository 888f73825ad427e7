import assert from "node:assert/strict";
import test from "node:test";
import { figureWords, followsWords } from "./agreement.js";
import { changeWords, keptWords } from "./in_force.js";
import { GRADE_KEYS, gradeActionOf } from "./keys.js";
import { around, chosen, flagsIn, flagWords, progressOf, stateWords, waitsForYou } from "./row_words.js";
import { stepsOf } from "./steps.js";
import { decides, toldOf } from "./told.js";
import { agreementWords, toMark } from "./trials.js";
import { deedOf, sidesOf } from "./whole_agreed.js";
import { missing, wholeWords } from "./whole.js";

/** @typedef {import("./calls.js").Row} Row */

/** @param {Partial<Row>} changes @returns {Row} */
const row = (changes = {}) => ({ encounter_id: "a", course_id: "c", course: "Year 1", assignment_id: "x", assignment: "Exam", case: "Home", learner: "Learner 1", names_hidden: true, number: 1, made_at: "", due_at: null, state: "to_mark", state_words: "to be marked", mine: "none", markers: 0, sheets_needed: 1, flags: [], opened_at: null, signed_by: "", signed_at: null, released_at: null, ...changes });

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

test("the whole waits for its lines, and a choice made before is kept and said to be unsaved", () => {
  const held = { dimension: "D1", status: "rated", level: 1, evidence: [], comment: "", how: "own_mark", by: [], reason: "" };
  const state = /** @type {any} */ ({ sheets: [{ mine: true, name: "Berg", overall: "pass", now: [held] }] });
  assert.deepEqual(missing(state, ["D1", "D2"]), ["D2"]);
  const of = { kept: null, waits: null, left: 0, trouble: "" };
  assert.match(wholeWords({ ...of, left: 2 }), /First the lines: 2 lines have/);
  assert.match(wholeWords({ ...of, left: 1, waits: "good" }), /Kept here, not saved yet: .* 1 line has no saved mark/);
  assert.match(wholeWords({ ...of, waits: "good", trouble: "The server is down." }), /^Not saved: The server is down\. Your choice stays/);
  assert.deepEqual([wholeWords({ ...of, waits: "good" }), wholeWords({ ...of, kept: "good" })], ["Saving …", "Saved."]);
});

test("two who judge the whole differently see both, and what they agree on stands beside them", () => {
  const sheets = [{ mine: true, name: "Berg", overall: "pass" }, { mine: false, name: "Cruz", overall: "fail" }, { mine: false, name: "Guest", overall: null }];
  const differ = /** @type {any} */ ({ sheets, whole: null, whole_differs: true });
  assert.deepEqual(sidesOf(differ).map(([who]) => who), ["You", "Cruz", "Stands"]);
  assert.deepEqual([deedOf(differ, "pass"), deedOf(differ, null)], ["We agreed on pass", ""]);
  const agreed = /** @type {any} */ ({ sheets, whole: { rating: "borderline", by: ["Cruz"], reason: "Between." }, whole_differs: false });
  assert.deepEqual(sidesOf(agreed).at(-1), ["Stands", "borderline, by Cruz: Between."]);
  assert.deepEqual([deedOf(agreed, "borderline"), deedOf(agreed, "good")], ["", "Change it to good"]);
});

test("every line is a step with its mark, and the whole the last one", () => {
  const value = { dimension: "D1", status: "rated", level: 3 };
  const rubric = /** @type {any} */ ({ highest: 4, dimensions: [{ id: "D1", name: "One" }, { id: "D2", name: "Two" }] });
  const state = /** @type {any} */ ({ values: [value], differences: ["D2"], sheets: [{ mine: true, now: [value], overall: "pass" }], whole: null, whole_differs: true });
  assert.deepEqual(stepsOf(state, rubric, true).map(({ mark, done }) => [mark, done]), [["3 of 4", true], ["differ", false], ["differ", false]]);
  assert.deepEqual(stepsOf({ ...state, whole_differs: false }, rubric, true).at(-1), { name: "The whole", mark: "pass", done: true });
  assert.equal(stepsOf(state, rubric, false).length, 2);
});

test("where the marking stands is told in one sentence or two", () => {
  const state = /** @type {any} */ ({ signature: null, open: true, closed: false, reads: false, waiting: ["Berg", "Cruz"], name: "Berg" });
  assert.match(toldOf(state), /saved as you go.* Not in yet: Cruz\.$/);
  assert.equal(toldOf({ ...state, closed: true, waiting: [] }), "Your marks are in.");
  const signed = { ...state, signature: { by: "Ann", who: "learner" }, open: false };
  assert.deepEqual([toldOf(signed), decides(signed), decides({ ...signed, reads: true })], ["Signed by Ann, the learner.", false, true]);
});

test("figures are told with their interval, and below the least nothing is told", () => {
  assert.equal(figureWords({ value: -0.5, low: -0.75, high: 0.1 }), "\u22120.50 (\u22120.75 to 0.10)");
  assert.equal(figureWords({ value: null, low: null, high: null }), "");
  const each = /** @type {any} */ ({ silent: "", counted: { compared: 12 }, decision: { because: "It is kept." } });
  assert.match(followsWords(each, 30), /no decision below 30/);
  assert.equal(followsWords({ ...each, counted: { compared: 30 } }, 30), "It is kept.");
});

test("what a calibration changes is told line by line, and what does not change is not", () => {
  const same = { dimension: "D1", name: "One", before: "drafted as the rater makes it", after: "drafted as the rater makes it", because: "" };
  assert.deepEqual(changeWords([same, { ...same, name: "Two", after: "left to a person" }]), ["Two: drafted as the rater makes it until now, then left to a person."]);
  const kept = { made: "2026-11-22", by: "", transcripts: 34, raters: 2, ignored: "", may_withdraw: false };
  assert.match(keptWords(kept), /^In force since 2026-11-22, from 34 transcripts that 2 people marked\.$/);
  assert.match(keptWords({ ...kept, by: "Dr Berg", ignored: "the rubric is another" }), /by Dr Berg.* Drafts ignore it: the rubric is another\./);
  assert.equal(keptWords({ ...kept, made: "", ignored: "The file cannot be used." }), "The file cannot be used.");
  assert.match(keptWords(null), /No calibration/);
});

test("a trial is told without a verdict", () => {
  const lines = /** @type {any} */ ([{}, {}, {}]);
  assert.equal(agreementWords({ lines, same: 1, compared: 3, apart: -0.5 }), "1 of 3 lines the same; 0.50 levels stricter on the whole.");
  assert.equal(agreementWords({ lines, same: 0, compared: 0, apart: null }), "0 of 3 lines the same.");
  assert.equal(toMark(/** @type {any} */ ([{ state: "done" }, { state: "to_mark" }])).length, 1);
});
