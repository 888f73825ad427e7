// In place of marks that are not shown yet: what they will be about, and what the learner gave themselves.

import { h } from "../app/dom.js";

/** @typedef {import("../screens/report.js").About} About */

/** Whether no mark is shown yet. @param {About} about */
export function isAwaited({ card }) {
  return card.dimensions.length > 0 && card.dimensions.every((each) => each.status === "held");
}

/** Why is said once, elsewhere on the page. @param {About} about */
export function awaited({ card, detail }) {
  const rows = card.dimensions.map(({ id }) => {
    const dimension = detail.rubric?.dimensions.find((each) => each.id === id);
    const own = card.self_rating[id];
    return h("li", { class: "row-item" }, h("div", null, h("strong", null, dimension?.name ?? id), h("p", { class: "soft" }, dimension?.question ?? "")), own !== undefined && h("p", null, `You gave yourself ${own}`));
  });
  return h("section", { class: "stack" }, h("h2", null, "What your marks will be about"), h("ul", { class: "rows" }, ...rows));
}
