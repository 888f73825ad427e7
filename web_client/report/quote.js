// A quote is a link to the turn it stands in. Words stand in quotation marks; what was done or held in silence does not.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";

/** @typedef {import("../screens/report.js").About} About */

/**
 * @param {About} about
 * @param {string} turn
 * @param {string} words empty: the turn as such
 */
export function quote(about, turn, words) {
  const number = about.number.get(turn);
  const where = number === undefined ? "" : `turn ${number}`;
  if (!where) return h("q", { class: "quote" }, words);
  const said = isSaid(about, turn);
  return h(
    "a",
    { class: "quote", href: to.turn(about.id, turn) },
    words && h("span", { class: said ? "quote-words" : "quote-words done" }, said ? `“${words}”` : words),
    " ",
    h("span", { class: "quote-turn" }, where),
  );
}

/** Whether a turn is words. @param {About} about @param {string} turn */
export function isSaid(about, turn) {
  return (about.encounter.turns.find((each) => each.id === turn)?.kind ?? "said") === "said";
}
