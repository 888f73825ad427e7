import assert from "node:assert/strict";
import { test } from "node:test";
import { figureWords, fileOf, fixed, leftOut, shareWords } from "./calls.js";

test("a share says of how many, and how sure it is", () => {
  assert.equal(shareWords({ count: 5, n: 12, value: 5 / 12, low: 0.193, high: 0.68 }), "5 of 12 (42\u00a0%, between 19\u00a0% and 68\u00a0%)");
  assert.equal(shareWords({ count: 0, n: 0, value: null, low: null, high: null }), "to nobody");
});

test("a figure that is not known is no zero, and nothing is minus zero", () => {
  assert.equal(figureWords({ value: null, low: null, high: null }), "not known");
  assert.equal(figureWords({ value: -1.25, low: -2, high: 0.04 }), `${fixed(-1.25)} (between −2.0 and 0.0)`);
  assert.equal(fixed(-0.001), "0.0");
});

test("a group's name is part of the address, whatever is in it", () => {
  assert.equal(fileOf("asg_1", ".csv", "A & B", "all"), "/api/assignments/asg_1/cohort.csv?group=A%20%26%20B");
  assert.equal(fileOf("asg_1", "", "", "all"), "/api/assignments/asg_1/cohort");
  assert.equal(fileOf("asg_1", "", "", "signed"), "/api/assignments/asg_1/cohort?marks=signed");
  assert.equal(fileOf("asg_1", "", "A", "signed"), "/api/assignments/asg_1/cohort?group=A&marks=signed");
});


test("what no figure counts is said, and nothing where nothing is left out", () => {
  assert.deepEqual([0, 1, 2].map(leftOut), ["", "1 attempt at the equivalent case is not in these figures.", "2 attempts at the equivalent case are not in these figures."]);
});
