import assert from "node:assert/strict";
import { test } from "node:test";
import { differenceWords } from "./gap.js";

test("a difference is told from the learner's side, and a missing one is not told", () => {
  assert.deepEqual([2, -1, 0, null].map(differenceWords), ["you 2 higher", "you 1 lower", "the same", ""]);
});
