// What there is to grade: one table of all one's courses, chosen by assignment, state and flag, with the way to the next.

import { h } from "../app/dom.js";
import { emptyState, pageHead, progress, section, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { beganWords } from "../screens/words.js";
import { grading } from "./calls.js";
import { toMark } from "./trials.js";
import { chosen, flagsIn, flagWords, progressOf, stateWords, titleOf, waitsForYou } from "./row_words.js";

/** @typedef {import("./calls.js").Row} Row */

/** @param {string} assignment empty: all of them */
export async function gradingPage(assignment) {
  const [{ rows }, sets] = await Promise.all([grading.queue(), grading.trials()]);
  const blind = toMark(sets).length;
  const known = [...new Map(rows.map((row) => [row.assignment_id, row])).values()];
  const filter = { assignment: known.some((row) => row.assignment_id === assignment) ? assignment : "", state: "", flag: "" };
  const list = h("div", { class: "stack" });

  function show() {
    const found = chosen(rows, filter);
    const bar = progress("Signed");
    const { share, words } = progressOf(found);
    bar.set(share, words);
    const next = found.find(waitsForYou);
    list.replaceChildren(
      h("div", { class: "row spread" }, bar.element, next ? h("a", { class: "button primary", href: to.grade(next.encounter_id) }, "Grade the next one") : h("p", { class: "soft" }, "Nothing here waits for you.")),
      found.length ? queueTable(found) : h("p", null, "No transcript is like that. Choose something else above."),
    );
  }

  /** @param {"assignment" | "state" | "flag"} name @param {string} label @param {readonly [string, string][]} choices */
  function choice(name, label, choices) {
    const box = h("select", { id: `queue-${name}`, onchange: () => { filter[name] = box.value; show(); } }, ...choices.map(([value, text]) => h("option", { value, selected: value === filter[name] }, text)));
    return h("div", { class: "field" }, h("label", { for: box.id }, label), box);
  }

  show();
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Grading", lead: "What learners of your courses have done for an assignment, or have shown you. Their other practice is theirs." }),
    blind > 0 && h("p", { class: "note" }, `The rubric is new to you: mark ${blind === 1 ? "one transcript" : `${blind} transcripts`} of the calibration set first, blind, and see how far you are from your colleagues. `, h("a", { href: to.calibration() }, "To the calibration set")),
    rows.length
      ? section(
          "To grade",
          h("div", { class: "filters" }, choice("assignment", "Assignment", [["", "All"], ...known.map((row) => /** @type {[string, string]} */ ([row.assignment_id, `${row.assignment}, ${row.course}`]))]), choice("state", "State", STATES), choice("flag", "Flag", [["", "Any or none"], ["any", "Any flag"], ...flagsIn(rows).map((code) => /** @type {[string, string]} */ ([code, flagWords(code)]))])),
          list,
        )
      : nothing(),
    known.some((row) => row.assignment_id) && section("When an assignment is done", ...known.filter((row) => row.assignment_id).map(finishing)),
  );
  return { title: "Grading", content, wide: true };
}

/** @type {readonly [string, string][]} */
const STATES = [["", "All"], ["you", "Waits for you"], ["to_mark", "To be marked"], ["second_marker", "Needs a second marker"], ["differ", "The markers differ"], ["to_sign", "To be signed"], ["appeal", "Appeal"], ["signed", "Signed"], ["not_scored", "Nothing is scored"], ["running", "Not ended"]];

function nothing() {
  return emptyState({
    title: "Nothing to grade yet",
    text: "Here stands what learners do for an assignment of a course on whose staff you are, and practice that they show you.",
    hint: "Make a course, put learners in it, and give them an assignment.",
    action: h("a", { class: "button", href: "#/courses" }, "Courses"),
  });
}

/** @param {readonly Row[]} rows */
function queueTable(rows) {
  return table({
    caption: "Due first, then those with most flags, then the oldest",
    rows,
    columns: [
      { head: "Learner", names: true, by: titleOf, cell: (row) => (opens(row) ? h("a", { href: to.grade(row.encounter_id) }, titleOf(row)) : titleOf(row)) },
      { head: "Assignment", by: (row) => row.assignment, cell: (row) => h("span", null, row.assignment, h("br", null), h("span", { class: "soft" }, row.case)) },
      { head: "Made", by: (row) => row.made_at, cell: (row) => beganWords(row.made_at) },
      { head: "Due", by: (row) => row.due_at ?? "9", cell: (row) => (row.due_at ? beganWords(row.due_at) : "no date") },
      { head: "State", by: stateWords, cell: (row) => h("span", { class: row.state === "signed" ? "tag good" : "tag" }, stateWords(row)) },
      { head: "Flags", by: (row) => -row.flags.length, cell: flags },
    ],
  });
}

/** @param {Row} row */
function opens(row) {
  return row.state !== "running" && row.state !== "not_scored";
}

/** @param {Row} row */
function flags(row) {
  if (!row.flags.length) return "";
  return h("ul", { class: "plain queue-flags" }, ...row.flags.map(({ code, says }) => h("li", null, h("span", { class: "tag warm" }, flagWords(code)), h("span", { class: "soft" }, ` ${says}`))));
}

/** @param {Row} row any of the assignment */
function finishing(row) {
  const id = row.assignment_id;
  return h(
    "div",
    { class: "card row spread" },
    h("p", null, h("strong", null, row.assignment), `, ${row.course}`),
    h("p", { class: "row" }, h("a", { class: "button quiet small", href: to.releasing(id) }, "Release marks"), h("a", { class: "button quiet small", href: grading.fileOf(id, "csv"), download: true }, "Marks as a table (CSV)"), h("a", { class: "button quiet small", href: grading.fileOf(id, "json"), download: true }, "JSON")),
  );
}
