// One line of a marking sheet: a level or a declaration, the words that it rests on, a comment. Pure.

/** @typedef {import("../types/api.js").MarkLine} MarkLine */
/** @typedef {import("../types/api.js").MarkStatus} MarkStatus */
/** @typedef {{status: MarkStatus | "", level: number | null, evidence: {turn: string, quote: string}[], comment: string}} Mark */

export const MOST_QUOTES = 20;

/** @type {Mark} */
export const BLANK = { status: "", level: null, evidence: [], comment: "" };

/** What the server holds, as a line to go on with. @param {MarkLine | undefined} line @returns {Mark} */
export function markOf(line) {
  if (!line) return BLANK;
  return { status: line.status, level: line.level, evidence: line.evidence.map(({ turn, quote }) => ({ turn, quote })), comment: line.comment };
}

/** @param {Mark} mark @param {number} level @returns {Mark} */
export function levelled(mark, level) {
  return { ...mark, status: "rated", level };
}

/** @param {Mark} mark @param {"not_applicable" | "unrated"} status @returns {Mark} */
export function declared(mark, status) {
  return { ...mark, status, level: null };
}

/** Words on which it rests; the same once more changes nothing. @param {Mark} mark @param {string} turn @param {string} quote @returns {Mark} */
export function quoted(mark, turn, quote) {
  const known = mark.evidence.some((each) => each.turn === turn && each.quote === quote);
  if (!quote.trim() || known || mark.evidence.length >= MOST_QUOTES) return mark;
  return { ...mark, evidence: [...mark.evidence, { turn, quote }] };
}

/** @param {Mark} mark @param {number} at @returns {Mark} */
export function unquoted(mark, at) {
  return { ...mark, evidence: mark.evidence.filter((_, place) => place !== at) };
}

/** @param {Mark} mark @param {string} comment @returns {Mark} */
export function commented(mark, comment) {
  return { ...mark, comment };
}

/** What keeps it from being a mark; empty when nothing does. @param {Mark} mark */
export function lacking(mark) {
  if (!mark.status) return mark.evidence.length || mark.comment.trim() ? "Not saved yet: choose a level, N/A or unrated." : "No mark yet.";
  if (mark.status !== "rated" || mark.evidence.length || mark.comment.trim()) return "";
  return "Not saved yet: quote the words it rests on, or say why it rests on absence.";
}

/** Whether there is anything that could be lost. @param {Mark} mark */
export function isBlank(mark) {
  return same(mark, BLANK);
}

/** @param {Mark} one @param {Mark} other */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A mark in words. @param {{status: string, level: number | null}} mark @param {number} highest */
export function markWords({ status, level }, highest) {
  if (status === "not_applicable") return "Not applicable";
  if (status === "rated" && level !== null) return `${level} of ${highest}`;
  return status === "unrated" ? "Unrated" : "No mark yet";
}

/**
 * How a signed or agreed line came about.
 * @param {string} how
 */
export function howWords(how) {
  /** @type {Record<string, string>} */
  const words = {
    own_mark: "their own mark",
    draft_accepted: "the draft, accepted",
    draft_changed: "changed in sight of the draft",
    draft_refused: "their own mark, against the draft",
    reconciled: "agreed between the markers",
    appeal: "changed on appeal",
  };
  return words[how] ?? how;
}
