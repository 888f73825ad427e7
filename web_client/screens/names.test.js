import assert from "node:assert/strict";
import test from "node:test";
import { membersOf, namesOf, roleName } from "./names.js";

const CAST = [{ id: "eileen", name: "Eileen Novak", role_type: "patient", present: true }];

test("a variant's name is the name in its encounter", () => {
  assert.equal(membersOf(CAST, { eileen: "Maria Rossi" })[0]?.name, "Maria Rossi");
  assert.equal(membersOf(CAST, {})[0]?.name, "Eileen Novak");
});

test("the learner is you, or as whoever watches calls them; an unknown speaker is the first of the cast", () => {
  const name = namesOf(CAST, { learner: "Student nurse", eileen: "Maria Rossi" });
  assert.deepEqual([name("learner"), name("eileen"), name("")], ["You", "Maria Rossi", "Eileen Novak"]);
  assert.equal(namesOf(CAST, {}, "Student nurse")("learner"), "Student nurse");
});

test("a role is called without its place", () => {
  assert.deepEqual([roleName("Student nurse, circulating in theatre four"), roleName("Medical student"), roleName("")], ["Student nurse", "Medical student", "The learner"]);
});
