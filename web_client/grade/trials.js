// The calibration sets of one's courses: what is still to be marked blind, and how far one was from what was signed.

import { h } from "../app/dom.js";
import { section, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { grading } from "./calls.js";
import { two } from "./agreement.js";

/** @typedef {import("./calls.js").TrialCard} TrialCard */
/** @typedef {import("./calls.js").TrialAgreement} TrialAgreement */

/** Those that this grader has not marked on today's version of the rubric. @param {readonly TrialCard[]} cards */
export function toMark(cards) {
  return cards.filter((each) => each.state === "to_mark");
}

/** One grader against what was signed, in words. @param {TrialAgreement} agreement */
export function agreementWords({ lines, same, apart }) {
  const mean = apart === null ? "" : apart === 0 ? "; on the whole neither stricter nor more lenient" : `; ${two(Math.abs(apart))} levels ${apart < 0 ? "stricter" : "more lenient"} on the whole`;
  return `${same} of ${lines.length} lines the same${mean}.`;
}

export async function trials() {
  const cards = await grading.trials();
  if (!cards.length) {
    return section("Calibration set", h("p", null, "No course of yours has one. Whoever signs a telling transcript can put it there, on its grading page: three to five of them, good, middling and poor. New graders mark them blind first, and then see how far they were from what was signed."));
  }
  return section(
    "Calibration set",
    h("p", null, "Mark these blind before your first transcript on a new version of a rubric. Your marks here count nowhere; from so few nothing follows but a talk with your colleagues."),
    table({
      caption: "Transcripts with signed marks",
      rows: cards,
      columns: [
        { head: "Case", names: true, cell: (each) => (each.state === "known" ? each.case : h("a", { href: to.trial(each.encounter_id) }, each.case)) },
        { head: "Course", cell: (each) => each.course },
        { head: "Rubric", cell: (each) => `${each.rubric}, ${each.rubric_version}` },
        { head: "You", cell: (each) => (each.agreement ? agreementWords(each.agreement) : each.state === "known" ? "you have seen its marks" : h("span", { class: "tag warm" }, "to be marked blind")) },
      ],
    }),
  );
}
