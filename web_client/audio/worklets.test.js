import assert from "node:assert/strict";
import test from "node:test";

/** @type {Record<string, any>} */
const processors = {};
/** @type {any} */
const scope = globalThis;
scope.sampleRate = 48000;
scope.AudioWorkletProcessor = class {
  constructor() {
    /** @type {any[]} */
    this.sent = [];
    this.port = { postMessage: (/** @type {any} */ message) => this.sent.push(message) };
  }
};
scope.registerProcessor = (/** @type {string} */ name, /** @type {any} */ made) => (processors[name] = made);
await import("./capture.worklet.js");
await import("./playback.worklet.js");

/** @param {any} node @param {any} data */
const tell = (node, data) => node.port.onmessage({ data });

/** @param {any} node @param {number} blocks */
function render(node, blocks) {
  const out = [];
  for (let k = 0; k < blocks; k++) {
    const block = new Float32Array(128);
    node.process([], [[block]]);
    out.push(...block);
  }
  return out;
}

/** @param {number} length */
const ramp = (length) => Int16Array.from({ length }, (_, k) => k % 1000).buffer;

test("capture cuts frames of 32 ms, and sends nothing while it is shut", () => {
  const node = new processors["capture"]();
  const block = [[new Float32Array(128).fill(0.5)]];
  for (let k = 0; k < 20; k++) node.process(block);
  assert.equal(node.sent.length, 0);
  tell(node, { open: true });
  for (let k = 0; k < 24; k++) node.process(block);
  assert.equal(node.sent.length, 2);
  assert.equal(node.sent[0].pcm.byteLength, 1536 * 2);
  assert.equal(new Int16Array(node.sent[0].pcm)[0], 16383);
  assert.equal(node.sent[0].peak, 0.5);
});

test("playback waits for 60 ms, then doubles 24 kHz to 48 kHz without a gap across chunks", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(1000) });
  assert.ok(render(node, 4).every((sample) => sample === 0));
  tell(node, { kind: "push", item: "a", pcm: Int16Array.from({ length: 1000 }, (_, k) => 1000 + k).buffer });
  const out = render(node, 16).map((sample) => sample * 32768);
  assert.ok(Math.abs((out[2001] ?? 0) - 1000.5) < 0.01);
  assert.ok(out.slice(0, 2048).every((sample, k) => Math.abs(sample - k / 2) < 0.01));
});

test("what was played is reported, and an item that drained is reported whole", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(24000) });
  tell(node, { kind: "end", item: "a" });
  render(node, 400);
  const last = node.sent.at(-1);
  assert.deepEqual([last.item, last.ms, last.drained, last.underruns], ["a", 1000, true, 0]);
  const steps = node.sent.map((/** @type {any} */ message) => message.ms);
  assert.ok(steps.length >= 9 && steps[0] > 80 && steps[0] < 130);
});

test("a flush stops at once and says how far it came", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(24000) });
  render(node, 75);
  tell(node, { kind: "flush" });
  assert.deepEqual(node.sent.at(-1), { kind: "flushed", item: "a", ms: 200 });
  assert.ok(render(node, 10).every((sample) => sample === 0));
});

test("a dry queue is an underrun only while more is to come, and the count of what was played stands", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(2400) });
  render(node, 60);
  assert.equal(node.underruns, 1);
  tell(node, { kind: "push", item: "a", pcm: ramp(2400) });
  tell(node, { kind: "end", item: "a" });
  render(node, 60);
  assert.equal(node.underruns, 1);
  assert.deepEqual([node.sent.at(-1).ms, node.sent.at(-1).drained], [200, true]);
});

test("an item that ends after it was played is still reported as drained", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(2400) });
  render(node, 60);
  tell(node, { kind: "end", item: "a" });
  render(node, 1);
  assert.deepEqual([node.sent.at(-1).ms, node.sent.at(-1).drained], [100, true]);
});

test("two items in one queue are counted apart", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: ramp(2400) });
  tell(node, { kind: "push", item: "b", pcm: ramp(4800) });
  tell(node, { kind: "end", item: "b" });
  render(node, 200);
  const done = node.sent.filter((/** @type {any} */ message) => message.drained);
  assert.deepEqual(done.map((/** @type {any} */ m) => [m.item, m.ms]), [["a", 100], ["b", 200]]);
});
