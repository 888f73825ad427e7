// A moment that was tried again: the first time and now, side by side. What was said before it is not counted twice.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { quote } from "../report/quote.js";
import { CODES, kindWords, opportunityWords } from "../screens/words.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/debrief.js").Again} Again */
/** @typedef {import("../types/debrief.js").Answered} Answered */

/** @param {About} about */
export function firstAndNow(about) {
  const retry = about.debrief?.retry;
  if (!retry) return null;
  const rows = [...retry.moments].sort((one, other) => Number(other.retried) - Number(one.retried));
  return h(
    "section",
    { class: "card stack first-and-now", "aria-labelledby": "first-and-now" },
    h("p", { class: "eyebrow" }, "Tried again"),
    h("h2", { id: "first-and-now" }, "The first time, and now"),
    rows.length ? h("ul", { class: "plain stack" }, ...rows.map((each) => moment(about, retry.of, each))) : h("p", null, "No planted moment lay open there, and none came up after it."),
    h("p", { class: "soft" }, retry.apart),
    h(
      "p",
      { class: "row screen-only" },
      h("a", { class: "button", href: to.again(retry.of, retry.turn) }, "Try it once more"),
      h("a", { class: "button quiet", href: to.report(retry.of) }, "The first report"),
    ),
  );
}

/** @param {About} about @param {string} first id of the first encounter @param {Again} each */
function moment(about, first, each) {
  const now = each.now.turn ? quote(about, each.now.turn, each.now.quote) : null;
  const then = each.first?.turn ? h("a", { class: "quote", href: to.turn(first, each.first.turn) }, `“${each.first.quote}”`) : null;
  return h(
    "li",
    { class: "stack-tight" },
    h("h3", null, kindWords(each.kind), h("span", { class: "soft" }, each.retried ? " · the moment you went back to" : " · came up afterwards")),
    h(
      "dl",
      { class: "two-times" },
      h("div", null, h("dt", null, "The first time"), h("dd", null, each.first ? how(each.first) : "It did not come up.", " ", then)),
      h("div", null, h("dt", null, "Now"), h("dd", null, how(each.now), " ", now)),
    ),
  );
}

/** @param {Answered} answered */
function how({ state, code }) {
  if (code === null) return h("span", { class: "how-it-went" }, opportunityWords(state));
  return h("span", { class: "how-it-went" }, h("strong", null, `${code} of 4`), ` · ${CODES[code] ?? ""}`);
}
