// The times that a moment of this encounter was taken up again.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { beganWords } from "../screens/words.js";

/** @param {import("../screens/report.js").About} about */
export function tried({ debrief, number }) {
  const all = debrief?.tried ?? [];
  if (!all.length) return null;
  const rows = all.map((each) => {
    const from = number.get(each.turn);
    const where = each.ended ? to.report(each.id) : to.encounter(each.id);
    return h("li", null, h("a", { href: where }, `${from === undefined ? "A moment" : `From turn ${from}`}, ${beganWords(each.made_at)}`), each.ended ? "" : h("span", { class: "soft" }, " · not ended"));
  });
  return h("section", { class: "stack-tight" }, h("h2", null, "Moments you tried again"), h("ul", { class: "plain" }, ...rows));
}
