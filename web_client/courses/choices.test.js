import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalents, rubricChoices, shelfFor } from "./choices.js";

/** @param {string} id @param {...string} rubrics @returns {any} */
const card = (id, ...rubrics) => ({ case_id: id, title: `Case ${id}`, status: "draft", encounter_min: 10, content_advisory: [], variants: [], rubrics: rubrics.map((each) => ({ id: each, title: `Rubric ${each}` })) });
const cases = [card("a", "one", "two"), card("b", "two"), card("c", "one"), card("d")];
const ids = (/** @type {[string, string][]} */ options) => options.map(([value]) => value);

test("only what is scored by the same rubric is equal, and a case is not its own equivalent", () => {
  const shelf = shelfFor(cases, null);
  assert.deepEqual(ids(equivalents(shelf, shelf[0], "")), ["", "c"]);
  assert.deepEqual(ids(equivalents(shelf, shelf[0], "two")), ["", "b"]);
  assert.deepEqual(equivalents(shelf, shelf[3], ""), [["", "None: no other case is scored by this rubric"]]);
});

test("rubrics are chosen by their titles, the case's own first", () => {
  assert.deepEqual(rubricChoices(shelfFor(cases, null)[0]), [["", "The case's own: Rubric one"], ["one", "Rubric one"], ["two", "Rubric two"]]);
  assert.match(rubricChoices(shelfFor(cases, null)[3])[0]?.[1] ?? "", /nothing is scored/);
});

test("what an assignment has chosen stays in its form when it has left the library", () => {
  const shelf = shelfFor(cases, { case_id: "gone", case_title: "Once", variant: "v", rubric: "two", equivalent: "old", equivalent_title: "Older" });
  assert.deepEqual(shelf.map((each) => each.case_id), ["a", "b", "c", "d", "gone", "old"]);
  const once = shelf.find((each) => each.case_id === "gone");
  assert.deepEqual([once?.words, once?.variants[0]?.id, ids(rubricChoices(once))], ["Once (no longer in the library)", "v", ["", "two"]]);
  assert.ok(ids(equivalents(shelf, once, "two")).includes("old"));
});
