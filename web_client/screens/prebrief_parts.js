// The parts of the prebrief, each from what the case makes public.

import { foldable, h, list } from "../app/dom.js";
import { destinations, leaves } from "./consent.js";
import { people } from "../live/people.js";
import { foldedWhenNarrow } from "../report/folds.js";
import { roleCard } from "./role_card.js";
import { actWords, REVERSED, statusWords } from "./words.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").Engine} Engine */

/** The note at the door, the task, and who is inside. @param {CaseBriefing} detail */
export function door(detail) {
  const here = people(detail.cast).filter((each) => each.present);
  const later = people(detail.cast).filter((each) => !each.present);
  const things = detail.cast.filter((each) => each.role_type === "system");
  const about = ["Before you go in", `${detail.encounter_min} minutes`, statusWords(detail.status)];
  if (detail.unfolding) about.splice(1, 0, actWords(detail.unfolding));
  return h(
    "header",
    { class: "stack" },
    h("p", { class: "eyebrow" }, about.join(" · ")),
    h("h1", null, detail.title),
    h(
      "div",
      { class: "door-note" },
      h("h2", { class: "eyebrow" }, "Door note"),
      h("p", { class: "voice" }, detail.door_note),
      h("p", { class: "soft" }, detail.setting),
    ),
    h("dl", { class: "brief" },
      h("div", null, h("dt", null, "You are"), h("dd", null, detail.learner_role, detail.activity === "role_reversal" && h("p", { class: "soft" }, `${REVERSED}.`))),
      h("div", null, h("dt", null, "Your task"), h("dd", null, detail.task)),
      whom("You meet", here),
      whom("May come in", later),
      whom("Also there", things),
    ),
  );
}

/** @param {string} title @param {readonly import("../types/api.js").Person[]} some */
function whom(title, some) {
  if (!some.length) return null;
  const rows = some.map(({ name, age, public: known }) => h("p", null, h("strong", null, age ? `${name}, ${age}. ` : `${name}. `), known));
  return h("div", null, h("dt", null, title), h("dd", null, ...rows));
}

/** Only for who plays the patient. @param {CaseBriefing} detail */
export function yourCard(detail) {
  if (!detail.role_card) return null;
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "Your card"),
    h("p", { class: "soft" }, "You tell what you choose to tell. The card stays with you in the room; nobody there has read it."),
    h("div", { class: "door-note" }, roleCard(detail.role_card)),
  );
}

/** A part that may be read: open where there is room, else one press away by its heading. @param {string} title @param {...import("../app/dom.js").Child} children */
function folded(title, ...children) {
  return foldedWhenNarrow(h("h2", null, title), h("div", { class: "stack" }, ...children));
}

/** @param {CaseBriefing} detail */
export function learn(detail) {
  return folded("What this is for", list(detail.objectives, { class: "objectives" }));
}

/** @param {CaseBriefing} detail */
export function rubric(detail) {
  if (!detail.rubric) return notScored(detail);
  const { title, claim, dimensions, evidence_rules: rules } = detail.rubric;
  const folds = dimensions.map((each) => {
    const anchors = Object.entries(each.anchors).sort(([one], [other]) => Number(one) - Number(other));
    const rows = anchors.map(([level, text]) => h("div", null, h("dt", null, level), h("dd", null, text)));
    const summary = h("span", { class: "fold-title" }, h("strong", null, each.name), h("span", { class: "soft" }, each.question));
    return foldable(summary, h("dl", { class: "anchors" }, ...rows));
  });
  return folded(
    "What the report looks at",
    h("p", null, `${title}. ${claim} Each has five levels, from 0 to 4; open one to read them.`),
    h("div", { class: "folds" }, ...folds, foldable(h("span", { class: "fold-title" }, h("strong", null, "What counts as evidence")), list(rules))),
  );
}

/** @param {CaseBriefing} detail */
function notScored(detail) {
  if (detail.activity !== "role_reversal") return null;
  return h("section", { class: "stack" }, h("h2", null, "What comes afterwards"), h("p", null, "Nothing is scored. You are asked what it was like from your side of the bed, and you read the talk again."));
}

/**
 * What is agreed between the learner and a fiction.
 * @param {CaseBriefing} detail
 * @param {import("../app/dom.js").Child} instead what there is for whom the case is not
 */
export function contract(detail, instead) {
  const touches = detail.content_advisory.join(", ");
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "What we agree on"),
    h("p", { class: "pledge" }, detail.ai_disclosure),
    h("p", null, detail.fiction_contract),
    touches && h("p", null, h("strong", null, "This conversation touches on: "), `${touches}. `, instead),
    !touches && typeof instead !== "string" && h("p", null, instead),
    h(
      "p",
      null,
      h("strong", null, "Pause "), "with its button or with the words ", quoted(detail.pause_words), ". ",
      h("strong", null, "Stop "), "with its button or with ", quoted(detail.stop_words), ". The clock stands still, and stopping costs nothing.",
    ),
    h("p", null, h("strong", null, "Somebody to talk to: "), detail.support_contacts),
  );
}

/** @param {readonly string[]} phrases */
function quoted(phrases) {
  return phrases.map((phrase) => `“${phrase}”`).join(" or ");
}

/** @param {readonly Engine[]} all @param {string} kept of an assignment: who keeps it and how long; empty for practice */
export function consent(all, kept) {
  const told = destinations(all, location.hostname);
  const hosts = leaves(all);
  const rows = told.map((each) =>
    h("li", { class: each.away ? "away" : null }, each.text, each.notice ? h("span", { class: "soft" }, ` ${each.notice}`) : null),
  );
  const engines = h("ul", { class: "consent" }, ...rows);
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "Where your words go"),
    hosts.length
      ? h("p", { class: "note" }, `Your words leave this installation: ${hosts.join(", ")} receives them.`)
      : h("p", null, "Nothing you say leaves this installation of Bedside."),
    hosts.length ? engines : foldedWhenNarrow("Which engine does what", engines),
    h("p", null, `Sound is not kept. ${kept ? `As for your words, their reflection and their report: ${kept}` : "This is practice: nobody but you sees it unless you show it. The transcript, your reflection and the report are kept until you delete them in the list of your encounters."}`),
  );
}
