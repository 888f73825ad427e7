import assert from "node:assert/strict";
import test from "node:test";
import { Voice } from "./voice.js";

/** A loudspeaker that notes what it is told. */
function aVoice() {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const told = [];
  const host = {
    send: (/** @type {any} */ event) => Boolean(sent.push(event)),
    sendSound: () => true,
    level: () => {},
    changed: () => {},
  };
  const voice = new Voice(host, { aloud: true, handsFree: true, device: "" });
  const loudspeaker = {
    item: "",
    push(/** @type {string} */ item) {
      this.item = item;
      told.push(["push", item]);
    },
    end: (/** @type {string} */ item) => told.push(["end", item]),
    duck: (/** @type {boolean} */ on) => told.push(["duck", on]),
    flush() {
      const { item } = this;
      this.item = "";
      told.push(["flush", item]);
      return Promise.resolve({ item, ms: 240 });
    },
  };
  voice.loudspeaker = /** @type {any} */ (loudspeaker);
  return { voice, sent, told };
}

const sound = (/** @type {string} */ item) => ({ type: "response.output_audio.delta", item_id: item, delta: "AAAA" });
const done = (/** @type {string} */ item, /** @type {string} */ status) => ({
  type: "response.done",
  response: { status, output: [{ id: item }] },
});

test("at a possible interruption the loudspeaker is held, and let go when it was none", () => {
  const { voice, told, sent } = aVoice();
  voice.received(sound("a"));
  voice.received({ type: "bedside.duck", ducked: true });
  voice.received({ type: "bedside.duck", ducked: false });
  assert.deepEqual(told, [["push", "a"], ["duck", true], ["duck", false]]);
  assert.deepEqual(sent, []);
});

test("a reply that was cut on the other side is dropped where it is, and its place told; a whole one plays on", async () => {
  const { voice, told, sent } = aVoice();
  voice.received(sound("a"));
  voice.received(done("a", "completed"));
  assert.deepEqual(told, [["push", "a"]]);
  voice.received(done("other", "cancelled"));
  assert.deepEqual(told, [["push", "a"]]);
  voice.received(done("a", "cancelled"));
  await Promise.resolve();
  assert.deepEqual(told.at(-1), ["flush", "a"]);
  assert.deepEqual([sent[0].type, sent[0].item_id, sent[0].audio_end_ms], ["conversation.item.truncate", "a", 240]);
  voice.received(sound("a"));
  assert.deepEqual(told.at(-1), ["flush", "a"], "what was on its way is not played either");
});

test("an interruption that was already acted on is not acted on twice", async () => {
  const { voice, told, sent } = aVoice();
  voice.received(sound("a"));
  voice.received({ type: "input_audio_buffer.speech_started" });
  voice.received(done("a", "cancelled"));
  await Promise.resolve();
  assert.equal(told.filter(([what]) => what === "flush").length, 1);
  assert.equal(sent.length, 1);
});
