import assert from "node:assert/strict";
import test from "node:test";
import { readable } from "./facts.js";

test("what was not measured is left out, and a zero is a fact", () => {
  const told = readable({ encounter_ms: 61_000, talk_share: 0.412, median_pause_ms: null, silences_held: 0, unknown: 3 });
  assert.deepEqual(told.map((each) => each.text), ["1:01", "41 %", "0"]);
});
