// One assignment, before going in: what it is for, who sees it and for how long; then the case's own prebrief.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { prebrief } from "../screens/prebrief.js";
import { kindTag } from "./assignments.js";
import { student } from "./calls.js";
import { attemptsWords, timeWords, windowWords } from "./words.js";

/** @typedef {import("./calls.js").Assignment} Assignment */

/** @param {string} id */
export async function assignmentPage(id) {
  const assigned = await student.assignment(id);
  const detail = await api.case(assigned.case_id, assigned.variant);
  return prebrief(detail, {
    title: assigned.title,
    head: about(assigned),
    mayGoIn: assigned.may_begin,
    why: assigned.go_on ? "An attempt of yours is running. Go on with that one." : assigned.why_not,
    goOn: assigned.go_on,
    kept: `${assigned.retention_words} ${assigned.seen_by_words}`,
    goIn: async () => (await student.attempt(id)).id,
    back: to.assignments(),
  });
}

/** @param {Assignment} each */
function about(each) {
  return h(
    "section",
    { class: "card stack", "aria-labelledby": "assigned" },
    h("p", { class: "row tags" }, kindTag(each), h("span", { class: "tag" }, windowWords(each))),
    h("h2", { id: "assigned" }, `${each.title}, for ${each.course}`),
    each.instructions && h("p", { class: "prose" }, each.instructions),
    h(
      "dl",
      { class: "brief" },
      row("What it is", each.kind_words),
      row("How it is played", each.portrayal === "assessment" ? "As in an examination: the same moments for everybody, no reward and no help." : "For learning: what helps visibly helps."),
      row("Attempts", attemptsWords(each)),
      row("Your time", each.text_mode ? `${timeWords(each.time_percent)}. In writing, as agreed.` : timeWords(each.time_percent)),
      row("Marks", each.release_words),
      row("Who sees it", each.seen_by_words),
      row("How long it is kept", each.retention_words),
      each.study_words ? row("A study", each.study_words) : null,
    ),
  );
}

/** @param {string} name @param {string} text */
function row(name, text) {
  return text ? h("div", null, h("dt", null, name), h("dd", null, text)) : null;
}
