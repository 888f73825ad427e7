import assert from "node:assert/strict";
import test from "node:test";
import { agreementWords, differenceWords, draftWords } from "./comparison.js";

test("a difference has words, and none where one of the marks is missing", () => {
  assert.deepEqual([null, 0, 2, -1].map(differenceWords), ["–", "the same", "2 higher", "1 lower"]);
});

test("agreement stands beside what no skill would have got", () => {
  assert.equal(agreementWords({ dimensions: 5, exact: 3, constant: 2, constant_exact: 4 }), "Of the 5 questions that both marked, 3 have the same mark. Somebody who gave 2 everywhere would have got 4.");
  assert.equal(agreementWords({ dimensions: 1, exact: 0, constant: 2, constant_exact: 1 }), "Both marked one question, and gave it different marks.");
  assert.match(agreementWords({ dimensions: 0, exact: 0, constant: null, constant_exact: 0 }), /no question/);
});

test("a draft without a number is never shown as one", () => {
  /** @param {number | null} draft @param {string} draft_status */
  const side = (draft, draft_status) => ({ id: "d", name: "D", theirs: 1, quotes: [], draft, draft_status, difference: null });
  assert.deepEqual([side(0, "rated"), side(null, "unrated"), side(null, "not_applicable"), side(null, "not_scored")].map(draftWords), ["0", "unrated", "not applicable", "not scored"]);
});
