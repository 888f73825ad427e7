import assert from "node:assert/strict";
import test from "node:test";
import { correctionWords, doubtNote, isSpoken, pieces, wordsOf } from "./doubt.js";

/** @param {string} text @param {...[number, number]} doubtful */
const turn = (text, ...doubtful) => ({ text, doubtful });

test("a turn falls into what is sure and what is not, and loses no word", () => {
  const found = pieces(turn("one two  three four", [0, 1], [2, 3]));
  assert.deepEqual(found, [{ text: "one", doubt: true }, { text: "two", doubt: false }, { text: "three", doubt: true }, { text: "four", doubt: false }]);
  assert.deepEqual(pieces(turn("one two")), [{ text: "one two", doubt: false }]);
  assert.deepEqual(pieces(turn("")), []);
});

test("doubt is said in words, for all of a turn and for a part of it", () => {
  assert.equal(doubtNote(turn("one two")), "");
  assert.equal(doubtNote(turn("one two", [0, 2])), "heard with doubt, not counted");
  assert.match(doubtNote(turn("one two", [1, 2])), /underlined/);
});

test("only what was spoken aloud by the learner can be corrected", () => {
  const spoken = { speaker: "learner", kind: "said", heard_ms: 900, text: "So." };
  assert.ok(isSpoken(spoken));
  for (const change of [{ speaker: "ada" }, { kind: "action" }, { heard_ms: 0 }, { text: "" }]) assert.ok(!isSpoken({ ...spoken, ...change }));
});

test("a correction says what was heard, what was said, and what became of it", () => {
  /** @param {"proposed" | "accepted" | "refused"} state @param {string} words */
  const of = (state, words) => correctionWords({ number: 1, turn: "t", start_word: 0, end_word: 1, heard: "sick", words, state, by: "" });
  assert.match(of("proposed", "worried"), /“sick” was heard, you said “worried”.*Not settled yet/);
  assert.match(of("accepted", ""), /you said nothing\. Accepted/);
  assert.match(of("refused", "worried"), /what was heard counts/);
});

test("words are what blanks separate", () => assert.deepEqual(wordsOf(" one\n two "), ["one", "two"]));
