// Completion finds its place in a text that is only half written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { completionsAt, placeAt } from "./completing.js";

const schema = JSON.parse(readFileSync(new URL("../../personas/schema.json", import.meta.url), "utf8"));
const KNOWN = [{ id: "F_tom", kind: "fact" }, { id: "B1", kind: "beat" }];

/** What is offered at the bar of a text. @param {string} text */
function offered(text) {
  const lines = text.split("\n");
  const row = lines.findIndex((line) => line.includes("|"));
  const column = (lines[row] ?? "").indexOf("|");
  const found = completionsAt(schema, lines.map((line) => line.replace("|", "")), row, column, KNOWN);
  return found.map(({ caption }) => caption);
}

for (const [name, text, wanted] of /** @type {[string, string, string[]][]} */ ([
  ["a field at the top", "title: Tea\nsu|", ["summary", "beats"]],
  ["a field of a part", "logistics:\n  set|", ["setting", "learner_role"]],
  ["a field of an entry", "facts:\n  - id: F1\n    dis|", ["disclosure", "min_trust"]],
  ["the first field of an entry", "facts:\n  - i|", ["id", "say"]],
  ["a field below the first of an entry", "beats:\n  - id: B1\n    deliver:\n      verb|", ["verbatim", "lines"]],
  ["a list as far out as its name", "beats:\n- id: B1\n  ki|", ["kind", "core"]],
  ["a word of a field", "facts:\n  - id: F1\n    disclosure: if|", ["if_trust", "volunteered"]],
  ["a word in braces", "facts:\n  - {id: F1, disclosure: if|", ["if_trust"]],
  ["a field in braces", "beats:\n  - id: B1\n    deliver: {verb|", ["verbatim"]],
  ["yes or no", "beats:\n  - id: B1\n    core: |", ["true", "false"]],
  ["an id in brackets", "beats:\n  - id: B1\n    on_success: {reveal: [F|", ["F_tom"]],
  ["an id in a list", "beats:\n  - id: B1\n    on_success:\n      reveal:\n        - F|", ["F_tom"]],
  ["a move", "beats:\n  - id: B1\n    success_if: [na|", ["names_feeling"]],
  ["after a comment and a blank line", "logistics:\n\n  # where\n  set|", ["setting"]],
])) {
  test(name, () => {
    const found = offered(text);
    for (const each of wanted) assert.ok(found.includes(each), `${each} in ${found.slice(0, 12).join(", ")}`);
  });
}

test("nothing is invented where nothing is known", () => {
  assert.deepEqual(offered("nowhere:\n  of: this|"), []);
  assert.deepEqual(placeAt([""], 0, 0), { path: [], key: "" });
});
