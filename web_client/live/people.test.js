import assert from "node:assert/strict";
import test from "node:test";
import { comings, listed, markOf, named, people, sentBy, several, watchingWords } from "./people.js";

/** @param {string} id @param {string} name @param {boolean} present @param {string} role_type */
const member = (id, name, present = true, role_type = "patient") => ({ id, name, present, role_type });
const ROOM = [member("reza", "Reza Farahani"), member("hale", "Dr Hale", true, "colleague"), member("sheet", "Count sheet", true, "system")];

test("a thing is no person, and each person has a mark that nobody else has", () => {
  assert.deepEqual(people(ROOM).map((each) => each.id), ["reza", "hale"]);
  assert.deepEqual(ROOM.map((each) => markOf(ROOM, each.id)), ["disc", "ring", "thing"]);
  assert.deepEqual([several(ROOM), several(ROOM.slice(0, 1))], [true, false]);
});

test("who comes and goes is told by name, once, and not on the first list", () => {
  const gone = [...ROOM.slice(0, 1), member("hale", "Dr Hale", false), member("sheet", "Count sheet", false, "system")];
  assert.equal(comings([], ROOM), "");
  assert.equal(comings(ROOM, ROOM), "");
  assert.equal(comings(ROOM, gone), "Dr Hale leaves the room.");
  assert.equal(comings(gone, ROOM), "Dr Hale comes in.");
});

test("with one person the state line has their name, with several the name of who answers, or none", () => {
  assert.deepEqual(named(ROOM.slice(0, 1), ""), { alone: true, name: "Reza Farahani", thing: false });
  assert.deepEqual(named(ROOM, ""), { alone: false, name: "", thing: false });
  assert.deepEqual(named(ROOM, "hale"), { alone: false, name: "Dr Hale", thing: false });
  assert.equal(named(ROOM, "sheet").thing, true);
});

test("who ended the conversation was the last of them to speak", () => {
  const name = (/** @type {string} */ id) => id.toUpperCase();
  assert.equal(sentBy([{ speaker: "a" }, { speaker: "b" }, { speaker: "learner" }], name), "B");
  assert.equal(sentBy([{ speaker: "learner" }], name), "");
});

test("lists and counts read as sentences", () => {
  assert.deepEqual([listed([]), listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])], ["", "A", "A and B", "A, B and C"]);
  assert.deepEqual([watchingWords(1), watchingWords(2)], ["1 person is watching", "2 people are watching"]);
});
