import assert from "node:assert/strict";
import { test } from "node:test";
import { cueName, isSame, newsWords, standing } from "./cue_words.js";

const cue = { beat: "B1", prompt: null, kind: "concern", speaker_name: "Ada", words: "It gets quiet.", state: "", why: "", may_take_back: false };

test("a cue is named by what it is and who says it", () => {
  assert.equal(cueName(cue), "A worry, Ada");
  assert.equal(cueName({ ...cue, kind: "something new" }), "A moment, Ada");
});

test("where it stands is said in words, and nothing where it may be given", () => {
  assert.equal(standing(cue), "");
  assert.equal(standing({ ...cue, why: "Ada is not in the room." }), "Ada is not in the room.");
  assert.match(standing({ ...cue, state: "given", why: "It was heard already." }), /was heard/);
  assert.match(standing({ ...cue, beat: "", prompt: 0, state: "given" }), /was said/);
  assert.equal(standing({ ...cue, state: "waiting", why: "It is being said." }), "It is being said.");
  assert.match(standing({ ...cue, state: "taken_back" }), /Taken back/);
  assert.equal(standing({ ...cue, state: "taken_back", why: "It was heard already." }), "It was heard already.");
});

test("what became of it is told by its words", () => {
  assert.match(newsWords(cue, "waiting"), /It gets quiet.*waits/);
  assert.match(newsWords(cue, "dropped"), /did not come/);
  assert.match(newsWords(cue, "taken_back"), /taken back/);
});

test("a beat and a line are different things", () => {
  assert.ok(isSame(cue, { ...cue, state: "given" }));
  assert.ok(!isSame(cue, { ...cue, beat: "", prompt: 0 }));
});
