import assert from "node:assert/strict";
import test from "node:test";
import { clockText, minutes } from "./clock.js";
import { heldMs } from "./silence.js";

test("times are read as minutes and seconds", () => {
  assert.deepEqual([minutes(0), minutes(61_500), minutes(600_000), minutes(-5)], ["0:00", "1:01", "10:00", "0:00"]);
});

test("the clock runs between messages only while the encounter runs, and never below zero", () => {
  const timer = { at_ms: 60_000, limit_ms: 600_000, warning: false, running: true };
  assert.equal(clockText(timer, 1000), "8:59 left");
  assert.equal(clockText({ ...timer, running: false }, 5000), "9:00 left");
  assert.equal(clockText(timer, 900_000), "0:00 left");
  assert.equal(clockText({ ...timer, limit_ms: null }, 1000), "1:01");
});

test("a silence under three seconds is none, and one over a minute is a minute", () => {
  assert.deepEqual([heldMs(0, 2999), heldMs(0, 3000), heldMs(1000, 8400.4), heldMs(0, 99_000)], [null, 3000, 7400, 60_000]);
});
