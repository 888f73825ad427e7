import assert from "node:assert/strict";
import test from "node:test";
import { able, destinations, leaves, place } from "./consent.js";

/** @param {Partial<import("../types/api.js").Engine>} changes */
const engine = (changes) => ({
  part: "hearing", name: "pocketsphinx", kind: /** @type {const} */ ("embedded"), version: "5", licence: "BSD", ready: true, notice: "", host: "", ...changes,
});

test("what stays is said to stay, and where", () => {
  assert.equal(place("127.0.0.1"), "on this computer");
  assert.match(place("sim.example.edu"), /server sim\.example\.edu/);
  const [first] = destinations([engine({})], "localhost");
  assert.deepEqual([first?.text, first?.away], ["Your speech becomes text on this computer (pocketsphinx).", false]);
  assert.deepEqual(leaves([engine({})]), []);
});

test("whoever receives words is named, first, and once", () => {
  const remote = { kind: /** @type {const} */ ("remote"), host: "api.example.com" };
  const engines = [engine({}), engine({ part: "acting", name: "chat", ...remote }), engine({ part: "rating", name: "chat", ...remote })];
  assert.match(destinations(engines, "localhost")[0]?.text ?? "", /api\.example\.com \(chat\), which receives your words/);
  assert.deepEqual(leaves(engines), ["api.example.com"]);
});

test("an engine that is not ready is not promised", () => {
  assert.deepEqual(destinations([engine({ ready: false })], "localhost"), []);
  assert.deepEqual(able([engine({ ready: false, notice: "No wheel here." })], "hearing"), { ready: false, notice: "No wheel here." });
  assert.equal(able([], "speaking").ready, false);
});
