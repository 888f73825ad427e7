// Figures of a calibration in words and as boxes. Pure but for the drawing.

import { h, svg } from "../app/dom.js";

/**
 * @typedef {{value: number | null, low: number | null, high: number | null}} Figure
 * @typedef {{kappa: Figure, icc: Figure, exact: Figure, bias: Figure, smd: Figure}} Compared
 * @typedef {{lowest: number, lower: number, middle: number, upper: number, highest: number}} Box
 * @typedef {{id: string, name: string, silent: string, counted: {transcripts: number, compared: number}, draft: Compared | null,
 *   faculty: {kappa: Figure, exact: Figure, pairs: number}, constant: Compared | null, constant_level: number | null,
 *   decision: {outcome: string, because: string}}} Agreement
 * @typedef {{rater: string, n: number, mean: Figure, box: Box | null}} Leniency
 * @typedef {{rater: string, again_n: number, same: number | null, timed_n: number, slope: Figure}} Drift
 * @typedef {{made: string, raters: string[], transcripts: number, dimensions: Agreement[], leniency: Leniency[], drift: Drift[]}} Findings
 * @typedef {{dimension: string, name: string, before: string, after: string, because: string}} Change
 * @typedef {{rubrics: {id: string, title: string, version: string}[], rubric: string, you: string, named: boolean, least: number, enough: number,
 *   unreadable: number, findings: Findings | null, proposal: {digest: string, changes: Change[], why_not: string} | null,
 *   in_force: {made: string, by: string, transcripts: number, raters: number, ignored: string, may_withdraw: boolean} | null}} Calibration
 */

/** @param {Figure | undefined | null} figure */
export function figureWords(figure) {
  if (!figure || figure.value === null) return "";
  const interval = figure.low === null || figure.high === null ? "" : ` (${two(figure.low)} to ${two(figure.high)})`;
  return `${two(figure.value)}${interval}`;
}

/** @param {number} value */
export function two(value) {
  return value.toFixed(2).replace("-", "\u2212");
}

/** What follows for one dimension; below `enough` transcripts nothing does. @param {Agreement} each @param {number} enough */
export function followsWords(each, enough) {
  if (each.silent) return each.silent;
  if (each.counted.compared < enough) return `${each.counted.compared} transcripts: figures, and no decision below ${enough}.`;
  return each.decision.because;
}

const [WIDTH, ROW, LEFT, RIGHT] = [640, 36, 150, 20];

/**
 * Box plots of how strict graders are, on one axis; the table beside it says the same in numbers.
 * @param {readonly Leniency[]} rows those with a box
 * @param {(rater: string) => string} name
 */
export function boxes(rows, name) {
  const reach = Math.max(1, ...rows.flatMap(({ box }) => (box ? [Math.abs(box.lowest), Math.abs(box.highest)] : [])));
  const x = (/** @type {number} */ value) => LEFT + ((value + reach) / (2 * reach)) * (WIDTH - LEFT - RIGHT);
  const height = rows.length * ROW + 40;
  const drawn = rows.flatMap((row, at) => (row.box ? oneBox(row.box, name(row.rater), at * ROW + ROW / 2, x) : []));
  const axis = [-reach, 0, reach].map((value) => svg("text", { x: x(value), y: height - 8, class: "box-axis", "text-anchor": value < 0 ? "start" : value > 0 ? "end" : "middle" }, value === 0 ? "as the others" : value < 0 ? `${two(value)} stricter` : `${two(value)} more lenient`));
  return h("div", { class: "box-frame" }, svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "boxes", role: "img", "aria-label": "Each grader less the other people on the same transcripts, in levels; the table below says the same" }, svg("line", { x1: x(0), x2: x(0), y1: 0, y2: height - 24, class: "box-zero" }), ...drawn, ...axis));
}

/** @param {Box} box @param {string} name @param {number} y @param {(value: number) => number} x */
function oneBox({ lowest, lower, middle, upper, highest }, name, y, x) {
  return [
    svg("text", { x: LEFT - 10, y: y + 4, "text-anchor": "end", class: "box-name" }, name),
    svg("line", { x1: x(lowest), x2: x(highest), y1: y, y2: y, class: "box-whisker" }),
    svg("rect", { x: x(lower), y: y - 9, width: Math.max(1, x(upper) - x(lower)), height: 18, class: "box-half" }),
    svg("line", { x1: x(middle), x2: x(middle), y1: y - 9, y2: y + 9, class: "box-middle" }),
  ];
}
