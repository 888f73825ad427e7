// One cohort: what was met, how hard it was, and how sure any of it is.

import { emptyState, field, pageHead, section } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { agreement, graders } from "./agreeing.js";
import { cohorts, fileOf, leftOut } from "./calls.js";
import { exemplars, gaps, timing } from "./learners.js";
import { items, moments } from "./marks.js";
import { legendOf, stack } from "./plots.js";

/** @typedef {import("./calls.js").Cohort} Cohort */
/** @typedef {import("./calls.js").Marks} Marks */

const SIGNED = { name: "signed by faculty", look: "part-4" };
const DRAFTS = { name: "draft of a program, signed by nobody", look: "part-1" };

/** @param {string} id of the assignment @returns {Promise<import("../app/main.js").Screen>} */
export async function cohortPage(id) {
  const body = h("div", { class: "stack-wide" });
  const cohort = await cohorts.read(id, "", "all");
  const links = h("p", { class: "row screen-only" });
  const error = h("p", { class: "error", role: "alert" });
  const filter = choosing(cohort, (group, marks) => void choose(group, marks));
  let asked = 0;

  /** @param {Cohort} shown */
  function show(shown) {
    links.replaceChildren(...(shown.figures ? downloads(shown) : []));
    body.replaceChildren(...(shown.figures ? parts(shown, shown.figures) : [tooFew(shown)]));
    filter.update(shown);
  }

  /** Only what was asked for last is shown. @param {string} group @param {Marks} marks */
  async function choose(group, marks) {
    const here = (asked += 1);
    try {
      error.textContent = "";
      const found = await cohorts.read(id, group, marks);
      if (here === asked) show(found);
    } catch (failure) {
      if (here === asked) error.textContent = `What is shown below is as before. ${messageOf(failure)}`;
    }
  }

  show(cohort);
  const head = pageHead({ title: cohort.title, above: [{ text: "Cohorts", href: to.cohorts() }], lead: `${cohort.course}: ${cohort.case_title}, version ${cohort.case_version}` });
  return { title: `Cohort: ${cohort.title}`, content: h("article", { class: "cohort stack-wide" }, head, links, filter.content, error, body), wide: true };
}

/** Which learners, and which marks. @param {Cohort} cohort @param {(group: string, marks: Marks) => void} choose */
function choosing(cohort, choose) {
  const select = h("select", { name: "group", onchange: () => choose(select.value, "all") }, h("option", { value: "" }, "Everybody"), ...cohort.groups.map((name) => h("option", { value: name }, name)));
  const marks = h("select", { name: "marks", onchange: () => choose(select.value, marks.value === "signed" ? "signed" : "all") }, h("option", { value: "all" }, "Signed marks and drafts"), h("option", { value: "signed" }, "Signed marks only"));
  const which = field({ label: "Marks", control: marks, hint: "It takes five that are signed, and five drafts or none." }).element;
  const group = field({ label: "Group", control: select, hint: "Groups of fewer than five, or that would leave fewer than five, are not shown by themselves." }).element;
  group.hidden = !cohort.groups.length;

  /** @param {Cohort} shown */
  function update(shown) {
    [select.value, marks.value] = [shown.group, shown.marks];
    marks.disabled = !shown.signed_shown;
  }

  return { content: h("div", { class: "stack screen-only" }, group, which), update };
}

/** @param {Cohort} cohort */
function downloads(cohort) {
  return [
    h("a", { class: "button small", href: fileOf(cohort.id, ".csv", cohort.group, cohort.marks), download: true }, "Figures as CSV"),
    h("a", { class: "button small", href: fileOf(cohort.id, ".pdf", cohort.group, cohort.marks), download: true }, "Summary as PDF"),
    h("a", { class: "button small quiet", href: to.debriefings() }, "Debrief it in the group"),
    h("a", { class: "button small quiet", href: to.boards() }, "Reflection boards"),
  ];
}

/** @param {Cohort} cohort */
function tooFew(cohort) {
  return emptyState({
    title: "Too few to be shown together",
    text: `${cohort.scored === 1 ? "One learner has" : `${cohort.scored || "No"} learners have`} a scored encounter. Figures appear from ${cohort.fewest} on: fewer could be told apart, and a spread of fewer says nothing.`,
    action: h("a", { class: "button", href: "#/grading" }, "To the grading queue"),
  });
}

/** @param {Cohort} cohort @param {import("./calls.js").Figures} figures */
function parts(cohort, figures) {
  return [
    counted(figures, cohort.equivalents),
    section("Which moments were met, and which were missed", ...moments(figures)),
    section("How hard each line of the rubric was", ...items(figures)),
    section("Learners' own marks beside the record", ...gaps(figures)),
    section("What a stopwatch knows", ...timing(figures)),
    section("How far marks agree", ...agreement(figures)),
    section("The spread of graders", ...graders(figures)),
    section("Words worth hearing again", ...exemplars(figures)),
    h("p", { class: "soft" }, `Rubric ${figures.rubric}. What a cohort met or passed by says as much about the case and the teaching as about the learners. ${cohort.group ? `Group ${cohort.group} only.` : ""}`),
  ];
}

/** Whose encounters these are, and how many of their marks nobody has signed. @param {import("./calls.js").Figures} figures @param {number} equivalents */
function counted({ n, signed, drafts, claim }, equivalents) {
  const drawing = stack([{ ...SIGNED, count: signed }, { ...DRAFTS, count: drafts }]);
  const words = `The last scored encounter of each of ${n} learners: ${signed} signed by faculty, ${drafts} drafts of a program that nobody has signed. ${claim} ${leftOut(equivalents)}`;
  return h("div", { class: "note stack-tight" }, h("p", null, words), legendOf([SIGNED, DRAFTS]), drawing);
}
