// What the form of an assignment offers to choose from. Pure.

import { statusWords } from "../screens/words.js";

/** @typedef {import("../types/api.js").CaseCard} CaseCard */
/**
 * @typedef {Pick<CaseCard, "case_id" | "title" | "status" | "encounter_min" | "content_advisory" | "variants" | "rubrics"> & {words: string}} Offered
 *   `words`: as it stands in the list of cases
 */

/**
 * The cases of the library; and what the assignment has chosen already, should it have left the library since.
 * @param {readonly CaseCard[]} cases
 * @param {Pick<import("./calls.js").Assignment, "case_id" | "case_title" | "variant" | "rubric" | "equivalent" | "equivalent_title"> | null} found
 * @returns {Offered[]}
 */
export function shelfFor(cases, found) {
  const shelf = cases.map((each) => ({ ...each, words: `${each.title} (${statusWords(each.status).toLowerCase()})` }));
  const gone = (/** @type {string} */ id) => Boolean(id) && !cases.some((each) => each.case_id === id);
  if (found && gone(found.case_id)) shelf.push(/** @type {any} */ (left(found.case_id, found.case_title, found.rubric, found.variant)));
  if (found && gone(found.equivalent)) shelf.push(/** @type {any} */ (left(found.equivalent, found.equivalent_title, found.rubric, "")));
  return shelf;
}

/** @param {string} id @param {string} title @param {string} rubric @param {string} variant @returns {Offered} */
function left(id, title, rubric, variant) {
  const variants = variant ? [{ id: variant, label: variant, cultural_frame: "", requires_review: false }] : [];
  const rubrics = rubric ? [{ id: rubric, title: rubric }] : [];
  return { case_id: id, title, status: "gone", encounter_min: 0, content_advisory: [], variants, rubrics, words: `${title} (no longer in the library)` };
}

/** @param {Offered | undefined} chosen @returns {[string, string][]} */
export function rubricChoices(chosen) {
  const rubrics = chosen?.rubrics ?? [];
  const own = rubrics[0];
  if (!own) return [["", chosen?.status === "gone" ? "As it was when it was published" : "None: nothing is scored in this case"]];
  return [["", `The case's own: ${own.title}`], ...rubrics.map((each) => /** @type {[string, string]} */ ([each.id, each.title]))];
}

/**
 * Cases that are scored by the same rubric as the one that is set.
 * @param {readonly Offered[]} shelf
 * @param {Offered | undefined} chosen
 * @param {string} rubric empty: the case's own
 * @returns {[string, string][]}
 */
export function equivalents(shelf, chosen, rubric) {
  const by = rubric || (chosen?.rubrics[0]?.id ?? "");
  const equal = (/** @type {Offered} */ each) => each.status === "gone" || (by ? each.rubrics.some((one) => one.id === by) : !each.rubrics.length);
  const others = shelf.filter((each) => each.case_id !== chosen?.case_id && equal(each));
  return [["", others.length ? "None: they ask their teachers" : "None: no other case is scored by this rubric"], ...others.map((each) => /** @type {[string, string]} */ ([each.case_id, each.encounter_min ? `${each.title}, ${each.encounter_min} minutes` : each.words]))];
}
