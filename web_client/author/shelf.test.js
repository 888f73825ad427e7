import assert from "node:assert/strict";
import { test } from "node:test";
import { shelfOf } from "./shelf.js";

test("what one author has not saved is not another's in the same browser", () => {
  const kept = new Map();
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text), removeItem: (/** @type {string} */ key) => void kept.delete(key) };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  try {
    shelfOf("file_1", "acc_eve").put("Eve's words");
    assert.equal(shelfOf("file_1", "acc_ed").get(), null);
    shelfOf("file_1", "acc_ed").drop();
    assert.equal(shelfOf("file_1", "acc_eve").get(), "Eve's words");
    assert.equal(shelfOf("file_2", "acc_eve").get(), null);
  } finally {
    if (before) Object.defineProperty(globalThis, "localStorage", before);
    else Reflect.deleteProperty(globalThis, "localStorage");
  }
});
