// What a debriefing adds to a moment: what changed in the case's design, one open question, ways to meet it, and the way back.

import { foldable, h, list } from "../app/dom.js";
import { to } from "../app/routes.js";
import { WAYS, ways } from "./one_moment.js";

/** @typedef {import("../screens/report.js").About} About */

/** @param {About} about @param {string} beat */
export function cardParts(about, beat) {
  const card = about.debrief?.cards.find((each) => each.beat === beat);
  if (!card) return null;
  const turn = card.retry;
  return h(
    "div",
    { class: "stack-tight moment-talk" },
    list(card.changed, { class: "changed soft" }),
    h("p", { class: "open-question" }, card.question),
    foldable(WAYS, ways(card)),
    turn && h("p", { class: "screen-only" }, h("a", { href: to.again(about.id, turn) }, "Try this moment again", h("span", { class: "unseen" }, ` from turn ${about.number.get(turn) ?? ""}`))),
  );
}
