import assert from "node:assert/strict";
import test from "node:test";
import { stateOf, stateWords } from "./state_words.js";

/** @type {import("./state_words.js").Situation} */
const CALM = {
  line: "open", phase: "encounter", floor: "listening", talking: false, playing: false, holding: false, handsFree: false, voice: true,
};

test("what matters more is said first", () => {
  assert.equal(stateOf(CALM), "listening");
  assert.equal(stateOf({ ...CALM, holding: true }), "silence");
  assert.equal(stateOf({ ...CALM, floor: "thinking", holding: true }), "thinking");
  assert.equal(stateOf({ ...CALM, floor: "listening", playing: true }), "speaking");
  assert.equal(stateOf({ ...CALM, playing: true, talking: true }), "hearing");
  assert.equal(stateOf({ ...CALM, phase: "paused", talking: true }), "paused");
  assert.equal(stateOf({ ...CALM, line: "waiting", phase: "paused" }), "reconnecting");
  assert.equal(stateOf({ ...CALM, line: "closed", phase: "done" }), "over");
});

test("a microphone that is off is said to be off, but not to somebody who types", () => {
  assert.match(stateWords("listening", "Eileen", CALM), /microphone is off/);
  assert.doesNotMatch(stateWords("listening", "Eileen", { ...CALM, voice: false }), /microphone/);
  assert.match(stateWords("speaking", "Eileen", CALM), /Eileen is speaking/);
});
