// What is met and by what it is scored: the case, its variant, an equivalent for who does not want it, the rubric.

import { h } from "../app/dom.js";
import { field } from "../app/parts.js";
import { equivalents, rubricChoices, shelfFor } from "./choices.js";

/** @typedef {import("./calls.js").Assignment} Assignment */
/** @typedef {import("../types/api.js").CaseCard} CaseCard */
/** @typedef {readonly [string, string]} Option value and words */

const EQUIVALENT = "For whoever does not want this one, for what it touches on: nobody is asked why, and no attempt is lost. Scored by the same rubric; its own moments stay out of the cohort's figures.";

/** @param {readonly CaseCard[]} cases @param {Assignment | null} found */
export function caseFields(cases, found) {
  const shelf = shelfFor(cases, found);
  const touches = h("span", null, "");
  const [named, variant, rubric, equivalent] = [h("select", { name: "case_id" }), h("select", { name: "variant" }), h("select", { name: "rubric" }), h("select", { name: "equivalent" })];
  const whichVariant = field({ label: "Variant", control: variant });

  /** The rest follows the case; what was chosen stays chosen where it is still offered. @param {{variant: string, rubric: string, equivalent: string}} wish */
  function offer(wish) {
    const chosen = shelf.find((each) => each.case_id === named.value);
    const variants = (chosen?.variants ?? []).map((each) => /** @type {Option} */ ([each.id, each.label]));
    touches.textContent = chosen?.content_advisory.length ? `It touches on: ${chosen.content_advisory.join(", ")}.` : "";
    fillIn(variant, [["", "The case as written"], ...variants], wish.variant);
    fillIn(rubric, rubricChoices(chosen), wish.rubric);
    fillIn(equivalent, equivalents(shelf, chosen, rubric.value), wish.equivalent);
    whichVariant.element.hidden = !variants.length;
  }

  const again = () => offer({ variant: variant.value, rubric: rubric.value, equivalent: equivalent.value });
  fillIn(named, shelf.map((each) => /** @type {Option} */ ([each.case_id, each.words])), found?.case_id ?? "");
  named.addEventListener("change", again);
  rubric.addEventListener("change", again);
  offer({ variant: found?.variant ?? "", rubric: found?.rubric ?? "", equivalent: found?.equivalent ?? "" });
  return {
    fields: [field({ label: "Case", hint: touches, control: named }), whichVariant, field({ label: "Equivalent case", hint: EQUIVALENT, control: equivalent })],
    rubric: field({ label: "Rubric", hint: "Drafts and marks go by it, and learners read it before they begin.", control: rubric }),
    value: () => ({ case_id: named.value, variant: variant.value, equivalent: equivalent.value, rubric: rubric.value }),
  };
}

/** @param {HTMLSelectElement} select @param {readonly Option[]} options @param {string} chosen else the first is */
function fillIn(select, options, chosen) {
  select.replaceChildren(...options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}
