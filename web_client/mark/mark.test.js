import assert from "node:assert/strict";
import test from "node:test";
import { Refused } from "../app/api.js";
import { actionOf, chosenAfter, wordsIn } from "./keys.js";
import { BLANK, commented, declared, isBlank, lacking, levelled, markOf, markWords, MOST_QUOTES, quoted, same, unquoted } from "./line.js";
import { Saver } from "./saver.js";

const RATED = quoted(levelled(BLANK, 3), "t1", "sounds lonely");
const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
const reading = { typing: false, talk: true };

test("a level needs words or a reason for their absence; a declaration needs neither", () => {
  assert.match(lacking(levelled(BLANK, 3)), /quote the words/);
  assert.equal(lacking(RATED), "");
  assert.equal(lacking(commented(levelled(BLANK, 0), "Nothing in turns 1 to 4.")), "");
  assert.match(lacking(commented(levelled(BLANK, 0), "  ")), /quote the words/);
  assert.equal(lacking(declared(RATED, "unrated")), "");
  assert.match(lacking(quoted(BLANK, "t1", "x")), /choose a level/);
  assert.deepEqual([isBlank(BLANK), isBlank(RATED)], [true, false]);
});

test("a declaration has no level, and a quote stands once", () => {
  assert.deepEqual([declared(RATED, "not_applicable").level, declared(RATED, "not_applicable").status], [null, "not_applicable"]);
  assert.equal(quoted(RATED, "t1", "sounds lonely"), RATED);
  assert.equal(quoted(RATED, "t1", "  "), RATED);
  assert.deepEqual(unquoted(RATED, 0).evidence, []);
  const full = Array.from({ length: MOST_QUOTES + 3 }, (_, k) => `${k}`).reduce((mark, words) => quoted(mark, "t", words), BLANK);
  assert.equal(full.evidence.length, MOST_QUOTES);
  assert.deepEqual([markWords(RATED, 4), markWords(BLANK, 4), markWords({ status: "unrated", level: null }, 4)], ["3 of 4", "No mark yet", "Unrated"]);
  assert.ok(same(markOf({ dimension: "D", status: "rated", level: 3, evidence: [{ turn: "t1", speaker: "learner", quote: "sounds lonely", role: "said" }], comment: "" }), RATED));
});

test("keys act on the page, and never while somebody types or holds another key", () => {
  assert.deepEqual(actionOf({ ...plain, key: "3" }, reading), { do: "level", level: 3 });
  assert.deepEqual(actionOf({ ...plain, key: "ArrowRight", shiftKey: true }, reading), { do: "widen", by: 1 });
  assert.equal(actionOf({ ...plain, key: "ArrowRight" }, { typing: false, talk: false }), null);
  assert.equal(actionOf({ ...plain, key: "s" }, { typing: true, talk: false }), null);
  assert.equal(actionOf({ ...plain, key: "s", ctrlKey: true }, reading), null);
});

test("words are chosen one by one, widened, and never beyond the turn", () => {
  assert.deepEqual(wordsIn("  You  sound."), [[2, 5], [7, 13]]);
  assert.deepEqual(chosenAfter([-1, -1], { do: "move", by: 1 }, 3), [0, 0]);
  assert.deepEqual(chosenAfter([0, 0], { do: "widen", by: 1 }, 3), [0, 1]);
  assert.deepEqual(chosenAfter([0, 2], { do: "widen", by: 1 }, 3), [0, 2]);
  assert.deepEqual(chosenAfter([1, 1], { do: "widen", by: -1 }, 3), [1, 1]);
  assert.deepEqual(chosenAfter([0, 1], { do: "move", by: 1 }, 3), [2, 2]);
  assert.deepEqual(chosenAfter([0, 0], { do: "move", by: 1 }, 0), [-1, -1]);
});

/** A server that holds lines, and does what a test says. */
function house() {
  /** @type {Map<string, import("./line.js").Mark>} */
  const there = new Map();
  /** What the page knows of it. @type {Map<string, import("./line.js").Mark>} */
  const known = new Map();
  /** @type {string[]} */
  const told = [];
  /** @type {(Refused | null)[]} */
  const answers = [];
  const saver = new Saver(
    {
      async send(dimension, mark) {
        const answer = answers.shift();
        if (answer) throw answer;
        there.set(dimension, mark);
        known.set(dimension, mark);
      },
      async reload() {
        for (const [dimension, mark] of there) known.set(dimension, mark);
      },
      kept: (dimension) => known.get(dimension) ?? BLANK,
      told: (dimension, saved) => told.push(`${dimension} ${saved}`),
    },
    { waitMs: 1, againMs: 1 },
  );
  return { saver, there, told, answers };
}

const DOWN = new Refused(0, "unreachable", "");
const STALE = new Refused(409, "stale_page", "");

test("only the newest state of a line is sent, and what lacks its grounds waits on the page", async () => {
  const { saver, there, told } = house();
  saver.change("D1", levelled(BLANK, 2));
  await saver.flush();
  assert.deepEqual([there.size, saver.clean], [0, false]);
  saver.change("D1", RATED);
  saver.change("D1", declared(RATED, "unrated"));
  await saver.flush();
  assert.deepEqual([there.get("D1")?.status, saver.clean, told.at(-1)], ["unrated", true, "D1 saved"]);
});

test("nothing is lost while the line is down", async () => {
  const { saver, there, told, answers } = house();
  answers.push(DOWN, DOWN);
  saver.change("D1", RATED);
  saver.change("D2", RATED);
  await saver.flush();
  assert.deepEqual([there.size, told.at(-1)], [0, "D1 waiting"]);
  await saver.flush();
  await saver.flush();
  assert.deepEqual([[...there.keys()], saver.clean], [["D1", "D2"], true]);
  saver.leave();
});

test("a stale page is read again; a line that nobody else changed is sent once more", async () => {
  const { saver, there, answers } = house();
  answers.push(STALE);
  saver.change("D1", RATED);
  await saver.flush();
  assert.deepEqual([there.get("D1"), saver.clean], [RATED, true]);
});

test("a line that was changed in another window is not overwritten unasked", async () => {
  const { saver, there, told, answers } = house();
  there.set("D1", declared(BLANK, "unrated"));
  answers.push(STALE);
  saver.change("D1", RATED);
  await saver.flush();
  await saver.flush();
  assert.deepEqual([there.get("D1")?.status, told.at(-1), saver.clean], ["unrated", "D1 elsewhere", false]);
  await saver.insist("D1");
  assert.deepEqual([there.get("D1"), saver.clean], [RATED, true]);
});

test("a refusal is told and not repeated until the line changes", async () => {
  const { saver, there, told, answers } = house();
  answers.push(new Refused(422, "quote_not_found", "No."));
  saver.change("D1", RATED);
  await saver.flush();
  await saver.flush();
  assert.deepEqual([there.size, told.at(-1)], [0, "D1 failed"]);
  saver.change("D1", declared(RATED, "unrated"));
  await saver.flush();
  assert.equal(there.get("D1")?.status, "unrated");
  answers.push(new Refused(422, "name_needed", "No."));
  saver.change("D1", RATED);
  await saver.flush();
  await saver.again();
  assert.deepEqual([there.get("D1"), saver.clean], [RATED, true]);
});
