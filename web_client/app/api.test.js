import assert from "node:assert/strict";
import test from "node:test";
import { refusal } from "./api.js";

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
