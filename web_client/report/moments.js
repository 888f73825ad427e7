// The moments that the case offers: the cue, the learner's words, and what they did with each other. Not offered is no zero.

import { h, svg } from "../app/dom.js";
import { cardParts } from "../debrief/card_parts.js";
import { several } from "../live/people.js";
import { CODES, kindWords, opportunityWords } from "../screens/words.js";
import { quote } from "./quote.js";
import { whoSaid } from "./who.js";
import { offered, shapeOf } from "./timeline_layout.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").Opportunity} Opportunity */

/** @param {About} about */
export function moments(about) {
  const all = about.card.opportunities;
  if (!all.length) return null;
  const came = offered(all);
  const missing = all.filter((each) => !came.includes(each));
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "Moments that came up"),
    h("p", { class: "soft" }, "There is no one right sentence. Several things would have met each of these."),
    came.length ? h("ol", { class: "moments" }, ...came.map((each, at) => moment(about, each, at + 1))) : h("p", null, "None of them came up."),
    missing.length ? h("div", { class: "stack-tight" }, h("h3", null, "Moments that did not come up"), h("ul", { class: "plain" }, ...missing.map(unoffered))) : null,
  );
}

/** @param {About} about @param {Opportunity} each @param {number} number */
function moment(about, each, number) {
  const shape = shapeOf(each);
  return h(
    "li",
    { class: "card moment" },
    h(
      "div",
      { class: "moment-head" },
      mark(shape, number),
      h("p", null, h("strong", null, kindWords(each.kind)), each.cued ? ", brought forward by somebody who watched" : each.core ? "" : ", earned", by(about, each), h("br"), h("span", { class: "soft" }, howItWent(each, shape))),
    ),
    h("blockquote", { class: "voice" }, quote(about, each.cue_turn, each.cue_quote || each.quote)),
    answered(about, each),
    h("p", { class: "moment-code" }, each.code === null ? uncoded(each) : h("span", null, h("strong", null, `${each.code} of 4`), ` · ${CODES[each.code] ?? ""}`)),
    cardParts(about, each.beat),
  );
}

/** In the words of the legend, so that the shape, the code and this agree. @param {Opportunity} each @param {import("./timeline_layout.js").Shape} shape */
export function howItWent(each, shape) {
  if (each.code === null) return opportunityWords(each.state);
  return { met: "Met", partly: "Met in part", passed: "Passed by", open: "No answer followed" }[shape];
}

/** @param {Opportunity} each */
function uncoded({ state }) {
  return state === "unclear" ? "Heard with doubt: not counted" : "Nothing to code";
}

/** Whose moment it was, where there are several people. @param {About} about @param {Opportunity} each */
function by(about, { cue_speaker: speaker }) {
  return several(about.cast) && speaker && h("span", null, " · ", whoSaid(about, speaker));
}

/** @param {About} about @param {Opportunity} each */
function answered(about, each) {
  const turn = each.turn || each.response_turns[0] || "";
  if (!turn) return h("p", { class: "soft" }, "You said nothing to it before the end.");
  const said = about.encounter.turns.find((one) => one.id === turn);
  const words = each.turn ? each.quote : (said?.text ?? "");
  return h("p", null, h("span", { class: "soft" }, said?.kind === "said" ? "You said: " : "You: "), quote(about, turn, words));
}

/** @param {Opportunity} each */
function unoffered(each) {
  return h("li", { class: "soft" }, `${kindWords(each.kind)}${each.core ? "" : ", to be earned"}: not offered. It does not count.`);
}

/** @param {import("./timeline_layout.js").Shape} shape @param {number} number */
export function mark(shape, number) {
  return svg("svg", { class: `mark-shape ${shape}`, viewBox: "-16 -16 32 32", width: 36, height: 36, "aria-hidden": "true" }, outline(shape), svg("text", { y: textY(shape), "text-anchor": "middle" }, number));
}

/** Where a number sits inside its shape. @param {import("./timeline_layout.js").Shape} shape */
export function textY(shape) {
  return shape === "open" ? 8 : 4.5;
}

/** @param {import("./timeline_layout.js").Shape} shape */
export function outline(shape) {
  if (shape === "met") return svg("path", { d: "M0-14 14 0 0 14-14 0z" });
  if (shape === "partly") return svg("circle", { r: 12 });
  if (shape === "open") return svg("path", { d: "M0-15 15 12H-15z" });
  return svg("rect", { x: -11, y: -11, width: 22, height: 22 });
}
