// The cards of the lobby: whom one meets, as whom, for how long; narrowed down by profession where there are many.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { listed } from "../live/people.js";
import { inOrder, professions } from "./library.js";
import { actWords, professionWords, REVERSED, statusWords } from "./words.js";

/** @typedef {import("../types/api.js").CaseCard} CaseCard */

/** @param {readonly CaseCard[]} cases */
export function caseCards(cases) {
  const cards = inOrder(cases).map((each) => ({ profession: each.profession, content: caseCard(each) }));
  const list = h("ul", { class: "cards" }, ...cards.map((each) => each.content));
  const found = professions(cases);
  return h("section", { class: "stack", "aria-label": "Cases" }, found.length > 0 && narrowing(found, show), list);

  /** @param {string} profession empty: all */
  function show(profession) {
    for (const each of cards) each.content.hidden = Boolean(profession) && each.profession !== profession;
    const count = cards.filter((each) => !each.content.hidden).length;
    announce(count === 1 ? "1 case" : `${count} cases`);
  }
}

/** @param {readonly string[]} found @param {(profession: string) => void} show */
function narrowing(found, show) {
  const choices = ["", ...found].map((value) =>
    h("label", { class: "mark" }, h("input", { type: "radio", name: "profession", value, checked: !value, onchange: () => show(value) }), h("span", null, value ? professionWords(value) : "All")),
  );
  return h("fieldset", { class: "narrowing" }, h("legend", null, "Cases for"), h("div", { class: "marks" }, ...choices));
}

/** @param {CaseCard} each */
function caseCard(each) {
  const time = `${each.encounter_min} minutes`;
  const above = [each.unfolding && actWords(each.unfolding), each.activity === "role_reversal" && REVERSED].filter(Boolean);
  return h(
    "li",
    { class: "card case-card" },
    h("div", { class: "stack-tight" }, above.length > 0 && h("p", { class: "eyebrow" }, above.join(" · ")), h("h2", null, h("a", { href: to.case(each.case_id), class: "card-link" }, each.title))),
    h("p", { class: "card-summary" }, each.summary),
    h(
      "dl",
      { class: "brief card-facts" },
      fact("You meet", listed(each.people)),
      fact("You are", each.learner_role),
      each.profession === "other" ? fact("Time", time) : fact("For", `${professionWords(each.profession)}, ${time}`),
    ),
    each.reserved && h("p", { class: "note" }, each.reserved),
    h("p", { class: "soft" }, statusWords(each.status)),
  );
}

/** @param {string} name @param {string} text */
function fact(name, text) {
  return h("div", null, h("dt", null, name), h("dd", null, text));
}
