// Corrections of what was heard that wait for a decision: the staff accept or refuse each.

import { h } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { api } from "../app/api.js";
import { messageOf } from "../app/trouble.js";

/** @typedef {import("../types/api.js").Correction} Correction */

/**
 * @param {string} id of the encounter
 * @param {readonly Correction[]} corrections
 * @param {{number: (turn: string) => number, show: (turn: string) => void, settled: () => void}} host
 */
export function disputed(id, corrections, host) {
  const waiting = corrections.filter((each) => each.state === "proposed");
  if (!waiting.length) return null;
  const status = statusLine();

  /** @param {Correction} correction @param {boolean} accepted */
  async function settle(correction, accepted) {
    try {
      await api.settle(id, correction.number, accepted);
      host.settled();
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  /** @param {Correction} each */
  function row(each) {
    const where = h("button", { class: "link-button", type: "button", onclick: () => host.show(each.turn) }, `turn ${host.number(each.turn)}`);
    return h(
      "li",
      { class: "stack-tight" },
      h("p", null, "In ", where, " was heard ", h("q", null, each.heard), "; the learner says: ", each.words ? h("q", null, each.words) : "nothing was said there", "."),
      h("p", { class: "row" }, h("button", { class: "button small", type: "button", onclick: () => void settle(each, true) }, "Accept"), h("button", { class: "button quiet small", type: "button", onclick: () => void settle(each, false) }, "Refuse")),
    );
  }

  return h("section", { class: "note stack-tight", "aria-label": "Corrections to decide" }, h("p", null, h("strong", null, "The learner corrects what was heard."), " Until you decide, these words are not scored. The draft is made again."), h("ul", { class: "plain stack-tight" }, ...waiting.map(row)), status.element);
}
