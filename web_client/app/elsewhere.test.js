import assert from "node:assert/strict";
import test from "node:test";
import { ask, Refused, sendNoMore } from "./api.js";
import { isAnother } from "./elsewhere.js";

test("another account is somebody else; a sign-out alone, or a page of nobody, is not", () => {
  assert.equal(isAnother("acc_fay", "acc_bob"), true);
  for (const [opened, told] of [["acc_fay", "acc_fay"], ["acc_fay", ""], ["acc_fay", null], ["", "acc_bob"], [undefined, "acc_bob"]]) assert.equal(isAnother(opened, told ?? null), false);
});

test("a page of somebody else reads still, and sends nothing", async () => {
  const fetched = globalThis.fetch;
  /** @type {string[]} */
  const sent = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ _, /** @type {{method: string}} */ { method }) => {
    sent.push(method);
    return { ok: true, status: 200, json: async () => ({}) };
  });
  try {
    await ask("POST", "/api/x", {});
    sendNoMore(new Refused(409, "somebody_else", "Somebody else is signed in now."));
    for (const method of ["POST", "PUT", "DELETE"]) await assert.rejects(ask(method, "/api/x", {}), { code: "somebody_else" });
    await ask("GET", "/api/x");
    assert.deepEqual(sent, ["POST", "GET"]);
  } finally {
    globalThis.fetch = fetched;
  }
});
