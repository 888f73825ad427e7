// Plots of a cohort: rows with a drawing of their own, placed in shares of its width, so that they fit any screen. Words
// beside each drawing say all that it shows; the drawing is hidden from screen readers, and a table holds the numbers.

import { foldable, h, svg } from "../app/dom.js";
import { table } from "../app/parts.js";

/** @typedef {import("../app/dom.js").Child} Child */
/** @typedef {{name: string, count: number, look: string}} Part `look`: a class, `part-0` to `part-4` */
/** @typedef {{lowest: number, lower: number, middle: number, upper: number, highest: number}} Box */
/** @typedef {{value: number | null, low: number | null, high: number | null}} Figure */
/** @typedef {{label: Child, drawing: SVGElement | null, words: Child}} Row */

const LEAST_FOR_TEXT = 0.09;

/** Share of the way between two ends, in percent, as SVG takes it. @param {number} share */
export function at(share) {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100}%`;
}

/** Where `value` lies between two ends, from 0 to 1. @param {number} value @param {readonly [number, number]} ends */
export function shareOf(value, ends) {
  return (value - ends[0]) / (ends[1] - ends[0]);
}

/**
 * Counts side by side. An empty part is not drawn.
 * @param {readonly Part[]} parts
 */
export function stack(parts) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  if (!total) return null;
  let before = 0;
  const drawn = parts.filter((part) => part.count).map((part) => {
    const [start, share] = [before / total, part.count / total];
    before += part.count;
    const text = share < LEAST_FOR_TEXT ? null : svg("text", { x: at(start + share / 2), y: "50%", class: `on-${part.look}` }, part.count);
    return svg("g", null, svg("rect", { x: at(start), width: at(share), y: "0", height: "100%", class: part.look }), text);
  });
  return plot("plot-stack", ...drawn);
}

/**
 * A figure with its 95 % interval between two ends.
 * @param {Figure} figure
 * @param {readonly [number, number]} ends
 * @param {number} [mark] where a line stands across all rows, such as 0
 */
export function interval(figure, ends, mark) {
  if (figure.value === null) return null;
  const across = (/** @type {number} */ value) => at(shareOf(value, ends));
  const range = figure.low === null || figure.high === null ? null : svg("line", { x1: across(figure.low), x2: across(figure.high), y1: "50%", y2: "50%", class: "range" });
  return plot("plot-interval", frame(), line(mark, across), range, svg("circle", { cx: across(figure.value), cy: "50%", r: "0.4em", class: "dot" }));
}

/** Five numbers between two ends. @param {Box} box @param {readonly [number, number]} ends @param {number} [mark] */
export function boxed(box, ends, mark) {
  const across = (/** @type {number} */ value) => at(shareOf(value, ends));
  return plot(
    "plot-box",
    frame(),
    line(mark, across),
    svg("line", { x1: across(box.lowest), x2: across(box.highest), y1: "50%", y2: "50%", class: "range" }),
    svg("rect", { x: across(box.lower), width: at(shareOf(box.upper, ends) - shareOf(box.lower, ends)), y: "20%", height: "60%", class: "middle-half" }),
    svg("line", { x1: across(box.middle), x2: across(box.middle), y1: "10%", y2: "90%", class: "middle" }),
  );
}

/**
 * Rows of one plot under its heading, with what its looks mean and the same in numbers.
 * @param {{rows: readonly Row[], legend?: readonly {name: string, look: string}[], ends?: readonly [string, string], numbers: HTMLElement}} parts
 *   `ends`: what the left and the right end mean
 */
export function plotted({ rows, legend = [], ends, numbers }) {
  return h(
    "div",
    { class: "stack" },
    legend.length > 0 && legendOf(legend),
    h("ul", { class: "plot-rows" }, ...rows.map(({ label, drawing, words }) => h("li", { class: "plot-row" }, h("div", { class: "plot-label" }, label), drawing ?? h("span"), h("div", { class: "plot-words" }, words)))),
    ends && h("p", { class: "plot-ends soft" }, h("span", null, ends[0]), h("span", null, ends[1])),
    foldable("The numbers, as a table", numbers),
  );
}

/** What each look means. @param {readonly {name: string, look: string}[]} legend */
export function legendOf(legend) {
  return h("ul", { class: "legend" }, ...legend.map(({ name, look }) => h("li", null, svg("svg", { class: "swatch", "aria-hidden": "true" }, svg("rect", { width: "100%", height: "100%", class: look })), name)));
}

/**
 * A table of numbers.
 * @param {string} caption @param {readonly string[]} heads @param {readonly (readonly (string | number)[])[]} rows
 */
export function numbers(caption, heads, rows) {
  const columns = heads.map((head, place) => ({ head, names: place === 0, number: place > 0, cell: (/** @type {readonly (string | number)[]} */ row) => row[place] }));
  return table({ caption, columns, rows });
}

/** @param {string} look @param {...(Child)} children */
function plot(look, ...children) {
  return svg("svg", { class: `plot ${look}`, "aria-hidden": "true" }, ...children);
}

function frame() {
  return svg("line", { x1: "0", x2: "100%", y1: "50%", y2: "50%", class: "axis" });
}

/** @param {number | undefined} mark @param {(value: number) => string} across */
function line(mark, across) {
  return mark === undefined ? null : svg("line", { x1: across(mark), x2: across(mark), y1: "0", y2: "100%", class: "zero" });
}
