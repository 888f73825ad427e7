// One moment to look at, or one to keep: chosen by a rule that the page tells, quoted, and never an answer to recite.

import { h, list } from "../app/dom.js";
import { to } from "../app/routes.js";
import { several } from "../live/people.js";
import { quote } from "../report/quote.js";
import { said } from "./quoted.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/debrief.js").DebriefCard} Card */

export const WAYS = "Ways it could be met";

/** @param {About} about */
export function oneMoment(about) {
  const { debrief } = about;
  const card = debrief?.cards.find((each) => each.beat === debrief.moment?.beat);
  if (!debrief?.moment || !card) return held(debrief?.held ?? "");
  const tried = debrief.moment.aim === "try";
  return h(
    "section",
    { class: "card one-moment stack", "aria-labelledby": "one-moment" },
    h("p", { class: "eyebrow" }, tried ? "One moment" : "One thing to keep"),
    h("h2", { id: "one-moment" }, tried ? "If you look at one thing, look at this" : "This met somebody"),
    h("blockquote", { class: "voice" }, by(about, card.cue.speaker), quote(about, card.cue.turn, card.cue.text)),
    said(about, card),
    next(about, card),
    list(card.changed, { class: "changed" }),
    tried && h("h3", null, WAYS),
    tried && ways(card),
    again(about, debrief.moment),
    h("details", null, h("summary", null, "Why this one"), list(debrief.moment.because)),
  );
}

/** Until somebody has signed. @param {string} why */
function held(why) {
  return why ? h("section", { class: "card stack" }, h("h2", null, "One moment"), h("p", null, why)) : null;
}

/** @param {About} about @param {Card} card */
function next(about, card) {
  if (!card.then.length) return null;
  return h("div", { class: "stack-tight" }, h("p", { class: "soft" }, "What came next"), ...card.then.map((each) => h("p", { class: "voice" }, by(about, each.speaker), quote(about, each.turn, each.text))));
}

/** Who it was, where there are several people. @param {About} about @param {string} speaker */
function by(about, speaker) {
  return several(about.cast) && h("span", { class: "soft" }, about.name(speaker), ": ");
}

/** @param {Card} card */
export function ways(card) {
  return h(
    "div",
    { class: "stack-tight ways" },
    h("p", { class: "soft" }, card.directions_by === "author" ? "By the author of the case. Several, because there is no one right sentence." : "For moments of this kind. Several, because there is no one right sentence."),
    list(card.directions),
  );
}

/** @param {About} about @param {{retry: string, aim: string}} moment */
function again(about, moment) {
  if (!moment.retry) return h("p", { class: "soft" }, "This moment cannot be taken up again by itself; the case can be begun anew.");
  return h(
    "p",
    { class: "row screen-only" },
    h("a", { class: moment.aim === "try" ? "button primary" : "button quiet", href: to.again(about.id, moment.retry) }, "Try this moment again"),
  );
}
