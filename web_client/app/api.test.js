import assert from "node:assert/strict";
import test from "node:test";
import { refusal, unfetched } from "./api.js";

test("an error's sentence is found wherever the server put it", () => {
  const shapes = [
    { error: { code: "conflict", message: "Reflect first." } },
    { detail: { code: "conflict", message: "Reflect first." } },
    { code: "conflict", message: "Reflect first." },
  ];
  for (const body of shapes) {
    const error = refusal(body, 409);
    assert.deepEqual([error.status, error.code, error.message], [409, "conflict", "Reflect first."]);
  }
});

test("a body that is no error still gives a sentence", () => {
  assert.equal(refusal(null, 502).message, "The server answered 502.");
  assert.equal(refusal({ detail: [{ msg: "x" }] }, 422).message, "The server answered 422.");
  assert.equal(refusal({ detail: "No such case." }, 404).message, "No such case.");
});

test("a room that could not be fetched is no fault of the page", () => {
  for (const words of ["Failed to fetch dynamically imported module: http://x/grade/queue.js", "error loading dynamically imported module: http://x/q.js", "Importing a module script failed."]) assert.equal(unfetched(new TypeError(words)), true, words);
  assert.equal(unfetched(new TypeError("x is not a function")), false);
  assert.equal(unfetched(new Error("Importing a module script failed.")), false);
});
