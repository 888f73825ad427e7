// The report: what was said, what it was offered for, and a draft that quotes it. Feedback, not a verdict.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { firstAndNow } from "../debrief/first_and_now.js";
import { oneMoment } from "../debrief/one_moment.js";
import { ownPages } from "../debrief/own_pages.js";
import { tried } from "../debrief/tried.js";
import { workspace } from "../debrief/workspace.js";
import { facts } from "../report/facts.js";
import { unfold } from "../report/folds.js";
import { heading, label } from "../report/heading.js";
import { moments } from "../report/moments.js";
import { profile } from "../report/profile.js";
import { comparison } from "../report/comparison.js";
import { isSpoken } from "../report/doubt.js";
import { notScored } from "../report/other_side.js";
import { onward } from "../report/onward.js";
import { quote } from "../report/quote.js";
import { signOff } from "../report/sign_off.js";
import { timeline } from "../report/timeline.js";
import { transcript } from "../report/transcript.js";
import { awaited, isAwaited } from "../student/awaited.js";
import { madeFor } from "../student/made_for.js";
import { shareIt } from "../student/sharing.js";
import { student } from "../student/calls.js";
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
  const detail = await api.caseOf(encounter.id);
  const [cases, watched] = await Promise.all([detail.unfolding ? api.cases() : [], card.status === "draft" || card.status === "signed" ? api.comparisons(id) : []]);
  const corrections = card.status !== "not_scored" && encounter.turns.some(isSpoken) ? await api.corrections(id) : [];
  const [assigned, shares] = encounter.course_id ? [await student.assigned(id), null] : [null, await student.shares(id)];
  const cast = membersOf(detail.cast, card.speakers);
  const [talk, written] = talkedAbout(card) ? await Promise.all([api.debrief(id), api.writings(id)]) : [null, null];
  const about = { id, card, encounter, detail, cast, name: namesOf(cast, card.speakers), number: numbers(encounter.turns), cases, watched, corrections, debrief: talk, written, assigned, shares };
  const words = transcript(about);
  const [work, own] = [workspace(about), ownPages(about)];
  const content = h("article", { class: "stack-wide report" }, ...parts(about, words.content, [work.content, own.content]));
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
    leave: () => { clearTimeout(again); folded(); work.leave(); own.leave(); },
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
 *   cases: import("../types/api.js").CaseCard[], watched: import("../types/api.js").Comparison[], corrections: import("../types/api.js").Correction[],
 *   assigned: import("../student/calls.js").Assigned | null, shares: import("../student/calls.js").Shares | null,
 *   debrief: import("../types/debrief.js").Debriefing | null, written: import("../types/debrief.js").Writings | null, name: (speaker: string) => string, number: Map<string, number>}} About */

/** Whether there is anything to debrief: not where it was stopped, nor while the draft is being made. @param {Scorecard} card */
function talkedAbout(card) {
  return card.status === "draft" || card.status === "signed" || card.not_scored === "role_reversal";
}

/**
 * @param {About} about
 * @param {HTMLElement} words
 * @param {(HTMLElement | null)[]} own what the learner writes for themselves
 * A moment that was tried again has no profile: a few words are no basis for six marks.
 */
function parts(about, words, own) {
  const top = h("div", { class: "stack" }, heading(about), madeFor(about.assigned), shareIt(about.id, about.shares));
  if (about.card.status === "not_scored") return [top, notScored(about), words, ...own];
  if (about.card.status === "pending") return [top, h("p", { class: "note" }, "The draft is being made. This page asks again by itself."), words];
  if (about.debrief?.retry) return [top, firstAndNow(about), oneMoment(about), at("moments", moments(about)), ...observed(about), words, facts(about.card.timing), label(about)];
  const waits = isAwaited(about);
  const marks = [at("timeline", timeline(about)), at("profile", waits ? awaited(about) : profile(about)), !about.assigned?.withheld && signOff(about), at("moments", moments(about))];
  return [top, !waits && oneMoment(about), ...marks, ...observed(about), tried(about), ...own, words, facts(about.card.timing), onward(about, about.cases), label(about)];
}

/** Where the debriefing points to. @template {HTMLElement | null} E @param {string} id @param {E} part @returns {E} */
function at(id, part) {
  if (part) part.id = id;
  return part;
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

/** Turns are counted as they are read. @param {readonly {id: string}[]} turns */
function numbers(turns) {
  return new Map(turns.map((turn, at) => [turn.id, at + 1]));
}

/** @param {string} hash */
function turnOf(hash) {
  return decodeURIComponent(hash.split("/turn/")[1] ?? "");
}
