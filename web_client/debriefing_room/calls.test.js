import assert from "node:assert/strict";
import { test } from "node:test";
import { asSaved, moved, shown } from "./calls.js";

const line = { turn: "t1", who: "Learner", learner: true, kind: "said", text: "Hello." };
const moment = { id: "mom_1", encounter_id: "enc_1", turn: "t1", question: "", notes: "She asks.", case_title: "A", withheld: "", before: [], at: line, after: [line], asks: "What now?" };
const playlist = { id: "pll_1", title: "Friday", course_id: "", course: "", edition: 3, moments: [moment, { ...moment, id: "mom_2", withheld: "Not agreed." }], notes: "", themes: ["asking"], board: "", frame: "PEARLS", phases: [] };

test("what is kept holds no words of an encounter", () => {
  const saved = asSaved(playlist);
  assert.equal(saved.edition, 3);
  assert.deepEqual(saved.moments[0], { id: "mom_1", encounter_id: "enc_1", turn: "t1", question: "", notes: "She asks." });
  assert.ok(!JSON.stringify(saved).includes("Hello."));
});

test("only what may be shown is on the wall", () => {
  assert.deepEqual(shown(playlist).map((each) => each.id), ["mom_1"]);
});

test("an entry moves by one place and stays at the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b"], 1, 1), ["a", "b"]);
});
