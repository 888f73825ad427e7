import assert from "node:assert/strict";
import test from "node:test";
import { layout, lettered, offered, shapeOf, ticks, WIDTH } from "./timeline_layout.js";

/** @param {string} id @param {string} speaker @param {number} at @param {number} heard */
const turn = (id, speaker, at, heard) => ({
  id, speaker, at_ms: at, heard_ms: heard, text: "Some words.", kind: /** @type {const} */ ("said"), confidence: 1, doubtful: [], murmurs: [], cut: false, failed: "",
});
/** @param {string} beat @param {string} cue @param {number | null} code @param {string} state */
const moment = (beat, cue, code, state) => ({
  beat, cue_turn: cue, code, state, kind: "cue", core: true, cue_speaker: "eileen", cue_quote: "", response_turns: [], turn: "", quote: "", at_best: null,
});

test("turns stand where they began, in the lane of who spoke, and inside the picture", () => {
  const { blocks, lanes } = layout([turn("a", "reza", 0, 3000), turn("b", "learner", 30_000, 0), turn("c", "hale", 59_000, 4000)], [], 60_000);
  assert.deepEqual(lanes, ["reza", "hale", "learner"]);
  assert.deepEqual(blocks.map((each) => each.lane), [0, 2, 1]);
  assert.ok(blocks.every((each) => each.x >= 0 && each.x + each.width <= WIDTH + 0.01 && each.width >= 5));
});

test("what was not offered has no mark; marks never lie on each other and stay inside", () => {
  const turns = Array.from({ length: 4 }, (_, k) => turn(`t${k}`, "eileen", 59_000 + k * 100, 500));
  const all = [...turns.map((each, k) => moment(`B${k}`, each.id, k, "addressed")), moment("B9", "", null, "not_offered")];
  const { marks } = layout(turns, all, 60_000);
  const xs = marks.map((mark) => mark.x).sort((one, other) => one - other);
  assert.equal(marks.length, 4);
  assert.ok(xs.every((x, k) => x >= 16 && x <= WIDTH - 16 && (k === 0 || x - (xs[k - 1] ?? 0) >= 33.9)));
  assert.equal(offered(all).length, 4);
});

test("the shape says how the moment went without any colour", () => {
  const shapes = [0, 1, 2, 3, 4, null].map((code) => shapeOf(moment("B", "t", code, "addressed")));
  assert.deepEqual(shapes, ["passed", "partly", "partly", "met", "met", "open"]);
  assert.equal(shapeOf(moment("B", "t", null, "missed")), "passed");
});

test("an encounter of no length does not divide by nothing; minutes never crowd", () => {
  assert.deepEqual(layout([], [], 0).blocks, []);
  assert.deepEqual(ticks(120_000).map((tick) => tick.text), ["0 min", "1 min", "2 min"]);
  assert.ok(ticks(3_600_000).length <= 16);
});

test("checkpoints keep their order, have a letter each, and stay apart and inside", () => {
  const found = lettered([0, 100, 59_990, 60_000].map((at_ms) => ({ at_ms, text: "" })), 60_000);
  assert.deepEqual(found.map((tick) => tick.letter), ["a", "b", "c", "d"]);
  assert.ok(found.every((tick, k) => tick.x >= 8 && tick.x <= WIDTH - 8 && (k === 0 || tick.x - (found[k - 1]?.x ?? 0) >= 21.9)));
});
