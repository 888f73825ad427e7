// An assignment: made, changed, published; and what a student will see of it, before it is saved.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { confirmed, form, pageHead, section, statusLine } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { assignmentFields } from "./assignment_fields.js";
import { courses } from "./calls.js";
import { asLearner } from "./preview.js";

/** @typedef {import("./calls.js").Assignment} Assignment */
/** @typedef {import("./calls.js").Course} Course */

/** @param {string} courseId @param {string} which `new`, or the id of an assignment */
export async function assignmentFormPage(courseId, which) {
  const [course, cases, found] = await Promise.all([courses.read(courseId), api.cases(), which === "new" ? null : courses.assignment(which)]);
  const title = found ? `Change ${found.title}` : "New assignment";
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({
      title,
      above: [{ text: "Courses", href: to.courses() }, { text: course.title, href: to.course(course.id) }],
      lead: "Every learner meets the case as it is on the day you publish, whatever becomes of it later.",
    }),
    found && begunNote(found),
    h("div", { class: "beside" }, ...sides(course, cases, found)),
    found && !found.attempts_made && dropping(course, found),
  );
  return { title, content, wide: true };
}

/** @param {Assignment} found */
function begunNote(found) {
  if (!found.attempts_made) return null;
  return h("p", { class: "note" }, `Attempts made: ${found.attempts_made}. From now on only what can hurt nobody may change: the texts, a later close, more attempts, a release that takes nothing back, and how it is marked.`);
}

/** The form, and beside it what a student will see. @param {Course} course @param {import("../types/api.js").CaseCard[]} cases @param {Assignment | null} found */
function sides(course, cases, found) {
  const { fields, parts, value } = assignmentFields(cases, found);
  const shown = h("div", { class: "stack" }, h("p", { class: "soft" }, "Press the button to see it. Nothing is saved by that."));
  const told = statusLine();
  let edition = found?.edition ?? 0;

  async function look() {
    told.say("");
    try {
      shown.replaceChildren(asLearner(await courses.preview(course.id, value())));
      told.say("This is what a student will see.");
    } catch (failure) {
      point(fields, failure, told.fail);
    }
  }

  async function send() {
    const saved = found ? await save(found) : await courses.assign(course.id, value());
    if (saved) location.hash = saved.published ? to.standing(course.id, saved.id) : to.course(course.id);
  }

  /** @param {Assignment} before @returns {Promise<Assignment | null>} null where they would rather keep the other's */
  async function save(before) {
    try {
      return await courses.reassign(before.id, { ...value(), edition });
    } catch (failure) {
      if (!(failure instanceof Refused && failure.code === "changed_meanwhile")) throw failure;
    }
    const now = await courses.assignment(before.id);
    const sure = await confirmed({ title: "Somebody else has saved this since you opened it", text: [`Theirs is called ${now.title}. What you typed is still here.`], yes: "Save mine over it", no: "Do not save" });
    if (!sure) return null;
    edition = now.edition;
    return courses.reassign(before.id, { ...value(), edition });
  }

  const made = form({ fields, more: parts, submit: found ? "Save" : "Save the assignment", send });
  const preview = section("What a student will see", h("p", null, h("button", { class: "button", type: "button", onclick: () => void look() }, "Show it")), told.element, shown);
  return [made, preview];
}

/** A refusal of the preview, beside the field that it is about. @param {import("../app/parts/fields.js").Field[]} fields @param {unknown} failure @param {(text: string) => void} otherwise */
function point(fields, failure, otherwise) {
  const names = failure instanceof Refused ? failure.field.split(".") : [];
  const named = fields.find((each) => names.includes(each.name));
  if (!named) return otherwise(messageOf(failure));
  named.fail(messageOf(failure));
  named.control.focus();
}

/** @param {Course} course @param {Assignment} found */
function dropping(course, found) {
  const told = statusLine();
  async function drop() {
    const sure = await confirmed({ title: `Delete ${found.title}?`, text: ["Nobody has made an attempt, so nothing of a learner is lost."], yes: "Delete it", no: "Keep it" });
    if (!sure) return;
    try {
      await courses.unassign(found.id);
      location.hash = to.course(course.id);
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }
  return h("div", { class: "stack-tight" }, h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => void drop() }, "Delete this assignment")), told.element);
}
