import assert from "node:assert/strict";
import test from "node:test";
import { backoffMs, closing } from "./closing.js";
import { freshItemId, seqOf, settings, truncate } from "./wire.js";

test("a dropped line is tried again, an encounter that is over is not", () => {
  assert.equal(closing(1006).then, "again");
  assert.equal(closing(1012).then, "again");
  assert.equal(closing(4410).then, "over");
  assert.equal(closing(4401).then, "signin");
  assert.equal(closing(4409).then, "ask");
  assert.equal(closing(4422).forget, true);
});

test("waits grow, stay under ten seconds, and a full house waits longer", () => {
  const waits = Array.from({ length: 12 }, (_, k) => backoffMs(k, false, 0.5));
  assert.deepEqual(waits.slice(0, 4), [400, 800, 1600, 3200]);
  assert.ok(Math.max(...waits) <= 10000);
  assert.ok(backoffMs(0, true, 0.5) === 1600 && backoffMs(3, false, 0) < backoffMs(3, false, 1));
});

test("an event id holds the sequence number", () => {
  assert.deepEqual([seqOf("evt_12_3"), seqOf("evt_x"), seqOf(undefined)], [12, 0, 0]);
});

test("push-to-talk is turn detection null; hands-free needs a microphone", () => {
  const read = (/** @type {any} */ event) => event.session.audio.input.turn_detection;
  assert.equal(read(settings({ aloud: true, talk: "toggle", rate: 48000 })), null);
  assert.equal(read(settings({ aloud: true, talk: "hands_free", rate: 48000 })).type, "server_vad");
  assert.equal(read(settings({ aloud: true, talk: "hands_free", rate: null })), null);
});

test("item ids differ and are short enough for the protocol", () => {
  assert.notEqual(freshItemId(), freshItemId());
  assert.ok(freshItemId().length <= 32);
  assert.equal(truncate("r", 12.7)["audio_end_ms"], 12);
});
