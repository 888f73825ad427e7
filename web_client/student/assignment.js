// One assignment, before going in: what it is for, what it costs; then the prebrief of its case, or of the equivalent.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { prebrief } from "../screens/prebrief.js";
import { kindTag } from "./assignments.js";
import { student } from "./calls.js";
import { attemptsWords, opensIn, timeWords, windowWords } from "./words.js";

/** @typedef {import("./calls.js").Assignment} Assignment */
/** @typedef {import("../screens/prebrief.js").Settled} Settled */

/** @param {string} id @param {boolean} instead of the case that was set, the equivalent one */
export async function assignmentPage(id, instead) {
  const [assigned, detail] = await Promise.all([student.assignment(id), student.briefing(id, instead)]);
  return prebrief(detail, settledBy(assigned, instead));
}

/** @param {Assignment} assigned @param {boolean} instead @returns {Settled} */
function settledBy(assigned, instead) {
  const { id, equivalent } = assigned;
  const door = instead && equivalent ? equivalent : assigned;
  const reread = async () => settledBy(await student.assignment(id), instead);
  return {
    title: assigned.title,
    head: about(assigned, instead),
    instead: instead ? "If that is not for you either, ask your teachers; nobody asks why." : other(assigned),
    mayGoIn: door.may_begin,
    why: assigned.go_on ? "An attempt of yours is running. Go on with that one." : door.why_not,
    goOn: assigned.go_on,
    more: !instead && !assigned.may_begin && equivalent?.may_begin ? other(assigned) : null,
    kept: `${assigned.retention_words} ${assigned.seen_by_words}`,
    carry: assigned.kind === "formative",
    goIn: async (wish) => (await student.attempt(id, { equivalent: instead, carry: wish.carry })).id,
    reread,
    whenOpen: (open) => whenOpen(assigned, async () => open(await reread())),
    back: to.assignments(),
  };
}

/**
 * Once the window opens by the server's clock, however wrong this browser's is. What is far off is not waited for.
 * @param {Assignment} assigned @param {() => Promise<void>} then
 * @returns {() => void} stops waiting
 */
function whenOpen(assigned, then) {
  const ms = opensIn(assigned);
  // a page that could not be read again says what it said before, and can be reloaded
  const timer = ms === null ? 0 : setTimeout(() => void then().catch(() => {}), ms);
  return () => clearTimeout(timer);
}

/** @param {Assignment} each what there is for whoever does not want its case */
function other({ id, equivalent }) {
  if (!equivalent) return "If that is not for you, ask your teachers for an equivalent case; nobody asks why.";
  const touches = equivalent.content_advisory.length ? ` It touches on: ${equivalent.content_advisory.join(", ")}.` : "";
  return h("span", null, "If this case is not for you, take the equivalent one: ", h("a", { href: to.instead(id) }, `“${equivalent.case_title}”`), `.${touches} It counts the same and costs no attempt. Nobody asks why; your teachers see which of the two you did.`);
}

/** @param {Assignment} each @param {boolean} instead */
function about(each, instead) {
  return h(
    "section",
    { class: "card stack", "aria-labelledby": "assigned" },
    h("p", { class: "row tags" }, kindTag(each), h("span", { class: "tag" }, windowWords(each)), instead && h("span", { class: "tag" }, "The equivalent case")),
    h("h2", { id: "assigned" }, `${each.title}, for ${each.course}`),
    instead && h("p", null, "This is the equivalent case; nobody asks why you are here. What your course set is ", h("a", { href: to.assignment(each.id) }, `“${each.case_title}”`), "."),
    each.instructions && h("p", { class: "prose" }, each.instructions),
    h(
      "dl",
      { class: "brief" },
      row("What it is", each.kind_words),
      row("How it is played", each.portrayal === "assessment" ? "As in an examination: the same moments for everybody, no reward and no help." : "For learning: what helps visibly helps."),
      row("Attempts", attemptsWords(each)),
      row("Your time", each.text_mode ? `${timeWords(each.time_percent)}. In writing, as agreed.` : timeWords(each.time_percent)),
      row("Marks", each.release_words),
      row("A study", each.study_words),
    ),
  );
}

/** @param {string} name @param {string} text */
function row(name, text) {
  return text ? h("div", null, h("dt", null, name), h("dd", null, text)) : null;
}
