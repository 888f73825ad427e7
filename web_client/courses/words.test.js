import assert from "node:assert/strict";
import { test } from "node:test";
import { when } from "../student/words.js";
import { listOf, marksNameless, notesOf, releasable, retentionWords, tally } from "./words.js";

/** @param {Partial<import("./calls.js").Attempt>} parts @returns {import("./calls.js").Attempt} */
const attempt = (parts) => ({ id: "enc_1", number: 1, state: "marked", phase: "done", ended: "learner", made_at: "", ended_at: null, opened: true, signed: true, appealed: false, released_at: null, withheld: "", held: false, held_until: null, arm: "", equivalent: false, ...parts });
/** @param {import("./calls.js").State} state @param {...import("./calls.js").Attempt} attempts @returns {import("./calls.js").Row} */
const row = (state, ...attempts) => ({ person: "acc_1", name: "Ann", group: "", state, attempts });

test("names come one a line or with commas between, each once", () => {
  assert.deepEqual(listOf(" ann, bo\nann;\n\n cy "), ["ann", "bo", "cy"]);
});

test("only marks that were opened and signed, and that nobody appealed, are offered for release", () => {
  const rows = [row("marked", attempt({ id: "yes" })), row("marked", attempt({ id: "unopened", opened: false })), row("released", attempt({ state: "released" })), row("marked", attempt({ appealed: true })), row("marked", attempt({ released_at: "2026-01-01T00:00:00Z" })), row("reflected", attempt({ state: "reflected" }))];
  assert.deepEqual(releasable(rows), ["yes"]);
});

test("a cohort is told by states in the order of the work, never by marks", () => {
  assert.equal(tally([row("marked"), row("not_begun"), row("not_begun")]), "2 not begun, 1 marked");
});

test("what is to be known of an attempt", () => {
  const day = new Date(2026, 4, 1);
  const notes = notesOf(attempt({ opened: false, equivalent: true, held: true, held_until: day.toISOString(), arm: "reading_or_video" }));
  assert.deepEqual(notes.slice(0, 2), ["not opened by staff yet", "the equivalent case"]);
  assert.ok(notes[2] === `on hold until ${when(day.toISOString())}` && /\b0?1\b/.test(notes[2]), "the day that was chosen, by the reader's own clock");
  assert.deepEqual(notesOf(attempt({})), []);
});

test("retention is said in days", () => {
  assert.equal(retentionWords({ kind: "days", days: 1 }), "for 1 day after they end");
  assert.match(retentionWords({ kind: "none", days: 365 }), /a day at most/);
});

test("what counts is marked without names, and so is what says it", () => {
  const hidden = /** @type {const} */ ([["summative", false], ["formative", true], ["formative", false]]).map(([kind, names_hidden]) => marksNameless({ kind, names_hidden }));
  assert.deepEqual(hidden, [true, true, false]);
});
