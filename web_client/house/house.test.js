import assert from "node:assert/strict";
import { test } from "node:test";
import { asMoment, counted, detailed, said, size } from "./calls.js";

test("bytes are told in the unit that people use", () => {
  assert.deepEqual([0, 999, 1000, 1_400_000, 250_000_000, 3e12, 9e15].map(size), ["0 bytes", "999 bytes", "1.0 kB", "1.4 MB", "250 MB", "3.0 TB", `${(9000).toLocaleString()} TB`]);
});

test("one is one, and none are several", () => {
  assert.deepEqual([counted(0, "row"), counted(1, "row"), counted(2, "entry", "entries")], ["0 rows", "1 row", "2 entries"]);
});

test("a deed reads as words, whatever was noted beside it", () => {
  assert.equal(said("backup_made"), "backup made");
  assert.equal(detailed({ old: { hour: 2 }, keep_days: 3, why: null }), 'old: {"hour":2} · keep days: 3 · why: null');
});

test("a local time goes out with its zone", () => {
  assert.equal(asMoment(""), null);
  assert.equal(new Date(/** @type {string} */ (asMoment("2026-11-22T10:30"))).getHours(), 10);
});
