import assert from "node:assert/strict";
import test from "node:test";
import { EMPTY, fold } from "./conversation.js";
import { joined, recalled } from "./lines.js";

/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @param {...ServerEvent} events */
const after = (...events) => events.reduce(fold, EMPTY);
/** @param {string} text @param {string} status @returns {ServerEvent} */
const reply = (text, status) => ({
  type: "conversation.item.done",
  item: { id: "r1", role: "assistant", status, content: [{ type: "output_audio", transcript: text }] },
});
/** @type {ServerEvent} */
const opened = { type: "conversation.item.added", item: { id: "r1", role: "assistant", status: "in_progress", content: [] } };
/** @param {string} delta @returns {ServerEvent} */
const delta = (delta) => ({ type: "response.output_audio_transcript.delta", item_id: "r1", delta });

test("captions grow with the voice and end as the server says that they were heard", () => {
  const view = after(opened, delta("Oh, hello"), delta(" love. Don't"));
  assert.deepEqual([view.lines[0]?.text, view.lines[0]?.state, view.floor], ["Oh, hello love. Don't", "speaking", "speaking"]);
  const done = fold(view, reply("Oh, hello love.", "completed"));
  assert.deepEqual([done.lines[0]?.text, done.lines[0]?.state, done.lines[0]?.cut], ["Oh, hello love.", "done", false]);
});

test("a reply that was cut shows what was heard and that it was cut", () => {
  const view = after(opened, delta("Oh, hello love. Don't mind me"), reply("Oh, hello", "incomplete"));
  assert.deepEqual([view.lines[0]?.text, view.lines[0]?.cut], ["Oh, hello", true]);
});

test("a spoken turn goes from hearing to its words, and low confidence is kept", () => {
  const view = after(
    { type: "input_audio_buffer.speech_started", item_id: "c1" },
    { type: "input_audio_buffer.speech_stopped", item_id: "c1" },
    { type: "conversation.item.added", item: { id: "c1", role: "user", status: "in_progress", content: [{ type: "input_audio" }] } },
  );
  assert.deepEqual([view.lines.length, view.lines[0]?.state, view.floor], [1, "recognising", "thinking"]);
  const heard = fold(view, { type: "conversation.item.input_audio_transcription.completed", item_id: "c1", transcript: "hello", confidence: 0.3 });
  assert.deepEqual([heard.lines[0]?.text, heard.lines[0]?.unsure, heard.lines[0]?.speaker], ["hello", true, "learner"]);
});

test("speech that was not understood is shown as such and the patient listens again", () => {
  const view = after(
    { type: "input_audio_buffer.speech_started", item_id: "c1" },
    { type: "conversation.item.input_audio_transcription.failed", item_id: "c1" },
  );
  assert.deepEqual([view.lines[0]?.state, view.floor], ["failed", "listening"]);
});

test("items that come again after a reconnection stand once", () => {
  const events = [opened, delta("Yes."), reply("Yes.", "completed"), { type: "bedside.shown", item_id: "s1", speaker: "eileen", text: "nods" }];
  assert.equal([...events, ...events].reduce(fold, EMPTY).lines.length, 2);
});

test("a pause quiets the floor; the same notice twice is one; unknown events change nothing", () => {
  const view = after({ type: "response.created" }, { type: "bedside.phase", phase: "paused", reason: "learner" });
  assert.deepEqual([view.phase, view.floor], ["paused", "listening"]);
  const notice = { type: "bedside.notice", code: "paused", message: "Paused." };
  assert.equal([notice, notice].reduce(fold, view).notices.length, 1);
  assert.equal(fold(view, { type: "bedside.tomorrow" }), view);
});

test("pieces of text are joined as they come, with a space where sentences would touch", () => {
  assert.equal(joined("Hello", " love"), "Hello love");
  assert.equal(joined("Yes.", "Well"), "Yes. Well");
  assert.equal(joined("don", "'t"), "don't");
});

test("the kept transcript sets the order; what is still being sent stays at the end", () => {
  const content = [{ type: "input_text", text: "Are you there?" }];
  const view = after({ type: "conversation.item.added", item: { id: "mine", role: "user", status: "completed", content } });
  const said = { kind: /** @type {const} */ ("said"), heard_ms: 500, at_ms: 0, confidence: 1, doubtful: [], murmurs: [], cut: false, failed: "" };
  const turns = [{ ...said, id: "t1", speaker: "eileen", text: "Hello." }];
  assert.deepEqual(recalled(view, turns).lines.map((line) => line.id), ["t1", "mine"]);
  const merged = { ...said, id: "first", speaker: "learner", text: "Hello? Are you there?" };
  assert.deepEqual(recalled(view, [...turns, merged]).lines.map((line) => line.id), ["t1", "first"]);
});

test("a line knows who said it, also when two people answer one after the other", () => {
  const by = (/** @type {string} */ id, /** @type {string} */ speaker, /** @type {string} */ name) => /** @type {ServerEvent[]} */ ([
    { type: "response.created", response: { metadata: { bedside_speaker: speaker } } },
    { type: "conversation.item.added", item: { id, role: "assistant", status: "in_progress", content: [], bedside_speaker: speaker, bedside_speaker_name: name } },
    { type: "response.output_text.delta", item_id: id, delta: "Count again." },
  ]);
  const view = after(...by("r1", "sheet", "Count sheet"), ...by("r2", "hale", "Dr Hale"));
  assert.deepEqual(view.lines.map((line) => [line.speaker, line.name]), [["sheet", "Count sheet"], ["hale", "Dr Hale"]]);
  assert.equal(view.speaker, "hale");
  const shown = fold(view, { type: "bedside.shown", item_id: "s1", speaker: "reza", speaker_name: "Reza Farahani", text: "shuts his eyes" });
  assert.equal(shown.lines.at(-1)?.name, "Reza Farahani");
});

test("who is there, what may be done and who watches is as the server said last", () => {
  const reza = { id: "reza", name: "Reza Farahani", role_type: "patient", present: true };
  const view = after(
    { type: "session.created", session: { bedside_cast: [reza] } },
    { type: "bedside.present", cast: [{ ...reza, present: false }] },
    { type: "bedside.actions", actions: [{ id: "a", label: "Sit down" }] },
    { type: "bedside.actions", actions: [] },
    { type: "bedside.watched", count: 2 },
    { type: "bedside.ended", reason: "sent_away", message: "They have ended it." },
  );
  assert.deepEqual([view.cast[0]?.present, view.actions, view.watching, view.ended, view.farewell], [false, [], 2, "sent_away", "They have ended it."]);
  assert.equal(EMPTY.actions, null);
});
