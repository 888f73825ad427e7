// Rows of the queue in words, chosen and put in order. Pure.

/** @typedef {import("./calls.js").Row} Row */
/** @typedef {{assignment: string, state: string, flag: string}} Filter empty: any */

/** States in which there is something to do for a grader. */
const OPEN = ["to_mark", "marking", "second_marker", "differ", "to_sign", "appeal"];

/** Whether this grader can do something about it now: a sheet of theirs that is in waits for the others. @param {Row} row */
export function waitsForYou(row) {
  if (row.state === "marking" || row.state === "second_marker") return row.mine !== "closed";
  return OPEN.includes(row.state);
}

/** @param {Row} row */
export function titleOf(row) {
  return row.number > 1 ? `${row.learner}, attempt ${row.number}` : row.learner;
}

/** What stands in the column of the state. @param {Row} row */
export function stateWords(row) {
  if (row.released_at) return "signed and released";
  if (row.state === "signed") return `signed by ${row.signed_by}`;
  if (row.mine === "open") return "you have begun";
  if (row.mine === "closed" && row.state !== "appeal" && row.state !== "differ") return row.state === "to_sign" ? "to be signed" : "your marks are in";
  return row.state_words;
}

/** @param {readonly Row[]} rows @param {Filter} filter */
export function chosen(rows, { assignment, state, flag }) {
  return rows.filter(
    (row) =>
      (!assignment || row.assignment_id === assignment) &&
      (!flag || (flag === "any" ? row.flags.length > 0 : row.flags.some((each) => each.code === flag))) &&
      (!state || (state === "you" ? waitsForYou(row) : row.state === state)),
  );
}

/** Of those that can be marked, in words. @param {readonly Row[]} rows */
export function progressOf(rows) {
  const of = rows.filter((row) => !["running", "not_scored"].includes(row.state));
  const signed = of.filter((row) => row.state === "signed").length;
  return { share: of.length ? signed / of.length : 0, words: `${signed} of ${of.length} signed` };
}

/**
 * The neighbours of one encounter in the queue of its assignment, and the next that waits for this grader.
 * @param {readonly Row[]} rows
 * @param {string} id
 */
export function around(rows, id) {
  const here = rows.find((row) => row.encounter_id === id);
  const same = rows.filter((row) => row.assignment_id === here?.assignment_id && row.state !== "running");
  const at = same.findIndex((row) => row.encounter_id === id);
  const waiting = [...same.slice(at + 1), ...same.slice(0, Math.max(0, at))].find(waitsForYou);
  return { here, same, before: same[at - 1], after: at < 0 ? undefined : same[at + 1], waiting };
}

/** Every kind of flag that is there, most frequent first. @param {readonly Row[]} rows @returns {string[]} */
export function flagsIn(rows) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const { code } of rows.flatMap((row) => row.flags)) times.set(code, (times.get(code) ?? 0) + 1);
  return [...times].sort((one, other) => other[1] - one[1]).map(([code]) => code);
}

/** @type {Record<string, string>} */
const FLAGS = {
  stopped: "stopped",
  appeal: "appeal",
  correction: "correction to decide",
  heard_with_doubt: "heard with doubt",
  look_again: "corrected since",
  needs_person: "needs a person",
  borderline: "borderline",
  self_gap: "self-rating far off",
};

/** @param {string} code */
export function flagWords(code) {
  return FLAGS[code] ?? code.replaceAll("_", " ");
}
