import assert from "node:assert/strict";
import test from "node:test";
import { microphoneProblem } from "./problems.js";

test("every failure has a name and a mend that leaves typing open", () => {
  const names = ["NotAllowedError", "NotFoundError", "NotReadableError", "Other"];
  assert.deepEqual(names.map((name) => microphoneProblem({ name }, true).code), ["refused", "absent", "busy", "unknown"]);
  assert.equal(microphoneProblem(new TypeError("x"), false).code, "insecure");
  for (const name of names) assert.match(microphoneProblem({ name }, true).mend, /type/);
});
