import assert from "node:assert/strict";
import test from "node:test";
import { queryOf } from "./calls.js";
import { stateWords, textOf, timeWords } from "./words.js";

test("a file is read however a spreadsheet saved it", () => {
  const text = "name,sign_in\nZoë,zoe\n";
  const wide = [...text].flatMap((letter) => [letter.charCodeAt(0), 0]);
  const files = [new TextEncoder().encode(text), [0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)], [...text].map((letter) => letter.charCodeAt(0)), [0xff, 0xfe, ...wide]];
  for (const bytes of files) assert.equal(textOf(Uint8Array.from(bytes)), text);
});

test("what is empty is not asked for", () => {
  assert.equal(queryOf({ text: "", role: "faculty", active: "", offset: 0 }), "role=faculty&offset=0");
  assert.equal(queryOf({ text: "a&b" }), "text=a%26b");
});

test("a state has words, and the usual has none", () => {
  assert.deepEqual([stateWords({ active: true, has_password: true }), stateWords({ active: true, has_password: false }), stateWords({ active: false, has_password: true })], ["", "Waits for a password", "Closed"]);
  assert.deepEqual([100, 150, 0].map(timeWords), ["As everybody", "150 %", "Untimed"]);
});
