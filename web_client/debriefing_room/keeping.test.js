import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../app/api.js";
import { inTurn } from "./keeping.js";

const never = () => assert.fail("nothing is tried again by itself");

test("nothing is sent where nothing was typed", async () => {
  let sent = 0;
  const saves = inTurn(async () => { sent += 1; }, never);
  assert.equal(await saves.run(), true);
  assert.equal(sent, 0);
});

test("saves go one after the other, and what is typed meanwhile goes with the next", async () => {
  /** @type {(() => void)[]} */
  const done = [];
  const saves = inTurn(() => new Promise((resolve) => done.push(resolve)), never);
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
  let [sent, later] = [0, 0];
  const saves = inTurn(async () => { if (broken) throw new Refused(503, "busy", ""); sent += 1; }, () => { later += 1; });
  saves.waiting = true;
  assert.equal(await saves.run(), false);
  assert.deepEqual([saves.waiting, saves.busy, later], [true, false, 1], "it is tried again by itself");
  broken = false;
  assert.equal(await saves.run(), true);
  assert.deepEqual([sent, later], [1, 1]);
});

test("what the server has decided is not asked again by itself", async () => {
  const saves = inTurn(async () => { throw new Refused(409, "changed_meanwhile", ""); }, never);
  saves.waiting = true;
  assert.equal(await saves.run(), false);
  assert.equal(saves.waiting, true, "it waits for whoever typed it");
});

test("what was given up while it was being saved comes back neither then nor later", async () => {
  /** @type {(reason: Error) => void} */
  let fail = () => undefined;
  const saves = inTurn(() => new Promise((_, reject) => (fail = reject)), never);
  saves.waiting = true;
  const done = saves.run();
  await Promise.resolve();
  assert.equal(saves.busy, true);
  saves.forget();
  fail(new Refused(0, "unreachable", ""));
  assert.equal(await done, true);
  assert.equal(saves.waiting, false);
});
