import assert from "node:assert/strict";
import test from "node:test";
import { fromBase64, meterLevel, toBase64 } from "./pcm.js";

test("samples survive the way to base64 and back, also long ones", () => {
  const samples = Int16Array.from({ length: 70000 }, (_, k) => ((k * 7919) % 65536) - 32768);
  assert.deepEqual(new Int16Array(fromBase64(toBase64(samples.buffer))), samples);
  assert.equal(toBase64(Int16Array.of(1, -1).buffer), "AQD//w==");
});

test("half a sample is dropped", () => {
  assert.equal(fromBase64(btoa("abc")).byteLength, 2);
});

test("the meter feels loudness", () => {
  assert.equal(meterLevel(0), 0);
  assert.equal(meterLevel(1), 1);
  assert.ok(meterLevel(0.1) > 0.6 && meterLevel(0.1) < 0.65);
});
