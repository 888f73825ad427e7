// Felt and said, marked and marked: side by side. Nothing is inferred from one about the other.

import { h } from "../app/dom.js";
import { isAwaited } from "../student/awaited.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/debrief.js").Side} Side */

/** @param {About} about */
export function gap(about) {
  const found = about.debrief?.gap;
  if (!found) return null;
  const marked = isAwaited(about) ? [] : found.sides.filter((each) => each.own !== null); // what they gave themselves stands above
  if (!marked.length && !found.felt && !found.said) return null;
  return h(
    "div",
    { class: "stack gap-of-own" },
    h("dl", { class: "felt-said" }, words("What I felt", found.felt), words("What I said", found.said)),
    marked.length ? table(about, marked) : null,
  );
}

/** @param {string} title @param {string} text */
function words(title, text) {
  return h("div", null, h("dt", null, title), h("dd", null, text || h("span", { class: "soft" }, "You left this empty.")));
}

/** @param {About} about @param {readonly Side[]} sides */
function table(about, sides) {
  const name = (/** @type {string} */ id) => about.detail.rubric?.dimensions.find((each) => each.id === id)?.name ?? id;
  const rows = sides.map((each) =>
    h("tr", null, h("th", { scope: "row" }, name(each.dimension)), h("td", null, each.own ?? ""), h("td", null, each.draft ?? "none"), h("td", null, differenceWords(each.difference))),
  );
  return h(
    "div",
    { class: "table-frame" },
    h("table", { class: "plain-table" }, h("caption", { class: "unseen" }, "Your own marks beside the report's"), h("thead", null, h("tr", null, ...["", "You", "The report", ""].map((each) => h("th", { scope: "col" }, each)))), h("tbody", null, ...rows)),
  );
}

/** @param {number | null} difference own less draft */
export function differenceWords(difference) {
  if (difference === null) return "";
  if (difference === 0) return "the same";
  return difference > 0 ? `you ${difference} higher` : `you ${-difference} lower`;
}
