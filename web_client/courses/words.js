// Words of a course for its staff. Pure.

import { when } from "../student/words.js";

/** @typedef {import("./calls.js").State} State */
/** @typedef {import("./calls.js").Retention} Retention */
/** @typedef {import("./calls.js").Attempt} Attempt */
/** @typedef {import("./calls.js").Row} Row */

/** @type {Record<State, [string, string]>} what is read, and what it means */
export const STATES = {
  not_begun: ["Not begun", "has no attempt yet"],
  running: ["Running", "is in the room, or may go on"],
  ended: ["Ended", "is over; the learner has not reflected"],
  stopped: ["Stopped", "was stopped or never entered; nothing is scored"],
  reflected: ["Reflected", "is over and reflected on; nothing is signed"],
  marked: ["Marked", "is signed, and its learner does not see the marks yet"],
  released: ["Released", "is signed, and its learner sees the marks"],
  erased: ["Erased", "was made, and its retention is over"],
};

/** @param {number} count @param {string} one @param {string} many */
export function counted(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}

/** @param {Retention} rule */
export function retentionWords({ kind, days }) {
  if (kind === "none") return "until the report was read, a day at most";
  if (kind === "debrief_only") return `for the debrief, until ${counted(days, "day", "days")} after the feedback is open`;
  return kind === "days" ? `for ${counted(days, "day", "days")} after they end` : "as the course";
}

/** Names of people or groups, one a line or with commas between; each once. @param {string} text */
export function listOf(text) {
  return [...new Set(text.split(/[\n,;]+/).map((each) => each.trim()).filter(Boolean))];
}

/** Attempts whose marks may be released together. @param {readonly Row[]} rows */
export function releasable(rows) {
  return rows.flatMap((row) => row.attempts.filter((each) => each.state === "marked" && !each.released_at && each.opened && !each.appealed).map((each) => each.id));
}

/** Whether its markers know learners as numbers only, as the server decides it: then no name may lead to marking. @param {Pick<import("./calls.js").Assignment, "kind" | "names_hidden">} found */
export function marksNameless({ kind, names_hidden }) {
  return kind === "summative" || names_hidden;
}

/** How many stand where: "2 not begun, 1 marked". @param {readonly Row[]} rows */
export function tally(rows) {
  const found = /** @type {State[]} */ (Object.keys(STATES)).map((state) => /** @type {const} */ ([state, rows.filter((row) => row.state === state).length]));
  return found.filter(([, count]) => count).map(([state, count]) => `${count} ${STATES[state][0].toLowerCase()}`).join(", ");
}

/** What is to be known of an attempt besides its state; the arm of a study is not told to whoever may mark it. @param {Attempt} each */
export function notesOf(each) {
  return [
    each.appealed && "appeal waits for an answer",
    each.state === "marked" && !each.opened && "not opened by staff yet",
    each.equivalent && "the equivalent case",
    each.held && (each.held_until ? `on hold until ${when(each.held_until)}` : "on hold"),
  ].filter(Boolean);
}
