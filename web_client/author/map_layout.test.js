import assert from "node:assert/strict";
import { test } from "node:test";
import { layout } from "./map_layout.js";

/** @typedef {import("../types/author.js").MapNode} MapNode */
/** @typedef {import("../types/author.js").MapEdge} MapEdge */

/** @param {string} id @param {MapNode["kind"]} [kind] @returns {MapNode} */
const node = (id, kind = "beat") => ({ id, kind, title: "", when: "", core: true, line: 1 });
/** @param {string} start @param {string} end @returns {MapEdge} */
const edge = (start, end) => ({ start, end, how: "reveals" });

test("what must come before stands further left, and boxes never lie on each other", () => {
  const nodes = [node("B2"), node("B1"), node("F1", "fact"), node("F2", "fact"), node("shut", "mood")];
  const { boxes, width, height } = layout(nodes, [edge("B1", "F1"), edge("F1", "B2")]);
  const at = new Map(boxes.map((box) => [box.id, box]));
  assert.deepEqual([...at.keys()].sort(), ["B1", "B2", "F1"], "a fact that nothing leads to is told in the list");
  assert.ok((at.get("B1")?.x ?? 0) < (at.get("F1")?.x ?? 0) && (at.get("F1")?.x ?? 0) < (at.get("B2")?.x ?? 0));
  assert.equal(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size, boxes.length);
  for (const { x, y } of boxes) assert.ok(x >= 0 && y >= 0 && x < width && y < height);
});

test("a circle ends, and a case without beats has a map", () => {
  const { boxes } = layout([node("a"), node("b")], [edge("a", "b"), edge("b", "a"), edge("a", "a")]);
  assert.equal(boxes.length, 2);
  assert.equal(layout([], []).boxes.length, 0);
});
