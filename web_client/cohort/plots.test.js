import assert from "node:assert/strict";
import { test } from "node:test";
import { at, shareOf } from "./plots.js";

test("a place is a share of the width, and never outside it", () => {
  assert.equal(at(shareOf(3, [0, 4])), "75%");
  assert.equal(at(shareOf(0, [-2, 2])), "50%");
  assert.equal(at(shareOf(9, [0, 4])), "100%");
  assert.equal(at(1 / 3), "33.33%");
});
