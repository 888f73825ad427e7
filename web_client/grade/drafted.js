// The draft beside the line in hand, where the assignment shows it to graders from the start.

import { h } from "../app/dom.js";
import { markWords } from "../mark/line.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** All that is shown of it; `line` null: nothing. @param {MarkingState} state @param {string} dimension */
export function draftOf(state, dimension) {
  const line = state.closed ? undefined : state.draft?.lines.find((each) => each.dimension === dimension);
  const mine = state.sheets.find((each) => each.mine)?.now.find((each) => each.dimension === dimension);
  return { line: line ?? null, accepted: mine?.how === "draft_accepted" };
}

/**
 * @param {ReturnType<typeof draftOf>} shown
 * @param {number} highest
 * @param {{accept: () => void, show: (turn: string) => void, number: (turn: string) => number}} host
 */
export function drafted({ line, accepted }, highest, host) {
  if (!line) return null;
  const quotes = line.evidence.filter((each) => each.role !== "examined").map((each) => h("li", null, h("q", { class: "quote-words" }, each.quote), " ", h("button", { class: "link-button", type: "button", onclick: () => host.show(each.turn) }, `turn ${host.number(each.turn)}`)));
  return h(
    "section",
    { class: "card stack-tight", "aria-label": "The draft" },
    h("p", null, h("span", { class: "tag" }, "draft"), ` ${markWords(line, highest)}`, line.comment && h("span", { class: "soft" }, ` ${line.comment}`)),
    quotes.length ? h("ul", { class: "plain picked" }, ...quotes) : null,
    accepted ? h("p", null, h("span", { class: "tag good" }, "accepted"), " Give another level to hold something else.") : h("p", null, h("button", { class: "button quiet small", type: "button", onclick: host.accept }, "Accept the draft (a)")),
  );
}
