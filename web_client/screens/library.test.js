import assert from "node:assert/strict";
import test from "node:test";
import { inOrder, MANY, nextAct, professions } from "./library.js";

/** @param {string} id @param {number} number 0: it stands alone @param {string} profession @returns {any} */
const one = (id, number = 0, profession = "nursing") => ({ case_id: id, profession, unfolding: number ? { story: "The count", number, of: 2, to_next: "" } : null });

test("the parts of a story stand together and in order, the rest as it comes", () => {
  const cases = [one("a"), one("second", 2), one("b"), one("first", 1)];
  assert.deepEqual(inOrder(cases).map((each) => each.case_id), ["a", "first", "second", "b"]);
  assert.deepEqual(inOrder([]), []);
});

test("a few cases, or those of one profession, need no narrowing down", () => {
  const many = Array.from({ length: MANY + 1 }, (_, k) => one(`c${k}`, 0, k ? "nursing" : "medicine"));
  assert.deepEqual(professions(many), ["medicine", "nursing"]);
  assert.deepEqual(professions(many.slice(0, MANY)), []);
  assert.deepEqual(professions(many.slice(1).concat(one("x"))), []);
});

test("the next part is found by its story and number", () => {
  const cases = [one("second", 2), one("first", 1)];
  assert.equal(nextAct(cases, one("first", 1))?.case_id, "second");
  assert.equal(nextAct(cases, one("second", 2)), undefined);
  assert.equal(nextAct(cases, one("a")), undefined);
});
