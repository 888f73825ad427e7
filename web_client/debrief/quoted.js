// The learner's words at one moment.

import { h } from "../app/dom.js";
import { quote } from "../report/quote.js";

/** @typedef {import("../screens/report.js").About} About */

/** @param {About} about @param {import("../types/debrief.js").DebriefCard} card */
export function said(about, card) {
  if (!card.said.length) return h("p", { class: "soft" }, "You said nothing to it before the end.");
  return h(
    "div",
    { class: "stack-tight" },
    ...card.said.map((each) => h("p", null, h("span", { class: "soft" }, each.kind === "said" ? "You said: " : "You: "), quote(about, each.turn, each.text))),
  );
}
