// A quote is a link to the turn it stands in.

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
  return h(
    "a",
    { class: "quote", href: to.turn(about.id, turn) },
    words && h("span", { class: "quote-words" }, `“${words}”`),
    " ",
    h("span", { class: "quote-turn" }, where),
  );
}
