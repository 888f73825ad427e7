import assert from "node:assert/strict";
import test from "node:test";
import { inOrder } from "./table.js";

const rows = [{ name: "Ward 10", days: 9 }, { name: "Ward 9", days: 10 }, { name: "Ärztehaus", days: 9 }];

test("rows are sorted by number as numbers and by name as people sort them; equals stay as they stand", () => {
  const names = (/** @type {(row: {name: string, days: number}) => string | number} */ by, /** @type {boolean} */ upward) => inOrder(rows, by, upward).map((row) => row.name);
  assert.deepEqual(names((row) => row.name, true), ["Ärztehaus", "Ward 9", "Ward 10"]);
  assert.deepEqual(names((row) => row.days, true), ["Ward 10", "Ärztehaus", "Ward 9"]);
  assert.deepEqual(names((row) => row.days, false), ["Ward 9", "Ward 10", "Ärztehaus"]);
});
