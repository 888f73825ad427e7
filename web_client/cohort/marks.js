// What was met and how hard it was.

import { h } from "../app/dom.js";
import { figureWords, fixed, percent, shareWords } from "./calls.js";
import { interval, numbers, plotted, stack } from "./plots.js";

/** @typedef {import("./calls.js").Figures} Figures */
/** @typedef {import("./calls.js").Moment} Moment */
/** @typedef {import("./calls.js").Item} Item */

const SHAPES = [
  { id: "met", name: "met", look: "part-4" },
  { id: "partly", name: "met in part", look: "part-2" },
  { id: "passed", name: "passed by", look: "part-0" },
  { id: "open", name: "no answer followed", look: "part-1" },
];

/** @param {Figures} figures */
export function moments({ moments: all }) {
  const rows = all.map((moment) => ({
    label: h("div", null, h("strong", null, moment.core ? moment.kind : `${moment.kind}, earned`), h("div", { class: "soft" }, moment.cue)),
    drawing: stack(SHAPES.map(({ id, name, look }) => ({ name, look, count: moment.counts[id] ?? 0 }))),
    words: momentWords(moment),
  }));
  const heads = ["Moment", "Offered to", ...SHAPES.map((shape) => shape.name), "Share passed by", "95 % from", "to"];
  const told = all.map((each) => [`${each.kind}: ${each.cue}`, `${each.offered.count} of ${each.offered.n}`, ...SHAPES.map(({ id }) => each.counts[id] ?? 0), percent(each.passed.value), percent(each.passed.low), percent(each.passed.high)]);
  return [
    h("p", { class: "soft" }, "Those passed by most often stand first. A moment that was not offered is in no bar and in no share: it is not a zero."),
    plotted({ rows, legend: SHAPES, numbers: numbers("What became of each moment", heads, told) }),
  ];
}

/** @param {Moment} moment */
function momentWords(moment) {
  const not = moment.offered.n - moment.offered.count;
  if (!moment.offered.count) return `Offered to nobody of ${moment.offered.n}.`;
  const others = SHAPES.filter(({ id }) => id !== "passed" && moment.counts[id]).map(({ id, name }) => `${name} ${moment.counts[id]}`);
  const first = [...others, `passed by ${shareWords(moment.passed)}`].join(", ");
  return `${first[0]?.toUpperCase()}${first.slice(1)}. ${not ? `Not offered to ${not}.` : "Offered to everybody."}`;
}

/** @param {Figures} figures */
export function items({ items: all }) {
  const rows = all.map((item) => ({
    label: h("div", null, h("strong", null, item.name), h("div", { class: "soft" }, scaleWords(item))),
    drawing: interval(item.reached, [0, 1]),
    words: itemWords(item),
  }));
  const [lowest, highest] = [Math.min(...all.map((item) => item.lowest)), Math.max(...all.map((item) => item.highest))];
  const levels = Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step);
  const heads = ["Line", "n", "of these drafts", ...levels.map((level) => `level ${level}`), "not applicable", "unrated", "mean", "95 % from", "to"];
  const told = all.map((item) => [item.name, item.n, item.drafts, ...levels.map((level) => item.levels[level] ?? 0), item.not_applicable, item.unrated, fixed(item.mean.value), fixed(item.mean.low), fixed(item.mean.high)]);
  const spread = all.map((item) => ({ label: item.name, drawing: stack(levels.map((level) => ({ name: String(level), count: item.levels[level] ?? 0, look: `part-${Math.round(((level - lowest) / Math.max(1, highest - lowest)) * 4)}` }))), words: item.n ? `${Object.entries(item.levels).map(([level, count]) => `${count} at ${level}`).join(", ")}; n ${item.n}` : "No level yet" }));
  const legend = levels.map((level) => ({ name: `level ${level}`, look: `part-${Math.round(((level - lowest) / Math.max(1, highest - lowest)) * 4)}` }));
  return [
    h("p", { class: "soft" }, "The dot is the mean level as a share of the way from the worst level to the best; the line is its 95 % interval. Far left is hard for this cohort, far right is easy."),
    plotted({ rows, ends: ["hard: the worst level", "easy: the best level"], numbers: numbers("Levels of each line", heads, told) }),
    h("h3", null, "The levels that were given"),
    plotted({ rows: spread, legend, numbers: numbers("How often each level was given", ["Line", ...levels.map(String)], all.map((item) => [item.name, ...levels.map((level) => item.levels[level] ?? 0)])) }),
  ];
}

/** @param {Item} item */
function itemWords(item) {
  const apart = [item.not_applicable && `not applicable ${item.not_applicable}`, item.unrated && `unrated, needs a person ${item.unrated}`].filter(Boolean).join(", ");
  return `${item.n ? `Mean ${figureWords(item.mean)}, n ${item.n}${draftsOf(item)}` : "No level yet"}${apart ? `; ${apart}` : ""}.`;
}

/** How much of it nobody has signed. @param {Item} item */
function draftsOf({ n, drafts }) {
  if (!drafts) return ", all signed";
  return drafts === n ? ", all drafts" : `, ${drafts} of them drafts`;
}

/** @param {Item} item */
function scaleWords(item) {
  return item.better === "low" ? `${item.lowest} to ${item.highest}; lower is better` : `${item.lowest} to ${item.highest}`;
}
