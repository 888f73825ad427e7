import assert from "node:assert/strict";
import test from "node:test";
import { comesTo, firstThought, shownOf, stepOf, task, untaken } from "./decide_line.js";
import { inTheWay } from "./signing.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** @param {Partial<import("../types/api.js").MarkValue>} [changes] @returns {import("../types/api.js").MarkValue} */
const value = (changes = {}) => ({ dimension: "D1", status: "rated", level: 3, evidence: [], comment: "", how: "own_mark", by: ["Berg"], reason: "", ...changes });

/** @param {Partial<MarkingState>} [changes] @returns {MarkingState} */
function state(changes = {}) {
  /** @type {import("../types/api.js").MarkSheet} */
  const mine = { name: "Berg", mine: true, closed: true, overall: null, own: [value()], now: [value()] };
  return { step: 3, name: "Berg", account: false, invited: true, staff: false, closed: true, reads: false, overall_needed: false, sheets_needed: 1, open: true, draft: { digest: "d", lines: [value({ level: 2 })] }, sheets: [mine], values: [value()], differences: [], whole: null, whole_differs: false, appeals: [], signature: null, waiting: [], ...changes };
}

const appeal = { dimension: "D1", turn: "t1", reason: "I did.", answered: false, changed: false, answer: "", by: "" };

test("what is sent follows from where the line stands and what was chosen", () => {
  const first = firstThought(state(), "D1");
  assert.deepEqual([first.status, first.level, comesTo(state(), "D1", first)], ["rated", 3, false]);
  assert.equal(stepOf(state(), "D1", { ...first, level: 1, reason: "So." }).kind, "draft_changed");
  assert.equal(stepOf(state(), "D1", { ...first, refuse: true }).kind, "draft_refused");
  const together = state({ differences: ["D1"], values: [] });
  assert.deepEqual([task(together, "D1"), stepOf(together, "D1", firstThought(together, "D1")).kind], ["together", "reconciled"]);
});

test("an appeal is answered: with the same mark it stays, with another it changes", () => {
  const signed = state({ open: false, appeals: [appeal] });
  const first = firstThought(signed, "D1");
  assert.deepEqual(stepOf(signed, "D1", { ...first, reason: "No." }), { kind: "appeal_answered", dimension: "D1", reason: "No." });
  assert.equal(stepOf(signed, "D1", { ...first, level: 4 })["level"], 4);
  assert.equal(task(state({ open: false, appeals: [{ ...appeal, answered: true }] }), "D1"), "nothing");
});

test("a line is drawn again only for what it shows: not for a reason that is typed, nor for another line", () => {
  const first = firstThought(state(), "D1");
  const shown = (/** @type {Partial<MarkingState>} */ changes, /** @type {typeof first} */ thought = first) => JSON.stringify(shownOf(state(changes), "D1", thought));
  const before = shown({});
  assert.equal(shown({ step: 4, waiting: ["Cruz"], values: [value(), value({ dimension: "D2" })] }, { ...first, reason: "Because" }), before);
  const others = [{ differences: ["D1"], values: [] }, { open: false }, { appeals: [appeal] }, { values: [value({ level: 1 })] }, { draft: null }];
  for (const each of others) assert.notEqual(shown(each), before, Object.keys(each)[0]);
  assert.notEqual(shown({}, { ...first, refuse: true }), before);
});

test("what keeps the marks from being signed is said in words", () => {
  const name = (/** @type {string} */ id) => `Line ${id}`;
  assert.equal(inTheWay(state(), name), "");
  assert.match(inTheWay(state({ sheets_needed: 2 }), name), /second marker/);
  assert.equal(inTheWay(state({ waiting: ["Cruz", "Day"] }), name), "Not in yet: the marks of Cruz and Day.");
  assert.equal(inTheWay(state({ appeals: [appeal] }), name), "An appeal waits for its answer: Line D1.");
  assert.equal(inTheWay(state({ differences: ["D1", "D2"] }), name), "The markers differ on Line D1 and Line D2.");
  assert.equal(inTheWay(state({ differences: ["D1"], whole_differs: true }), name), "The markers differ on Line D1 and the whole.");
});

test("a reason that was typed on a line where nothing can be done any more asks nobody to stay", () => {
  const typed = new Map([["D1", { ...firstThought(state(), "D1"), reason: "Because." }]]);
  assert.equal(untaken(state(), typed), true);
  const signed = state({ open: false });
  assert.equal(untaken(signed, typed), false);
  assert.equal(untaken({ ...signed, appeals: [appeal] }, typed), true, "an appeal is still to be answered");
  assert.equal(untaken(state(), new Map([["D1", firstThought(state(), "D1")]])), false);
});
