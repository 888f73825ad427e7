import assert from "node:assert/strict";
import test from "node:test";
import { Refused } from "../app/api.js";
import { BLANK, Keeper, marked, MOST_QUOTES, noted, toggled } from "./sheet.js";

test("a mark, a quote and notes stand beside each other; a second click takes a quote back", () => {
  const sheet = noted(toggled(toggled(marked(BLANK, "D1", 2), "D1", "t1"), "D1", "t2"), "Slow down.");
  assert.deepEqual(sheet, { levels: { D1: 2 }, quotes: { D1: ["t1", "t2"] }, notes: "Slow down." });
  assert.deepEqual(toggled(sheet, "D1", "t1").quotes["D1"], ["t2"]);
  assert.equal(marked(sheet, "D1", null).levels["D1"], null);
  assert.deepEqual(BLANK, { levels: {}, quotes: {}, notes: "" });
});

test("no more turns are quoted than are kept", () => {
  const full = Array.from({ length: MOST_QUOTES + 3 }, (_, k) => `t${k}`).reduce((sheet, turn) => toggled(sheet, "D1", turn), BLANK);
  assert.equal(full.quotes["D1"]?.length, MOST_QUOTES);
});

test("the newest state is saved, once, and a failure is told and tried again", async () => {
  /** @type {string[]} */
  const saved = [];
  /** @type {string[]} */
  const told = [];
  let broken = false;
  const keeper = new Keeper(async (sheet) => { if (broken) throw new Error("away"); saved.push(sheet.notes); }, (state) => told.push(state), 1);
  keeper.change(noted(BLANK, "a"));
  keeper.change(noted(BLANK, "ab"));
  await keeper.flush();
  await keeper.flush();
  assert.deepEqual([saved, told], [["ab"], ["saving", "saved"]]);
  broken = true;
  keeper.change(noted(BLANK, "abc"));
  await keeper.flush();
  broken = false;
  await keeper.flush();
  assert.deepEqual([saved.at(-1), told.slice(2)], ["abc", ["saving", "failed", "saving", "saved"]]);
  assert.equal(keeper.unsaved(), false);
});

test("what fails for a while is tried again by itself, and what was refused is not", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {Error} */
  let failure = new Error("away");
  let tries = 0;
  const keeper = new Keeper(async () => { tries += 1; throw failure; }, () => {});
  keeper.change(noted(BLANK, "a"));
  await keeper.flush();
  t.mock.timers.tick(5000);
  await keeper.working;
  assert.deepEqual([tries, keeper.unsaved()], [2, true]);
  failure = new Refused(409, "observation_closed", "closed");
  await keeper.flush();
  t.mock.timers.tick(60_000);
  await keeper.working;
  assert.equal(tries, 3);
});
