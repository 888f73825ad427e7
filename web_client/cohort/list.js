// The assignments whose encounters can be looked at together.

import { emptyState, pageHead, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { cohorts } from "./calls.js";

/** @typedef {import("./calls.js").CohortRow} Row */

/** @returns {Promise<import("../app/main.js").Screen>} */
export async function cohortsPage() {
  const rows = await cohorts.list();
  const lead = "What the learners of an assignment met and what they passed by, how hard each line of the rubric was, and how far marks agree. No names, and no order of learners.";
  return { title: "Cohorts", content: h("article", { class: "stack-wide" }, pageHead({ title: "Cohorts", lead }), rows.length ? listed(rows) : nothing()), wide: true };
}

function nothing() {
  return emptyState({
    title: "No assignment yet",
    text: "Once learners of a course of yours have done an assignment, their encounters can be looked at together here.",
    hint: "It takes five learners: fewer could be told apart.",
    action: h("a", { class: "button", href: "#/courses" }, "To your courses"),
  });
}

/** @param {readonly Row[]} rows */
function listed(rows) {
  return table({
    caption: "Assignments of your courses",
    hideCaption: true,
    columns: [
      { head: "Assignment", names: true, by: (/** @type {Row} */ row) => row.title, cell: (/** @type {Row} */ row) => h("a", { href: to.cohort(row.id) }, row.title) },
      { head: "Course", by: (/** @type {Row} */ row) => row.course, cell: (/** @type {Row} */ row) => row.course },
      { head: "Case", cell: (/** @type {Row} */ row) => row.case_title },
      { head: "Scored", number: true, cell: (/** @type {Row} */ row) => `${row.scored} of ${row.learners} learners` },
      { head: "To see", cell: (/** @type {Row} */ row) => (row.enough ? "Ready" : "Too few yet") },
    ],
    rows,
  });
}
