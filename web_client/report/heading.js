// What this is, of what, made by what; and that it is a draft.

import { h } from "../app/dom.js";
import { listed, people, sentBy } from "../live/people.js";
import { actWords, hearingWords, sentAwayWords } from "../screens/words.js";
import { minutes } from "../live/clock.js";

/** @typedef {import("../screens/report.js").About} About */

const SIGNED = { faculty: "Signed by faculty", owner: "Signed by faculty", learner: "Signed by the learner, not by faculty", guest: "Signed by a guest, not by faculty" };

/** @param {About} about */
export function heading({ card, encounter, detail, cast, name }) {
  const signed = card.status === "signed";
  const official = !["learner", "guest"].includes(card.marking.signature?.who ?? "");
  const held = card.dimensions.some((each) => each.status === "held");
  const scored = card.status !== "not_scored";
  const length = encounter.timing["encounter_ms"];
  const how = encounter.portrayal === "assessment" ? "played as in an examination" : "played for learning";
  const met = people(cast).map((each) => each.name);
  const variant = detail.variants.find((each) => each.id === encounter.variant)?.label;
  const about = [`With ${listed(met)}`, detail.unfolding && actWords(detail.unfolding), variant, `case version ${encounter.case_version}`, how, length ? `${minutes(length)} minutes` : ""];
  return h(
    "header",
    { class: "stack report-head" },
    h(
      "p",
      { class: "row tags" },
      scored && h("span", { class: signed && official ? "tag good" : "tag warm" }, signed ? SIGNED[card.marking.signature?.who ?? "faculty"] : held ? "Waiting for your faculty" : "Draft: not signed by faculty"),
      scored && !held && !signed && h("span", { class: "tag" }, "Made by a program"),
      h("span", { class: "tag" }, met.length > 1 ? "Everybody you met was software" : `${met[0] ?? "Whoever you met"} was software`),
    ),
    h("h1", null, detail.title),
    h("p", { class: "soft" }, about.filter(Boolean).join(" · ")),
    encounter.ended === "sent_away" && h("p", null, sentAwayWords(sentBy(encounter.turns, name)), " It is looked at like any other."),
    scored && h("p", { class: "lead" }, card.rubric["claim"] ?? ""),
    scored && hearingWords(card.provenance) && h("p", { class: "note" }, hearingWords(card.provenance)),
    scored && keeping(encounter.id),
  );
}

/** To take along: laid out on A4 by the server, or this page as the browser prints it. @param {string} id of the encounter */
function keeping(id) {
  return h(
    "p",
    { class: "row screen-only" },
    h("a", { class: "button quiet small", href: `/api/encounters/${encodeURIComponent(id)}/report.pdf`, download: `report-${id}.pdf` }, "Download as PDF"),
    h("button", { class: "button quiet small", type: "button", onclick: () => window.print() }, "Print this page"),
  );
}

/** By what this was made, so that it can be made again. @param {About} about */
export function label({ card }) {
  const about = card.provenance;
  const made = [`Rubric: ${card.rubric["title"] ?? card.rubric["id"] ?? ""} ${card.rubric["version"] ?? ""}`];
  if (about["rater"]) made.push(`rater: ${about["rater"]}`);
  if (about["hearing"]) made.push(`heard by: ${about["hearing"]}`);
  if (about["case_digest"]) made.push(`case digest: ${about["case_digest"].slice(0, 12)}`);
  return h(
    "footer",
    { class: "soft provenance" },
    h("p", null, "Every quote was checked word for word against the transcript. Nothing is inferred from tone of voice or face. The mark of record is the faculty's."),
    h("p", null, made.join(" · ")),
  );
}
