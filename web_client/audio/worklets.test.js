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
  assert.ok(render(node, 20).slice(960).every((sample) => Math.abs(sample) < 1e-3));
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

/** Samples after which nothing is left of a jump. */
const settled = 0.05 * 48000;

test("a held reply stands still within 20 ms, counts nothing as played, and goes on from the same sample", () => {
  const node = new processors["playback"]();
  const source = Int16Array.from({ length: 24000 }, (_, k) => k % 30000);
  tell(node, { kind: "push", item: "a", pcm: source.slice(0, 12000).buffer });
  const before = render(node, 75);
  tell(node, { kind: "hold", on: true });
  assert.deepEqual([node.sent.at(-1).item, node.sent.at(-1).ms, node.sent.at(-1).drained], ["a", 200, false]);
  const reports = node.sent.length;
  tell(node, { kind: "push", item: "a", pcm: source.slice(12000).buffer });
  const held = render(node, 375);
  assert.ok(held.slice(0.02 * 48000).every((sample) => Math.abs(sample) < 0.01));
  assert.ok(held.slice(settled).every((sample) => Math.abs(sample) < 1e-4));
  assert.equal(node.sent.length, reports, "a second in which nothing was played");
  assert.equal(node.underruns, 0);
  tell(node, { kind: "hold", on: false });
  const after = render(node, 225);
  const whole = [...before, ...after].map((sample) => sample * 32768);
  for (const k of [100, 9599, 9600 + settled, 20000, 38000]) assert.ok(Math.abs((whole[k] ?? 0) - k / 2) < 1, `sample ${k}`);
  const steps = [...before, ...held, ...after];
  const jumps = steps.slice(1).map((sample, k) => Math.abs(sample - (steps[k] ?? 0)));
  assert.ok(Math.max(...jumps) < 0.01, "no click");
  tell(node, { kind: "end", item: "a" });
  render(node, 120);
  assert.deepEqual([node.sent.at(-1).ms, node.sent.at(-1).drained], [1000, true]);
});

test("however often it is held, every sample is played once and in order", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: new Int16Array(24000).buffer });
  tell(node, { kind: "end", item: "a" });
  /** @type {number[]} */
  const places = [];
  const take = node.next.bind(node);
  node.next = () => {
    if (node.queue[0]) places.push(node.played);
    return take();
  };
  for (let k = 0; k < 60; k++) {
    tell(node, { kind: "hold", on: k % 3 === 1 });
    render(node, (k * 7) % 20);
  }
  tell(node, { kind: "hold", on: false });
  render(node, 400);
  assert.deepEqual([places.length, places[0], places.at(-1)], [48000, 0, 23999.5]);
  assert.ok(places.every((place, k) => place === k / 2));
});

test("held before the first sound, it waits; a flush while held lets go, and what comes next plays", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "hold", on: true });
  tell(node, { kind: "push", item: "a", pcm: ramp(4800) });
  assert.ok(render(node, 50).every((sample) => sample === 0));
  tell(node, { kind: "flush" });
  assert.deepEqual(node.sent, [{ kind: "flushed", item: "", ms: 0 }]);
  tell(node, { kind: "push", item: "b", pcm: ramp(4800) });
  assert.ok(render(node, 50).some((sample) => sample > 0));
});

test("a flush in the middle dies away instead of clicking", () => {
  const node = new processors["playback"]();
  tell(node, { kind: "push", item: "a", pcm: new Int16Array(24000).fill(16000).buffer });
  render(node, 75);
  tell(node, { kind: "flush" });
  const tail = render(node, 40);
  assert.ok(Math.abs(tail[0] ?? 0) > 0.4 && Math.abs(tail[960] ?? 1) < 0.01 && (tail.at(-1) ?? 1) === 0);
});
