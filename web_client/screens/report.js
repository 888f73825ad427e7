// The report: what was said, what it was offered for, and a draft that quotes it. Feedback, not a verdict.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { debrief, facts } from "../report/facts.js";
import { unfold } from "../report/folds.js";
import { heading, label } from "../report/heading.js";
import { moments } from "../report/moments.js";
import { profile } from "../report/profile.js";
import { comparison } from "../report/comparison.js";
import { isSpoken } from "../report/doubt.js";
import { notScored } from "../report/other_side.js";
import { onward } from "../report/onward.js";
import { quote } from "../report/quote.js";
import { timeline } from "../report/timeline.js";
import { transcript } from "../report/transcript.js";
import { membersOf, namesOf } from "./names.js";

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
  if (card.not_scored === "role_reversal" && encounter.phase === "reflection") {
    location.replace(to.reflection(id));
    return { title: "Report", content: h("p", { class: "soft" }, "This page comes after your own answers.") };
  }
  const detail = await api.case(encounter.case_id, encounter.variant);
  const [cases, watched] = await Promise.all([detail.unfolding ? api.cases() : [], card.status === "draft" || card.status === "signed" ? api.comparisons(id) : []]);
  const corrections = card.status !== "not_scored" && encounter.turns.some(isSpoken) ? await api.corrections(id) : [];
  const cast = membersOf(detail.cast, card.speakers);
  const about = { id, card, encounter, detail, cast, name: namesOf(cast, card.speakers), number: numbers(encounter.turns), cases, watched, corrections };
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
 *   detail: import("../types/api.js").CaseBriefing, cast: import("../types/wire.js").Member[],
 *   cases: import("../types/api.js").CaseCard[], watched: import("../types/api.js").Comparison[], corrections: import("../types/api.js").Correction[], name: (speaker: string) => string, number: Map<string, number>}} About */

/**
 * @param {About} about
 * @param {HTMLElement} words
 */
function parts(about, words) {
  const top = heading(about);
  if (about.card.status === "not_scored") return [top, notScored(about), words, later(about)];
  if (about.card.status === "pending") return [top, h("p", { class: "note" }, "The draft is being made. This page asks again by itself."), words];
  return [top, timeline(about), profile(about), moments(about), ...observed(about), debrief(about.card.debrief), words, facts(about.card.timing), onward(about, about.cases), label(about)];
}

/** What those who watched filled in. @param {About} about */
function observed(about) {
  const many = about.watched.length > 1;
  return about.watched.map((each, at) =>
    comparison(each, { title: `What ${many ? `observer ${at + 1}` : "your observer"} saw`, theirs: "Theirs", quoted: (turn) => quote(about, turn, textOf(about, turn)) }),
  );
}

/** @param {About} about @param {string} turn */
function textOf({ encounter }, turn) {
  return encounter.turns.find((each) => each.id === turn)?.text ?? "";
}

/** What is left to talk about where nothing is scored; the first questions were answered already. @param {About} about */
function later({ card }) {
  if (card.not_scored !== "role_reversal") return null;
  return debrief({ ...card.debrief, questions: card.debrief.questions.filter((each) => each.phase !== "reactions") });
}

/** Turns are counted as they are read. @param {readonly {id: string}[]} turns */
function numbers(turns) {
  return new Map(turns.map((turn, at) => [turn.id, at + 1]));
}

/** @param {string} hash */
function turnOf(hash) {
  return decodeURIComponent(hash.split("/turn/")[1] ?? "");
}
