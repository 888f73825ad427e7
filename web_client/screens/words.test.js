import assert from "node:assert/strict";
import test from "node:test";
import { actWords, beganWords, checkpointWords, CODES, endedWords, hearingWords, levelWords, opportunityWords, placeWords, professionWords, sentAwayWords, statusWords } from "./words.js";

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

test("phases and endings", () => {
  assert.deepEqual(["prebrief", "paused", "reflection", "done"].map(placeWords), ["Resume", "Resume", "Reflect", "Report"]);
  assert.equal(endedWords("done", "stop"), "stopped, not scored");
  assert.equal(endedWords("done", "sent_away", "Dr Hale"), "Dr Hale ended the conversation");
  assert.match(endedWords("reflection", "sent_away"), /^somebody in the room ended the conversation, waiting/);
  assert.deepEqual([sentAwayWords("Dr Hale"), sentAwayWords("")], ["Dr Hale ended the conversation.", "Somebody in the room ended the conversation."]);
  assert.deepEqual([beganWords(""), beganWords("soon")], ["", ""]);
});

test("marks on a demonstration engine are for practice only", () => {
  assert.match(hearingWords({ heard: "spoken", hearing: "pocketsphinx, embedded" }), /practice only/);
  assert.equal(hearingWords({ heard: "spoken", hearing: "faster-whisper, local" }), "");
  assert.equal(hearingWords({ heard: "typed" }), "");
});

test("acts, professions and checkpoints have words, whatever the case leaves out", () => {
  assert.equal(actWords({ story: "The count", number: 1, of: 2, to_next: "" }), "Part 1 of 2: The count");
  assert.deepEqual(["nursing", "medicine", "other", ""].map(professionWords), ["Nursing", "Medicine", "Other", "Other"]);
  assert.equal(checkpointWords({ id: "C3_concern_said", text: "Said it aloud" }), "Said it aloud");
  assert.equal(checkpointWords({ id: "C3_concern_said", text: "" }), "Concern said");
});
