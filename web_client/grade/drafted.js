// The draft beside the line in hand, where the assignment shows it to graders from the start.

import { h } from "../app/dom.js";
import { markWords } from "../mark/line.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/**
 * @param {MarkingState} state
 * @param {string} dimension
 * @param {number} highest
 * @param {{accept: () => void, show: (turn: string) => void, number: (turn: string) => number}} host
 */
export function drafted(state, dimension, highest, host) {
  const line = state.draft?.lines.find((each) => each.dimension === dimension);
  if (!line || state.closed) return null;
  const mine = state.sheets.find((each) => each.mine)?.now.find((each) => each.dimension === dimension);
  const quotes = line.evidence.filter((each) => each.role !== "examined").map((each) => h("li", null, h("q", { class: "quote-words" }, each.quote), " ", h("button", { class: "link-button", type: "button", onclick: () => host.show(each.turn) }, `turn ${host.number(each.turn)}`)));
  return h(
    "section",
    { class: "card stack-tight", "aria-label": "The draft" },
    h("p", null, h("span", { class: "tag" }, "draft"), ` ${markWords(line, highest)}`, line.comment && h("span", { class: "soft" }, ` ${line.comment}`)),
    quotes.length ? h("ul", { class: "plain picked" }, ...quotes) : null,
    mine?.how === "draft_accepted" ? h("p", null, h("span", { class: "tag good" }, "accepted"), " Give another level to hold something else.") : h("p", null, h("button", { class: "button quiet small", type: "button", onclick: host.accept }, "Accept the draft (a)")),
  );
}
