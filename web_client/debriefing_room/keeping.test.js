import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn } from "./keeping.js";

test("nothing is sent where nothing was typed", async () => {
  let sent = 0;
  const saves = inTurn(async () => { sent += 1; });
  assert.equal(await saves.run(), true);
  assert.equal(sent, 0);
});

test("saves go one after the other, and what is typed meanwhile goes with the next", async () => {
  /** @type {(() => void)[]} */
  const done = [];
  const saves = inTurn(() => new Promise((resolve) => done.push(resolve)));
  saves.waiting = true;
  const first = saves.run();
  await Promise.resolve();
  saves.waiting = true;
  const second = saves.run();
  await Promise.resolve();
  assert.equal(done.length, 1, "the second waits for the first");
  done[0]?.();
  assert.equal(await first, false, "something was typed since");
  await Promise.resolve();
  done[1]?.();
  assert.equal(await second, true);
});

test("what could not be saved waits for the next try", async () => {
  let broken = true;
  let sent = 0;
  const saves = inTurn(async () => { if (broken) throw new Error("away"); sent += 1; });
  saves.waiting = true;
  assert.equal(await saves.run(), false);
  assert.equal(saves.waiting, true);
  broken = false;
  assert.equal(await saves.run(), true);
  assert.equal(sent, 1);
});
