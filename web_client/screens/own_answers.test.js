import assert from "node:assert/strict";
import test from "node:test";
import { answered } from "./own_answers.js";

test("answers stand under their own questions, and nothing stands for what was left empty", () => {
  assert.equal(answered(["Where?", "What?", "Why?"], ["Here.", "  ", " Because. "]), "Where?\nHere.\n\nWhy?\nBecause.");
  assert.equal(answered(["Where?"], []), "");
});
