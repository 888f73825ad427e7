import assert from "node:assert/strict";
import test from "node:test";
import { Refused } from "../app/api.js";
import { Desk } from "./desk.js";
import { actionOf, chosenAfter, wordsIn } from "./keys.js";
import { BLANK, commented, declared, isBlank, lacking, levelled, markOf, markWords, MOST_QUOTES, quoted, same, unquoted } from "./line.js";
import { Saver } from "./saver.js";
import { unsentOf, whose } from "./unsent.js";

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

/** A server that holds lines, and does what a test says. @param {Map<string, import("./saver.js").Waiting>} [pending] */
function house(pending) {
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
    { waitMs: 1, againMs: 1, ...(pending ? { pending } : {}) },
  );
  return { saver, there, known, told, answers };
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
  saver.stop();
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
  await saver.again(); // the window has the focus again
  assert.equal(there.get("D1")?.status, "unrated");
  await saver.insist("D1");
  assert.deepEqual([there.get("D1"), saver.clean], [RATED, true]);
});

test("what an earlier page could not send is sent by the next one, and never over another window's mark", async () => {
  const other = declared(BLANK, "unrated");
  const { saver, there, known, told } = house(new Map([
    ["D1", { mark: RATED, base: BLANK, stuck: /** @type {const} */ ("failed") }],
    ["D2", { mark: RATED, base: BLANK, stuck: /** @type {const} */ ("") }],
    ["D3", { mark: RATED, base: BLANK, stuck: /** @type {const} */ ("") }],
  ]));
  for (const [dimension, mark] of /** @type {const} */ ([["D2", other], ["D3", RATED]])) known.set(dimension, mark), there.set(dimension, mark);
  saver.resume();
  await saver.flush();
  assert.deepEqual([there.get("D1"), there.get("D2"), [...saver.pending.keys()]], [RATED, other, ["D2"]]);
  assert.ok(told.includes("D2 elsewhere"));
  saver.stop();
  saver.change("D1", other);
  await saver.flush();
  assert.deepEqual([there.get("D1"), saver.pending.get("D1")?.mark], [RATED, other], "the next page has it");
});

test("a sheet is closed though another marker went on meanwhile, and not where one's own marks changed elsewhere", async () => {
  const mine = { mine: true, name: "Berg", own: [], now: [], overall: "pass" };
  const state = (/** @type {object} */ changes = {}) => ({ step: 2, name: "Berg", sheets: [mine], ...changes });
  /** @type {[number, unknown][]} */
  const answers = [];
  /** @type {number[]} */
  const expected = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ _, /** @type {{body: string | null}} */ { body }) => {
    if (body) expected.push(JSON.parse(body).expected_step);
    const [status, answer] = answers.shift() ?? [500, {}];
    return { ok: status === 200, status, json: async () => answer };
  });
  const stale = /** @type {[number, unknown]} */ ([409, { code: "stale_page", message: "Somebody was quicker." }]);
  const desk = () => new Desk("enc", /** @type {any} */ ({ state: state() }), () => undefined);
  try {
    answers.push(stale, [200, { state: state({ step: 5 }) }], [200, state({ step: 6, closed: true })]);
    await desk().act({ kind: "sheet_closed" });
    assert.deepEqual(expected, [2, 5]);
    answers.push(stale, [200, { state: state({ step: 5, sheets: [{ ...mine, overall: "fail" }] }) }]);
    await assert.rejects(desk().act({ kind: "sheet_closed" }), /Somebody was quicker/);
    answers.push(stale, [200, { state: state({ step: 5 }) }]);
    await assert.rejects(desk().act({ kind: "reconciled", dimension: "D1" }), /Somebody was quicker/);
    assert.deepEqual([expected, answers], [[2, 5, 2, 2], []]);
  } finally {
    globalThis.fetch = fetched;
  }
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

test("what is unsent is found again by whoever typed it, not by somebody of the same name", () => {
  const [kim, other] = [{ id: "acc_1", one_person: false }, { id: "acc_2", one_person: false }];
  unsentOf("enc_same", whose(kim, "Kim Berg")).note = "Mine.";
  assert.equal(unsentOf("enc_same", whose(kim, "Kim Berg")).note, "Mine.");
  assert.equal(unsentOf("enc_same", whose(other, "Kim Berg")).note, "");
  assert.equal(whose({ id: "local", one_person: true }, "Kim Berg"), "Kim Berg", "one person may mark under several names");
});
