// The courses of whoever is signed in: the list, and a new one.

import { h } from "../app/dom.js";
import { emptyState, field, form, pageHead, section, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { courses } from "./calls.js";
import { retentionFields } from "./retention_fields.js";
import { counted, listOf } from "./words.js";

/** @typedef {import("./calls.js").CourseCard} CourseCard */

export async function coursesPage() {
  const [all, me] = await Promise.all([courses.list(), whoIsHere()]);
  const teaches = (me?.roles ?? []).some((role) => role === "educator" || role === "faculty");
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Courses", lead: "Who learns together, who teaches them, and what they are asked to do." }),
    all.length ? listed(all) : nothing(teaches),
    teaches && newCourse(),
  );
  return { title: "Courses", content, wide: true };
}

/** @param {boolean} teaches */
function nothing(teaches) {
  return emptyState({
    title: "No course yet",
    text: teaches ? "A course holds your learners, in groups if you like, and the assignments you give them. Make one below, then add people and a first assignment." : "Whoever teaches you adds you to their course. What it asks of you then stands under Assignments.",
    hint: teaches ? "Nobody outside its staff sees what is made for it." : null,
  });
}

/** @param {CourseCard[]} all */
function listed(all) {
  return table({
    caption: "Your courses, newest first",
    columns: [
      { head: "Course", names: true, by: (each) => each.title, cell: (each) => (each.part === "staff" ? h("a", { href: to.course(each.id) }, each.title) : each.title) },
      { head: "Code", cell: (each) => each.code || "–" },
      { head: "You are", cell: (each) => (each.part === "staff" ? "on its staff" : "a learner") },
      { head: "Learners", number: true, by: (each) => each.learners, cell: (each) => each.learners },
      { head: "Assignments", cell: (each) => (each.part === "staff" ? each.assignments : h("a", { href: to.assignments() }, counted(each.assignments, "assignment", "assignments"))) },
      { head: "State", cell: (each) => h("span", { class: "tag" }, each.open ? "open" : "closed") },
    ],
    rows: all,
  });
}

function newCourse() {
  const title = field({ label: "Name of the course", control: h("input", { name: "title", type: "text", required: true, maxlength: 120, autocomplete: "off" }) });
  const code = field({ label: "Code", hint: "As your university calls it; may stay empty.", control: h("input", { name: "code", type: "text", maxlength: 40, autocomplete: "off" }) });
  const groups = field({ label: "Groups", hint: "One a line, or with commas between; may stay empty.", control: h("textarea", { name: "groups", rows: 2 }) });
  const kept = retentionFields({ kind: "days", days: 365 }, { course: false });
  const made = form({
    fields: [title, code, groups, ...kept.fields],
    submit: "Make the course",
    send: async () => {
      const course = await courses.make({ title: title.control.value, code: code.control.value, groups: listOf(groups.control.value), retention: kept.value() });
      location.hash = to.course(course.id);
    },
  });
  return section("A new course", h("div", { class: "card" }, made));
}
