// Practice that learners showed to the staff of a course, until they take it back.

import { h } from "../app/dom.js";
import { emptyState, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { when } from "../student/words.js";
import { courses } from "./calls.js";

/** @typedef {import("./calls.js").Course} Course */

/** Fetched when the tab is first opened. @param {Course} course */
export function sharedWith(course) {
  const place = h("div", { class: "stack" }, h("p", { class: "soft", role: "status" }, "Looking for what was shown to you."));
  courses.shared(course.id).then(
    (found) => place.replaceChildren(found.length ? listed(found) : nothing()),
    (failure) => place.replaceChildren(h("p", { class: "error", role: "alert" }, messageOf(failure))),
  );
  return place;
}

function nothing() {
  return emptyState({
    title: "Nobody has shown you practice yet",
    text: "Practice is a learner's own. From its report they can show one encounter to the staff of their course, and take it back; then it stands here.",
  });
}

/** @param {import("./calls.js").Shared[]} found */
function listed(found) {
  return table({
    caption: "Practice that learners showed to the staff of this course",
    columns: [
      { head: "Learner", names: true, by: (each) => each.name, cell: (each) => each.name },
      { head: "Case", by: (each) => each.case_title, cell: (each) => each.case_title },
      { head: "Shown", by: (each) => each.shared_at, cell: (each) => when(each.shared_at) },
      { head: "Open", quiet: true, cell: (each) => h("a", { class: "button small quiet", href: to.mark(each.encounter_id), "aria-label": `Read it: what ${each.name} showed` }, "Read it") },
    ],
    rows: found,
  });
}
