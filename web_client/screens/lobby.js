// The lobby: whom there is to meet, and the encounters that were begun here.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { placeOf, to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { caseCards } from "./case_cards.js";
import { confirmed } from "./dialogs.js";
import { MANY } from "./library.js";
import { askWatchers } from "./watchers.js";
import { beganWords, endedWords, placeWords } from "./words.js";

/** @typedef {import("../types/api.js").CaseCard} CaseCard */
/** @typedef {import("../types/api.js").EncounterCard} EncounterCard */

export async function lobby() {
  const [cases, encounters] = await Promise.all([api.cases(), api.encounters()]);
  const content = h(
    "div",
    { class: "stack-wide" },
    h(
      "header",
      { class: "stack" },
      h("h1", null, "Whom would you like to meet?"),
      h(
        "p",
        { class: "lead" },
        "You talk with people who are played by software, by voice or in writing. Then you reflect, and read a report that quotes you.",
      ),
    ),
    cases.length ? caseCards(cases) : noCases(),
    ownEncounters(encounters, cases),
    boards(),
  );
  return { title: "Cases", content, wide: cases.length > MANY };
}

function boards() {
  return h(
    "section",
    { class: "stack", "aria-labelledby": "cohort" },
    h("h2", { id: "cohort" }, "With a cohort"),
    h("p", null, "On a reflection board everybody writes about an encounter, reads each other, and is asked further."),
    h("p", null, h("a", { class: "button quiet", href: to.boards() }, "Reflection boards")),
  );
}

function noCases() {
  return h(
    "div",
    { class: "empty" },
    h("p", null, "There is no case here yet. A case is one YAML file in the folder ", h("code", null, "personas"), "."),
    h("p", { class: "soft" }, "The guide beside them shows how to write one; ", h("code", null, "bedside check"), " says what is missing."),
  );
}

/**
 * @param {EncounterCard[]} encounters
 * @param {CaseCard[]} cases
 */
function ownEncounters(encounters, cases) {
  const heading = h("h2", { id: "own" }, "Your encounters");
  const rows = encounters.map((each) => encounterRow(each, cases));
  const body = rows.length
    ? h("ul", { class: "rows" }, ...rows)
    : h(
        "div",
        { class: "empty" },
        h("p", null, "Nothing yet. When you have met somebody, you find the encounter here: to go on, to read its report, or to delete it."),
        h("p", { class: "soft" }, "Nobody is good at this the first time, and nothing here is graded by a program alone."),
      );
  return h("section", { class: "stack", "aria-labelledby": "own" }, heading, body);
}

/**
 * @param {EncounterCard} each
 * @param {CaseCard[]} cases
 */
function encounterRow(each, cases) {
  const known = cases.find((one) => one.case_id === each.case_id);
  const title = known?.title ?? each.case_id;
  const words = endedWords(each.phase, each.ended, known?.people.length === 1 && !known.variants.length ? known.people[0] : "");
  const open = each.phase === "paused" || each.phase === "encounter" || each.phase === "prebrief";
  const began = [beganWords(each.created_at), each.course_id && "for an assignment", each.retry_of && "a moment tried again"].filter(Boolean).join(" · ");
  const row = h(
    "li",
    { class: "row-item" },
    h("div", null, h("strong", null, title), h("p", { class: "soft" }, [began, words].filter(Boolean).join(" · "))),
    h(
      "div",
      { class: "row" },
      open && h("button", { class: "button quiet", type: "button", onclick: () => void askWatchers(each.id) }, "Who may watch"),
      h("a", { class: "button quiet", href: placeOf(each.id, each.phase) }, placeWords(each.phase)),
      !each.course_id && h("button", { class: "button quiet", type: "button", onclick: () => forget(each, title, row) }, "Delete"),
    ),
  );
  return row;
}

/**
 * @param {EncounterCard} each
 * @param {string} title
 * @param {HTMLElement} row
 */
async function forget(each, title, row) {
  const sure = await confirmed({
    title: "Delete this encounter?",
    text: [`Everything you said in “${title}”, your reflection, its report, and the moments of it that you tried again are deleted for good.`],
    yes: "Delete it",
    no: "Keep it",
  });
  if (!sure) return;
  try {
    await api.forget(each.id);
    const list = row.parentElement;
    row.remove();
    if (!list?.children.length) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else document.querySelector("h1")?.focus();
  } catch (error) {
    row.querySelector("[role=alert]")?.remove();
    row.append(h("p", { class: "note", role: "alert" }, messageOf(error)));
  }
}
