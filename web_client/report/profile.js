// The profile: a level a dimension, or the words for why there is none, and under each the quotes that it rests on.

import { foldable, h } from "../app/dom.js";
import { levelWords } from "../screens/words.js";
import { foldedWhenNarrow } from "./folds.js";
import { quote } from "./quote.js";
import { appealing, besides } from "./signed_line.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").Rating} Rating */
/** @typedef {import("../types/api.js").Evidence} Evidence */

/** Quotes under a level that stand open on a narrow screen. */
const IN_VIEW = 2;

/** @param {About} about */
export function profile(about) {
  const rows = about.card.dimensions.map((rating) => row(about, rating));
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "Questions about what was said"),
    h("p", { class: "soft" }, "0 to 4, each by itself; there is no sum. Follow a quote to its place in the talk."),
    h("ul", { class: "profile" }, ...rows),
  );
}

/** @param {About} about @param {Rating} rating */
function row(about, rating) {
  const dimension = about.detail.rubric?.dimensions.find((each) => each.id === rating.id);
  const level = rating.status === "rated" ? rating.level : null;
  const own = about.card.self_rating[rating.id];
  const anchor = level === null ? "" : (dimension?.anchors[String(level)] ?? "");
  return h(
    "li",
    { class: "dimension" },
    h("div", { class: "dimension-head" }, h("h3", null, dimension?.name ?? rating.id), h("p", { class: "soft" }, dimension?.question ?? "")),
    h(
      "div",
      { class: "dimension-level" },
      level === null ? null : bar(level),
      h("p", { class: level === null ? "level no-level" : "level" }, rating.how && rating.status === "unrated" ? "Left unrated" : levelWords(rating)),
      own === undefined ? null : h("p", { class: "soft" }, `You gave yourself ${own}`),
    ),
    h("div", { class: "dimension-why stack-tight" }, anchor && h("p", null, anchor), rating.rationale && h("p", { class: "soft" }, rating.rationale), evidence(about, rating.evidence), besides(rating), appealing(about, rating)),
  );
}

/** Five places, 0 to 4; the number stands beside it in words. @param {number} level */
function bar(level) {
  const steps = [1, 2, 3, 4].map((step) => h("span", { class: step <= level ? "step full" : "step" }));
  return h("span", { class: "bar", "aria-hidden": "true" }, ...steps);
}

/** @param {About} about @param {readonly Evidence[]} all */
function evidence(about, all) {
  const quoted = all.filter((each) => each.role !== "examined");
  const examined = all.filter((each) => each.role === "examined");
  const rows = quoted.map((each) =>
    h("li", null, h("span", { class: "soft who" }, whose(about, each)), quote(about, each.turn, each.quote)),
  );
  return h(
    "div",
    { class: "evidence" },
    rows.length ? h("ul", null, ...rows.slice(0, IN_VIEW)) : null,
    rows.length > IN_VIEW ? foldedWhenNarrow(more(rows.length - IN_VIEW), h("ul", null, ...rows.slice(IN_VIEW))) : null,
    examined.length ? foldable(`Turns examined: ${examined.length}`, h("p", { class: "row examined" }, ...examined.map((each) => quote(about, each.turn, "")))) : null,
  );
}

/** @param {About} about @param {Evidence} each */
function whose(about, { role, speaker }) {
  if (role === "doubt") return "You, heard with doubt and not counted: ";
  return role === "said" ? "You: " : `${about.name(speaker)}: `;
}

/** @param {number} count */
function more(count) {
  return count === 1 ? "One more quote" : `${count} more quotes`;
}
