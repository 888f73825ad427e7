// What was typed survives whatever happens between the hand and the database.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeping, stateWords } from "./keeping.js";

/** A server and a browser that a test moves. @param {string | null} [stored] */
function around(stored = null) {
  const here = {
    /** @type {any[]} */ sent: [],
    /** @type {any} */ fails: null,
    stored,
    /** @type {(() => void) | null} */ due: null,
    clock: 0,
    now: () => here.clock,
    later: (/** @type {() => void} */ work) => {
      here.due = work;
      return () => {
        here.due = null;
      };
    },
    shelf: { get: () => here.stored, put: (/** @type {string} */ text) => void (here.stored = text), drop: () => void (here.stored = null) },
    save: async (/** @type {number} */ edition, /** @type {string} */ text) => {
      here.sent.push([edition, text]);
      if (here.fails) throw here.fails;
      return { edition: edition + 1 };
    },
  };
  return here;
}

test("what is typed is kept at once and saved after a moment", async () => {
  const here = around();
  const keeping = new Keeping({ text: "a", edition: 3 }, here);
  keeping.write("ab", "text");
  assert.equal(keeping.state, "typed");
  assert.deepEqual(JSON.parse(here.stored ?? ""), { text: "ab", edition: 3 });
  await keeping.save();
  assert.deepEqual(here.sent, [[3, "ab"]]);
  assert.deepEqual([keeping.state, keeping.edition, here.stored], ["saved", 4, null]);
});

test("what is typed while it saves is saved next, over the edition that came back", async () => {
  const here = around();
  const keeping = new Keeping({ text: "a", edition: 1 }, here);
  keeping.write("b", "text");
  const saving = keeping.save();
  keeping.write("c", "text");
  assert.equal(keeping.save(), saving, "never two at once: the second would meet the edition of the first");
  assert.equal(here.due, null);
  await saving;
  assert.deepEqual(JSON.parse(here.stored ?? ""), { text: "c", edition: 2 });
  await keeping.settle();
  assert.deepEqual(here.sent, [[1, "b"], [2, "c"]]);
  assert.equal(keeping.state, "saved");
});

for (const [failure, state] of /** @type {[any, string][]} */ ([
  [{ status: 401, code: "sign_in_needed", message: "x" }, "signed_out"],
  [{ status: 0, code: "unreachable", message: "x" }, "offline"],
  [{ status: 503, code: "slow_down", message: "x" }, "offline"],
  [{ status: 422, code: "strange_character", message: "x" }, "refused"],
  [{ status: 409, code: "changed_meanwhile", message: "x" }, "conflict"],
])) {
  test(`nothing is lost after ${failure.code}`, async () => {
    const here = around();
    const keeping = new Keeping({ text: "a", edition: 1 }, here);
    here.fails = failure;
    keeping.write("mine", "text");
    await keeping.save();
    assert.equal(keeping.state, state);
    assert.match(stateWords(keeping), /kept in this browser/);
    assert.equal(JSON.parse(here.stored ?? "").text, "mine");
    const again = new Keeping({ text: "a", edition: 1 }, around(here.stored));
    assert.deepEqual([again.text, again.state], ["mine", "typed"], "a reload brings it back");
  });
}

test("what was typed before somebody else saved is a conflict after a reload too", async () => {
  const here = around(JSON.stringify({ text: "mine", edition: 1 }));
  const keeping = new Keeping({ text: "theirs", edition: 2 }, here);
  assert.deepEqual([keeping.state, keeping.text], ["conflict", "mine"]);
  await keeping.save();
  assert.deepEqual(here.sent, [], "nobody's work is overwritten unseen");
  keeping.takeTheirs({ text: "theirs", edition: 2 });
  assert.deepEqual([keeping.state, keeping.text, here.stored], ["saved", "theirs", null]);
  keeping.undo();
  assert.equal(keeping.text, "mine", "mine is one step back");
  await keeping.keepMine(2);
  assert.deepEqual(here.sent, [[2, "mine"]]);
});

test("typing is undone by the pause, the form by the field", () => {
  const here = around();
  const keeping = new Keeping({ text: "", edition: 1 }, here);
  for (const text of ["a", "ab"]) keeping.write(text, "text");
  here.clock = 5_000;
  keeping.write("abc", "text");
  keeping.write("abd", "form");
  keeping.undo();
  assert.equal(keeping.text, "abc");
  keeping.undo();
  assert.equal(keeping.text, "ab");
  keeping.redo();
  assert.equal(keeping.text, "abc");
  keeping.undo();
  keeping.undo();
  keeping.undo();
  assert.equal(keeping.text, "");
});

/** A text of two distant places, and what is typed into it from one clock to the next. @param {...[number, string, string]} typed when, what is replaced by what */
function typedInto(...typed) {
  const here = around();
  const keeping = new Keeping({ text: `one\n${"x".repeat(99)}\ntwo`, edition: 1 }, here);
  for (const [at, old, now] of typed) {
    here.clock = at;
    keeping.write(keeping.text.replace(old, now), "text");
  }
  return keeping;
}

test("a change elsewhere is a step of its own, however fast it comes", () => {
  const keeping = typedInto([0, "one", "one1"], [10, "two", "two2"], [20, "two2", "two22"]);
  keeping.undo();
  assert.match(keeping.text, /^one1[^]*two$/, "what was typed in one place goes at once, and the other place stays");
  keeping.undo();
  assert.match(keeping.text, /^one\n/);
});

test("a new line begins a step, and so does what is typed after an undo or after the form", () => {
  const keeping = typedInto([0, "one", "one1"], [10, "one1", "one1\nz"], [20, "z", "zz"]);
  keeping.undo();
  assert.match(keeping.text, /^one1\nx/);
  keeping.write(`${keeping.text}!`, "text");
  keeping.undo();
  assert.match(keeping.text, /^one1\nx[^!]*$/, "what stood after the undo is one step back");
  keeping.write(`${keeping.text}form`, "form");
  keeping.write(`${keeping.text}typed`, "text");
  keeping.undo();
  assert.match(keeping.text, /form$/);
});

test("nothing is redone over what was taken from somebody else", () => {
  const keeping = typedInto([0, "one", "one1"]);
  keeping.undo();
  keeping.takeTheirs({ text: "theirs", edition: 2 });
  keeping.redo();
  assert.equal(keeping.text, "theirs");
});

test("nonsense on the shelf is dropped", () => {
  for (const nonsense of ["{", "[]", '{"text": 1}', "null"]) {
    const here = around(nonsense);
    assert.equal(new Keeping({ text: "a", edition: 1 }, here).text, "a");
    assert.equal(here.stored, null);
  }
});

test("who may only read a file shelves nothing and undoes nothing when others write", () => {
  const here = { ...around(), shelf: null };
  const keeping = new Keeping({ text: "a", edition: 1 }, here);
  keeping.takeTheirs({ text: "b", edition: 2 });
  keeping.undo();
  assert.deepEqual([keeping.text, keeping.state, here.due, here.sent], ["b", "saved", null, []]);
});
