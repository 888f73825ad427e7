// What each key does on the marking page. Pure: a key and where it was pressed are arguments.

/**
 * @typedef {{do: "level", level: number} | {do: "declare", status: "not_applicable" | "unrated"} | {do: "step", by: 1 | -1}
 *   | {do: "widen" | "move", by: 1 | -1} | {do: "switch" | "quote" | "comment" | "close" | "accept" | "refuse" | "help"}} Action
 */

/** For the help, in the order in which they are needed. */
export const KEYS = /** @type {const} */ ([
  ["t", "to the talk, and back to the marks"],
  ["j, k", "next and previous turn, or question"],
  ["← →", "in the talk: choose a word of the turn; with Shift, more words"],
  ["e", "quote the chosen words for the question; without a choice, the whole turn"],
  ["0 to 9", "the level, as far as the scale goes"],
  ["n, u", "not applicable, unrated"],
  ["c", "comment; Esc leads back"],
  ["a, r", "when your marks are in: accept the draft's mark, or refuse it with a reason"],
  ["s", "close your sheet; then, to the signature"],
  ["?", "this list"],
]);

/**
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} event
 * @param {{typing: boolean, talk: boolean}} where typing: in a box; talk: in the transcript
 * @returns {Action | null}
 */
export function actionOf(event, { typing, talk }) {
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (/^[0-9]$/.test(event.key)) return { do: "level", level: Number(event.key) };
  if (talk && event.key === "ArrowRight") return { do: event.shiftKey ? "widen" : "move", by: 1 };
  if (talk && event.key === "ArrowLeft") return { do: event.shiftKey ? "widen" : "move", by: -1 };
  /** @type {Record<string, Action>} */
  const known = {
    j: { do: "step", by: 1 },
    k: { do: "step", by: -1 },
    n: { do: "declare", status: "not_applicable" },
    u: { do: "declare", status: "unrated" },
    t: { do: "switch" },
    e: { do: "quote" },
    c: { do: "comment" },
    a: { do: "accept" },
    r: { do: "refuse" },
    s: { do: "close" },
    "?": { do: "help" },
  };
  return known[event.key] ?? null;
}

/**
 * The words of a turn as places in its text.
 * @param {string} text
 * @returns {[number, number][]}
 */
export function wordsIn(text) {
  return [...text.matchAll(/\S+/g)].map((found) => [found.index, found.index + found[0].length]);
}

/**
 * Which words are chosen after a key: from the first to the last of them, both counted from 0; -1: none yet.
 * @param {[number, number]} chosen
 * @param {{do: "widen" | "move", by: 1 | -1}} action
 * @param {number} count
 * @returns {[number, number]}
 */
export function chosenAfter([from, to], action, count) {
  if (!count) return [-1, -1];
  if (from < 0) return action.by > 0 ? [0, 0] : [count - 1, count - 1];
  if (action.do === "widen") return [from, Math.min(count - 1, Math.max(from, to + action.by))];
  const at = Math.min(count - 1, Math.max(0, (action.by > 0 ? to : from) + action.by));
  return [at, at];
}
