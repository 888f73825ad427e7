// How far marks agree, beside what a rater would reach who always gives the commonest level; and the spread of graders.

import { h } from "../app/dom.js";
import { figureWords, fixed, percent, shareWords } from "./calls.js";
import { boxed, interval, numbers, plotted } from "./plots.js";

/** @typedef {import("./calls.js").Figures} Figures */
/** @typedef {import("./calls.js").Agreement} Agreement */

/** @param {Figures} figures */
export function agreement({ people, draft }) {
  return [
    h("p", { class: "soft" }, "Marks that people gave before they saw the draft. Weighted kappa is 0 for whoever always gives the commonest level; agreement that is no better than such a rater's says nothing. Below ten transcripts there is no figure."),
    h("h3", null, "Two people on the same transcript"),
    ...compared(people, "No line has ten transcripts that two people marked."),
    h("h3", null, "The draft and a person"),
    ...compared(draft, "No line has ten transcripts that a person marked before they saw the draft."),
  ];
}

/** @param {readonly Agreement[]} all @param {string} none */
function compared(all, none) {
  const known = all.filter((each) => each.exact && each.constant);
  if (!known.length) return [h("p", null, `${none} Marked so far: ${Math.max(0, ...all.map((each) => each.n))}.`)];
  const ends = /** @type {const} */ ([Math.floor(Math.min(0, ...known.map((each) => each.kappa.low ?? 0)) * 5) / 5, 1]);
  const rows = known.map((each) => ({
    label: h("strong", null, each.name),
    drawing: interval(each.kappa, ends, 0),
    words: `Weighted kappa ${figureWords(each.kappa, 2)}. The same level in ${each.exact ? shareWords(each.exact) : ""}; a constant rater: ${percent(each.constant?.value ?? null)}.`,
  }));
  const told = known.map((each) => [each.name, each.n, fixed(each.kappa.value, 2), fixed(each.kappa.low, 2), fixed(each.kappa.high, 2), percent(each.exact?.value ?? null), percent(each.constant?.value ?? null)]);
  return [plotted({ rows, ends: [`${fixed(ends[0])}; the dashed line is 0, a constant rater's`, "1: always the same"], numbers: numbers("Agreement", ["Line", "n", "kappa", "95 % from", "to", "same level", "constant rater"], told) })];
}

/** @param {Figures} figures */
export function graders({ graders: all }) {
  const drawn = all.filter((each) => each.apart);
  const about = h("p", { class: "soft" }, "Each grader's marks less those of the others on the same transcripts, all lines together, turned so that right is the milder. Letters in place of names, in no order; your own is on the calibration page.");
  if (!drawn.length) return [about, h("p", null, "Nobody has five transcripts yet that somebody else marked as well.")];
  const reach = Math.max(1, ...drawn.flatMap(({ apart }) => (apart ? [Math.abs(apart.lowest), Math.abs(apart.highest)] : [])));
  const ends = /** @type {const} */ ([-Math.ceil(reach), Math.ceil(reach)]);
  const rows = drawn.map((each) => ({ label: h("strong", null, `Grader ${each.letter}`), drawing: each.apart && boxed(each.apart, ends, 0), words: `In the middle ${fixed(each.apart?.middle ?? null)}; on average ${figureWords(each.mean)}, n ${each.n}.` }));
  const told = drawn.map((each) => [`Grader ${each.letter}`, each.n, ...[each.apart?.lowest, each.apart?.lower, each.apart?.middle, each.apart?.upper, each.apart?.highest].map((value) => fixed(value ?? null))]);
  return [about, plotted({ rows, ends: ["stricter", "milder"], numbers: numbers("Spread of graders", ["Grader", "n", "lowest", "lower quartile", "median", "upper quartile", "highest"], told) })];
}
