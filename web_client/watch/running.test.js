import assert from "node:assert/strict";
import test from "node:test";
import { standing } from "./running.js";

const row = { encounter_id: "enc_1", learner: "Sam Poe", title: "Week 3", course: "Year 1", case_title: "Mrs Novak", phase: "encounter", at_ms: 61_000, made_at: "2026-01-01T10:00:00Z" };

test("time goes on while somebody is inside, and stands still otherwise", () => {
  assert.equal(standing(row, 4_000), "Going for 1:05.");
  assert.equal(standing({ ...row, phase: "paused" }, 4_000), "Paused after 1:01.");
  assert.match(standing({ ...row, phase: "prebrief", at_ms: 0 }, 4_000), /not gone in/);
  assert.match(standing({ ...row, phase: null, at_ms: null }, 4_000), /^Begun at/);
});
