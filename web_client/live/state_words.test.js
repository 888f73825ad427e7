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

const EILEEN = { alone: true, name: "Eileen Novak" };

test("a microphone that is off is said to be off, but not to somebody who types", () => {
  assert.match(stateWords("listening", EILEEN, CALM), /microphone is off/);
  assert.doesNotMatch(stateWords("listening", EILEEN, { ...CALM, voice: false }), /microphone/);
  assert.match(stateWords("speaking", EILEEN, CALM), /Eileen Novak is speaking/);
});

test("with several people the words name who answers, and nobody before that is known", () => {
  const nobody = { alone: false, name: "" };
  assert.equal(stateWords("thinking", { alone: false, name: "Dr Hale" }, CALM), "Dr Hale is thinking.");
  assert.equal(stateWords("thinking", nobody, CALM), "One moment.");
  assert.equal(stateWords("thinking", { alone: false, name: "Count sheet", thing: true }, CALM), "One moment.");
  assert.equal(stateWords("listening", { alone: false, name: "Dr Hale" }, { ...CALM, voice: false }), "The room is listening.");
});
