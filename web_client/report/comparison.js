// What somebody who watched saw, beside the draft. For talking about the differences, not for counting them.

import { h } from "../app/dom.js";
import { kindWords, opportunityWords } from "../screens/words.js";

/** @typedef {import("../types/api.js").Comparison} Comparison */
/** @typedef {import("../types/api.js").Side} Side */

/** @param {number | null} difference of a mark and the draft's */
export function differenceWords(difference) {
  if (difference === null) return "–";
  if (difference === 0) return "the same";
  return difference > 0 ? `${difference} higher` : `${-difference} lower`;
}

/** @param {Comparison["agreement"]} agreement */
export function agreementWords({ dimensions, exact, constant, constant_exact: plain }) {
  if (!dimensions) return "There is no question to which both gave a mark.";
  if (dimensions === 1) return `Both marked one question, ${exact ? "and gave it the same mark" : "and gave it different marks"}.`;
  const same = `Of the ${dimensions} questions that both marked, ${exact} ${exact === 1 ? "has" : "have"} the same mark.`;
  return constant === null ? same : `${same} Somebody who gave ${constant} everywhere would have got ${plain}.`;
}

/** @param {Side} side */
export function draftWords({ draft, draft_status: status }) {
  if (draft !== null) return String(draft);
  if (status === "held") return "waits for faculty";
  return status === "not_applicable" ? "not applicable" : status === "not_scored" ? "not scored" : "unrated";
}

/**
 * @param {Comparison} found
 * @param {{title: string, theirs: string, quoted: (turn: string) => import("../app/dom.js").Child}} words `theirs`: heading of the observer's marks
 */
export function comparison(found, { title, theirs, quoted }) {
  const rows = found.sides.map((side) =>
    h(
      "tr",
      null,
      h("th", { scope: "row" }, side.name),
      h("td", null, side.theirs === null ? "not seen" : String(side.theirs)),
      h("td", null, draftWords(side)),
      h("td", null, differenceWords(side.difference)),
    ),
  );
  const head = h("tr", null, ...["Question", theirs, "Draft", "Difference"].map((text) => h("th", { scope: "col" }, text)));
  return h(
    "section",
    { class: "stack" },
    h("h2", null, title),
    h("table", { class: "plain-table compared" }, h("thead", null, head), h("tbody", null, ...rows)),
    h("p", null, agreementWords(found.agreement)),
    h("p", { class: "soft" }, found.caution),
    quotes(found.sides, quoted),
    found.notes && h("div", { class: "stack-tight" }, h("h3", null, "Notes"), h("p", { class: "own-words" }, found.notes)),
  );
}

/** @param {readonly Side[]} sides @param {(turn: string) => import("../app/dom.js").Child} quoted */
function quotes(sides, quoted) {
  const marked = sides.filter((side) => side.quotes.length);
  if (!marked.length) return null;
  const rows = marked.map((side) => h("li", null, h("strong", null, side.name), h("ul", { class: "plain" }, ...side.quotes.map((turn) => h("li", null, quoted(turn))))));
  return h("div", { class: "stack-tight" }, h("h3", null, "The words they rest on"), h("ul", { class: "plain stack-tight" }, ...rows));
}

/** The planted moments, where the case shows them. @param {Comparison} found @param {(speaker: string) => string} name */
export function planted(found, name) {
  if (!found.beats.length) return null;
  const rows = found.beats.map((each) =>
    h("li", null, h("strong", null, kindWords(each.kind)), each.cue_speaker ? ` · ${name(each.cue_speaker)}` : "", h("br"), each.cue_quote ? h("q", { class: "quote-words" }, each.cue_quote) : "", " ", h("span", { class: "soft" }, opportunityWords(each.state))),
  );
  return h("section", { class: "stack" }, h("h2", null, "Moments that were planted"), h("ul", { class: "plain stack-tight" }, ...rows));
}
