// What learners say of themselves, what was measured, and words that are worth hearing again.

import { h } from "../app/dom.js";
import { figureWords, fixed } from "./calls.js";
import { boxed, interval, numbers, plotted } from "./plots.js";

/** @typedef {import("./calls.js").Figures} Figures */

/** @param {Figures} figures */
export function gaps({ gaps: all }) {
  if (!all.length) return [h("p", null, "Fewer than five learners have marked themselves.")];
  const reach = Math.max(1, ...all.flatMap((gap) => [gap.mean.low, gap.mean.high, gap.mean.value].map((each) => Math.abs(each ?? 0))));
  const ends = /** @type {const} */ ([-Math.ceil(reach), Math.ceil(reach)]);
  const rows = all.map((gap) => ({ label: h("strong", null, gap.name), drawing: interval(gap.mean, ends, 0), words: `On average ${figureWords(gap.mean)} levels, n ${gap.n}.` }));
  const told = all.map((gap) => [gap.name, gap.n, fixed(gap.mean.value), fixed(gap.mean.low), fixed(gap.mean.high), Object.entries(gap.counts).sort(([a], [b]) => Number(a) - Number(b)).map(([apart, n]) => `${fixed(Number(apart), 0)}: ${n}`).join(", ")]);
  return [
    h("p", { class: "soft" }, "Own mark less the mark that counts, in levels. To the right learners put themselves above it, to the left below."),
    plotted({ rows, ends: [`${fixed(ends[0], 0)} levels: below the record`, `${ends[1]} levels: above it`], numbers: numbers("Own marks less the record", ["Line", "n", "mean", "95 % from", "to", "levels apart: learners"], told) }),
  ];
}

/** @param {Figures} figures */
export function timing({ timing: all }) {
  if (!all.length) return [h("p", null, "Nothing was measured of five learners or more.")];
  const rows = all.map((timed) => {
    const ends = /** @type {const} */ ([Math.min(0, timed.box.lowest), timed.box.highest || 1]);
    return { label: h("strong", null, timed.name), drawing: boxed(timed.box, ends), words: `Half of them from ${timed.words[0]} to ${timed.words[2]}; in the middle ${timed.words[1]}. n ${timed.n}.` };
  });
  const told = all.map((timed) => [timed.name, timed.n, ...timed.words]);
  return [
    h("p", { class: "soft" }, "Facts beside the score, never a part of it. Each line has a scale of its own, from nought to its longest; the box holds the middle half of the learners, the stroke in it the median."),
    plotted({ rows, numbers: numbers("What was measured", ["What", "n", "lower quartile", "median", "upper quartile"], told) }),
  ];
}

/** @param {Figures} figures */
export function exemplars({ exemplars: all }) {
  const about = h("p", { class: "soft" }, "From signed marks at or next to the best level, of learners who agreed to be shown without their name. In no order.");
  if (!all.length) return [about, h("p", null, "None yet: it takes signed marks, and learners who agree under My data.")];
  const names = [...new Set(all.map((each) => each.name))];
  const of = (/** @type {string} */ name) => all.filter((each) => each.name === name);
  return [about, ...names.map((name) => h("div", { class: "stack-tight" }, h("h3", null, name), h("ul", { class: "plain stack-tight" }, ...of(name).map((each) => h("li", null, h("q", { class: "voice" }, each.quote), h("span", { class: "soft" }, ` level ${each.level}`))))))];
}
