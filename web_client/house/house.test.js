import assert from "node:assert/strict";
import { test } from "node:test";
import { asLocal, asMoment, counted, folded, midnight, size, tomorrowEvening } from "./calls.js";

test("bytes are told in the unit that people use", () => {
  assert.deepEqual([0, 999, 1000, 1_400_000, 250_000_000, 3e12, 9e15].map(size), ["0 bytes", "999 bytes", "1.0 kB", "1.4 MB", "250 MB", "3.0 TB", `${(9000).toLocaleString()} TB`]);
});

test("one is one, and none are several", () => {
  assert.deepEqual([counted(0, "row"), counted(1, "row"), counted(2, "entry", "entries")], ["0 rows", "1 row", "2 entries"]);
});

test("rows that follow each other and say the same are one, and no others", () => {
  const rows = ["a", "a", "b", "a"].map((says, seq) => ({ says, seq }));
  assert.deepEqual(folded(rows).map((same) => same.map(({ seq }) => seq)), [[0, 1], [2], [3]]);
  assert.deepEqual(folded([]), []);
});

test("a day begins at midnight of the reader, also over the end of a month", () => {
  assert.equal(midnight(""), "");
  assert.equal(midnight("2026-11-30"), new Date(2026, 10, 30).toISOString());
  assert.equal(midnight("2026-11-30", 1), new Date(2026, 11, 1).toISOString());
});

test("a moment goes into a field as it is read there", () => {
  const evening = tomorrowEvening(new Date(2026, 11, 31, 9, 5));
  assert.equal(asLocal(evening), "2027-01-01T18:00");
  assert.equal(asMoment(asLocal(evening)), evening.toISOString());
});

test("a local time goes out with its zone", () => {
  assert.equal(asMoment(""), null);
  assert.equal(new Date(/** @type {string} */ (asMoment("2026-11-22T10:30"))).getHours(), 10);
});
