// One course, for its staff: what it asks, who is in it, what was shown to it, how it is set up.

import { h } from "../app/dom.js";
import { confirmed, emptyState, field, form, pageHead, statusLine, table, tabs } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { windowWords } from "../student/words.js";
import { assignmentFormPage } from "./assignment_form.js";
import { courses } from "./calls.js";
import { peopleOf } from "./people.js";
import { retentionFields } from "./retention_fields.js";
import { sharedWith } from "./shared.js";
import { statusPage } from "./status.js";
import { counted, listOf, retentionWords } from "./words.js";

/** @typedef {import("./calls.js").Course} Course */
/** @typedef {import("./calls.js").Assignment} Assignment */

/**
 * @param {string} id
 * @param {string} part `assignment` for the form, `status` for where everybody stands; empty: the course itself
 * @param {string} which id of an assignment; `new` for a new one
 */
export async function coursePage(id, part, which) {
  if (part === "assignment" && which) return assignmentFormPage(id, which);
  if (part === "status" && which) return statusPage(id, which);
  const [course, asked, people] = await Promise.all([courses.read(id), courses.assignments(id), courses.people(id)]);
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({
      title: course.title,
      above: [{ text: "Courses", href: to.courses() }],
      state: h("span", { class: "tag" }, course.open ? "open" : "closed"),
      lead: `${course.code ? `${course.code}: ` : ""}${counted(course.learners, "learner", "learners")}, ${course.staff} on the staff. Encounters are kept ${retentionWords(course.retention)}.`,
    }),
    tabs(
      [
        { id: "asked", name: "Assignments", content: () => assignmentsOf(course, asked) },
        { id: "people", name: "People", content: () => peopleOf(course, people) },
        { id: "shown", name: "Shown to you", content: () => sharedWith(course) },
        { id: "settings", name: "Settings", content: () => settingsOf(course) },
      ],
      { label: "This course", chosen: part },
    ).element,
  );
  return { title: course.title, content, wide: true };
}

/** @param {Course} course @param {Assignment[]} asked */
function assignmentsOf(course, asked) {
  const make = course.open ? h("a", { class: "button primary", href: to.assigning(course.id, "new") }, "New assignment") : null;
  if (!asked.length) {
    return emptyState({
      title: "Nothing is asked of this course yet",
      text: "An assignment sends every learner to the same case: with a window, a number of attempts, and a day on which marks are shown. You see what a student will see before you publish it.",
      action: make,
    });
  }
  return h("div", { class: "stack" }, make && h("p", null, make), assignmentsTable(course, asked));
}

/** @param {Course} course @param {Assignment[]} asked */
function assignmentsTable(course, asked) {
  return table({
    caption: "Assignments, newest first",
    columns: [
      { head: "Assignment", names: true, by: (each) => each.title, cell: (each) => h("a", { href: to.standing(course.id, each.id) }, each.title) },
      { head: "Kind", cell: (each) => h("span", { class: each.kind === "summative" ? "tag warm" : "tag" }, each.kind === "summative" ? "Summative: it counts" : "Formative: for learning") },
      { head: "Case", cell: (each) => [each.case_title, each.case_version && `version ${each.case_version}`, each.equivalent && `or instead “${each.equivalent_title}”`].filter(Boolean).join(", ") },
      { head: "Window", cell: (each) => (each.published ? windowWords(each) : "not published yet") },
      { head: "Attempts made", number: true, by: (each) => each.attempts_made, cell: (each) => each.attempts_made },
      { head: "Change", quiet: true, cell: (each) => h("a", { class: "button small quiet", href: to.assigning(course.id, each.id), "aria-label": `Change ${each.title}` }, "Change") },
    ],
    rows: asked,
  });
}

/** @param {Course} course */
function settingsOf(course) {
  let edition = course.edition;
  const title = field({ label: "Name of the course", control: h("input", { name: "title", type: "text", required: true, maxlength: 120, value: course.title }) });
  const code = field({ label: "Code", control: h("input", { name: "code", type: "text", maxlength: 40, value: course.code }) });
  const groups = field({ label: "Groups", hint: "One a line. Whoever is in a group that you take out stays in the course.", control: h("textarea", { name: "groups", rows: 4 }, course.groups.join("\n")) });
  const open = h("select", { name: "open" }, h("option", { value: "yes", selected: course.open }, "Open"), h("option", { value: "no", selected: !course.open }, "Closed: nobody begins anything, everything stays readable"));
  const state = field({ label: "State", control: open });
  const kept = retentionFields(course.retention, { course: false });
  const told = statusLine();
  const saved = form({
    fields: [title, code, groups, state, ...kept.fields],
    more: [told.element],
    submit: "Save the settings",
    send: async () => {
      told.say("");
      const wish = { edition, title: title.control.value, code: code.control.value, groups: listOf(groups.control.value), open: open.value === "yes", retention: kept.value() };
      // what the other tabs offer from now on, the groups above all
      edition = Object.assign(course, await courses.change(course.id, wish)).edition;
      told.say("Saved. Assignments that are published keep the retention they had.");
    },
  });
  return h("div", { class: "stack-wide" }, saved, dropping(course));
}

/** @param {Course} course */
function dropping(course) {
  const told = statusLine();
  async function drop() {
    const sure = await confirmed({ title: `Delete ${course.title}?`, text: ["Its people stay; its assignments go. This works only while nobody has made an attempt."], yes: "Delete the course", no: "Keep it" });
    if (!sure) return;
    try {
      await courses.drop(course.id);
      location.hash = to.courses();
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }
  return h("div", { class: "stack-tight" }, h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => void drop() }, "Delete this course")), told.element);
}
