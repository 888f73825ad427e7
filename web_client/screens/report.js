// The report: what was said, what it was offered for, and a draft that quotes it. Feedback, not a verdict.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { debrief, facts } from "../report/facts.js";
import { unfold } from "../report/folds.js";
import { heading, label } from "../report/heading.js";
import { moments } from "../report/moments.js";
import { profile } from "../report/profile.js";
import { timeline } from "../report/timeline.js";
import { transcript } from "../report/transcript.js";

/** @typedef {import("../types/api.js").Scorecard} Scorecard */
/** @typedef {import("../app/routes.js").Route} Route */

const AGAIN_MS = 2500;

/**
 * @param {string} id
 * @param {string} turn the turn to go to; empty for none
 */
export async function reportPage(id, turn) {
  /** @type {Scorecard} */
  let card;
  try {
    card = await api.scorecard(id);
  } catch (error) {
    const code = error instanceof Refused && error.status === 409 ? error.code : "";
    if (!code) throw error;
    location.replace(code === "not_ended" ? to.encounter(id) : to.reflection(id));
    return { title: "Report", content: h("p", { class: "soft" }, "The report comes after your own reflection.") };
  }
  const encounter = await api.encounter(id);
  const detail = await api.case(encounter.case_id);
  const about = { id, card, encounter, detail, name: nameIn(detail.cast), number: numbers(encounter.turns) };
  const words = transcript(about);
  const content = h("article", { class: "stack-wide report" }, ...parts(about, words.content));
  content.addEventListener("click", (event) => {
    // the address of a turn that is there already changes nothing by itself
    const link = /** @type {Element} */ (event.target).closest?.("a");
    if (link && link.getAttribute("href") === location.hash) words.jump(turnOf(location.hash));
  });
  const folded = unfold(content);
  const again = card.status === "pending" ? setTimeout(() => location.reload(), AGAIN_MS) : 0;
  return {
    title: `Report: ${detail.title}`,
    content,
    wide: true,
    leave: () => { clearTimeout(again); folded(); },
    shown: () => { if (turn) words.jump(turn); },
    /** @param {Route} where */
    update(where) {
      if (where.name !== "report" || where.id !== id) return false;
      if (where.turn) words.jump(where.turn);
      return true;
    },
  };
}

/** @typedef {{id: string, card: Scorecard, encounter: import("../types/api.js").EncounterView,
 *   detail: import("../types/api.js").CaseBriefing, name: (speaker: string) => string, number: Map<string, number>}} About */

/**
 * @param {About} about
 * @param {HTMLElement} words
 */
function parts(about, words) {
  const top = heading(about);
  if (about.card.status === "not_scored") return [top, support(about), words];
  if (about.card.status === "pending") return [top, h("p", { class: "note" }, "The draft is being made. This page asks again by itself."), words];
  return [top, timeline(about), profile(about), moments(about), debrief(about.card.debrief), words, facts(about.card.timing), label(about)];
}

/** @param {About} about */
function support({ detail, encounter }) {
  const stopped = encounter.ended === "stop";
  return h(
    "section",
    { class: "stack" },
    h("p", { class: "lead" }, stopped ? "You stopped. That is always right when it is needed, and nothing is scored." : "Nothing is scored here."),
    h("div", { class: "card stack" }, h("h2", null, "Somebody to talk to"), h("p", null, detail.support_contacts)),
    h("p", null, h("a", { class: "button", href: to.lobby() }, "To the cases")),
  );
}

/** @param {readonly import("../types/api.js").Person[]} cast */
function nameIn(cast) {
  return (/** @type {string} */ speaker) =>
    speaker === "learner" ? "You" : (cast.find((each) => each.id === speaker)?.name ?? cast[0]?.name ?? "The patient");
}

/** Turns are counted as they are read. @param {readonly {id: string}[]} turns */
function numbers(turns) {
  return new Map(turns.map((turn, at) => [turn.id, at + 1]));
}

/** @param {string} hash */
function turnOf(hash) {
  return decodeURIComponent(hash.split("/turn/")[1] ?? "");
}
