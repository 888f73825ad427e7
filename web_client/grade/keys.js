// What each key does on the grading page: those of the marking page, and a few to go through a whole queue. Pure.

import { actionOf, KEYS } from "../mark/keys.js";

/**
 * @typedef {import("../mark/keys.js").Action | {do: "line", by: 1 | -1} | {do: "transcript", by: 1 | -1} | {do: "bank" | "bookmark" | "note"}} GradeAction
 */

/** @type {Record<string, GradeAction>} */
const OWN = {
  l: { do: "line", by: 1 },
  h: { do: "line", by: -1 },
  "]": { do: "transcript", by: 1 },
  "[": { do: "transcript", by: -1 },
  m: { do: "bank" },
  b: { do: "bookmark" },
  p: { do: "note" },
};

/** For the help. @type {readonly (readonly [string, string])[]} */
export const GRADE_KEYS = [
  ["l, h", "next and previous line of the rubric, also from the talk"],
  ...KEYS.filter(([keys]) => keys !== "s"),
  ["1 to 5", "after the last line: fail, borderline, pass, good, excellent"],
  ["m", "comments to use again"],
  ["b, p", "bookmark this turn; a note for yourself"],
  ["s", "to closing your sheet; then, to the signature"],
  ["[ ]", "previous and next transcript"],
];

/**
 * @param {Parameters<typeof actionOf>[0]} event
 * @param {Parameters<typeof actionOf>[1]} where
 * @returns {GradeAction | null}
 */
export function gradeActionOf(event, where) {
  if (where.typing || event.ctrlKey || event.altKey || event.metaKey) return null;
  return OWN[event.key] ?? actionOf(event, where);
}
