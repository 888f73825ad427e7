// What the server is asked about cohorts, and how its figures are written. The words are pure.

import { ask } from "../app/api.js";

/** @typedef {import("./plots.js").Figure} Figure */
/** @typedef {import("./plots.js").Box} Box */
/**
 * @typedef {"all" | "signed"} Marks
 * @typedef {{count: number, n: number, value: number | null, low: number | null, high: number | null}} Share
 * @typedef {{id: string, title: string, course: string, case_title: string, learners: number, scored: number, enough: boolean}} CohortRow
 * @typedef {{beat: string, kind: string, core: boolean, cue: string, offered: Share, counts: Record<string, number>, passed: Share}} Moment
 * @typedef {{id: string, name: string, lowest: number, highest: number, better: string, levels: Record<string, number>, not_applicable: number, unrated: number, n: number, drafts: number, mean: Figure, reached: Figure}} Item
 * @typedef {{id: string, name: string, n: number, box: Box, words: [string, string, string]}} Timed
 * @typedef {{id: string, name: string, n: number, counts: Record<string, number>, mean: Figure}} Gap
 * @typedef {{id: string, name: string, n: number, exact: Share | null, constant: Share | null, kappa: Figure}} Agreement
 * @typedef {{letter: string, n: number, apart: Box | null, mean: Figure}} Grader
 * @typedef {{dimension: string, name: string, level: number, quote: string}} Exemplar
 * @typedef {{n: number, signed: number, drafts: number, moments: Moment[], items: Item[], timing: Timed[], gaps: Gap[], people: Agreement[], draft: Agreement[], graders: Grader[], exemplars: Exemplar[], rubric: string, claim: string}} Figures
 * @typedef {{id: string, title: string, course_id: string, course: string, case_title: string, case_version: string, groups: string[], group: string, marks: Marks, signed_shown: boolean, scored: number, equivalents: number, fewest: number, figures: Figures | null}} Cohort
 */

const part = encodeURIComponent;

export const cohorts = {
  /** @returns {Promise<CohortRow[]>} */
  list: () => ask("GET", "/api/cohorts"),
  /** @param {string} id of the assignment @param {string} group @param {Marks} marks @returns {Promise<Cohort>} */
  read: (id, group, marks) => ask("GET", fileOf(id, "", group, marks)),
};

/** The address of a cohort, or of its file. @param {string} id @param {"" | ".csv" | ".pdf"} kind @param {string} group @param {Marks} marks */
export function fileOf(id, kind, group, marks) {
  const asked = [group && `group=${part(group)}`, marks === "signed" && "marks=signed"].filter(Boolean).join("&");
  return `/api/assignments/${part(id)}/cohort${kind}${asked && `?${asked}`}`;
}

/** What no figure counts; empty: nothing. @param {number} equivalents */
export function leftOut(equivalents) {
  if (!equivalents) return "";
  return equivalents === 1 ? "1 attempt at the equivalent case is not in these figures." : `${equivalents} attempts at the equivalent case are not in these figures.`;
}

/** So many of so many, with the interval. @param {Share} share */
export function shareWords({ count, n, value, low, high }) {
  if (value === null || low === null || high === null) return "to nobody";
  return `${count} of ${n} (${percent(value)}, between ${percent(low)} and ${percent(high)})`;
}

/** @param {Figure} figure @param {number} [digits] */
export function figureWords({ value, low, high }, digits = 1) {
  if (value === null) return "not known";
  const told = fixed(value, digits);
  return low === null || high === null ? told : `${told} (between ${fixed(low, digits)} and ${fixed(high, digits)})`;
}

/** @param {number | null} share */
export function percent(share) {
  return share === null ? "" : `${Math.round(share * 100)}\u00a0%`;
}

/** With a proper minus. @param {number | null} value @param {number} [digits] */
export function fixed(value, digits = 1) {
  if (value === null) return "";
  return (Object.is(Math.round(value * 10 ** digits), -0) ? 0 : value).toFixed(digits).replace("-", "−");
}
