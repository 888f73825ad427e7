import assert from "node:assert/strict";
import test from "node:test";
import { beganWords, CODES, endedWords, firstName, hearingWords, levelWords, opportunityWords, placeWords, statusWords } from "./words.js";

test("only an approved case counts as reviewed", () => {
  assert.equal(statusWords("approved"), "Reviewed by educators");
  for (const status of ["draft", "in_review", "pilot", ""]) assert.equal(statusWords(status), "Not yet reviewed by educators");
});

test("what is not a number is never shown as one", () => {
  assert.equal(levelWords({ status: "rated", level: 0 }), "0 of 4");
  assert.equal(levelWords({ status: "unrated", level: null }), "Unrated: needs a person");
  assert.equal(levelWords({ status: "not_applicable", level: null }), "Not applicable");
  assert.match(opportunityWords("not_offered"), /does not count/);
  assert.equal(CODES.length, 5);
});

test("phases and names", () => {
  assert.deepEqual(["prebrief", "paused", "reflection", "done"].map(placeWords), ["Resume", "Resume", "Reflect", "Report"]);
  assert.equal(endedWords("done", "stop"), "stopped, not scored");
  assert.deepEqual([firstName("Eileen Novak"), firstName("")], ["Eileen", "The patient"]);
  assert.deepEqual([beganWords(""), beganWords("soon")], ["", ""]);
});

test("marks on a demonstration engine are for practice only", () => {
  assert.match(hearingWords({ heard: "spoken", hearing: "pocketsphinx, embedded" }), /practice only/);
  assert.equal(hearingWords({ heard: "spoken", hearing: "faster-whisper, local" }), "");
  assert.equal(hearingWords({ heard: "typed" }), "");
});
