import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceWords, gap } from "./gap.js";

test("a difference is told from the learner's side, and a missing one is not told", () => {
  assert.deepEqual([2, -1, 0, null].map(differenceWords), ["you 2 higher", "you 1 lower", "the same", ""]);
});

test("while marks are not shown yet, nothing says that the report gave none", () => {
  const about = { card: { dimensions: [{ id: "exploration", status: "held" }] }, debrief: { gap: { felt: "", said: "", sides: [{ dimension: "exploration", own: 2, draft: null, difference: null }] } } };
  assert.equal(gap(/** @type {any} */ (about)), null);
});
