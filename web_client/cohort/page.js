// One cohort: what was met, how hard it was, and how sure any of it is.

import { emptyState, field, pageHead, section } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { agreement, graders } from "./agreeing.js";
import { cohorts, fileOf } from "./calls.js";
import { exemplars, gaps, timing } from "./learners.js";
import { items, moments } from "./marks.js";

/** @typedef {import("./calls.js").Cohort} Cohort */

/** @param {string} id of the assignment @returns {Promise<import("../app/main.js").Screen>} */
export async function cohortPage(id) {
  const body = h("div", { class: "stack-wide" });
  const cohort = await cohorts.read(id, "");
  const links = h("p", { class: "row screen-only" });
  const error = h("p", { class: "error", role: "alert" });

  /** @param {Cohort} shown */
  function show(shown) {
    links.replaceChildren(...(shown.figures ? downloads(shown) : []));
    body.replaceChildren(...(shown.figures ? parts(shown, shown.figures) : [tooFew(shown)]));
  }

  async function choose(/** @type {string} */ group) {
    try {
      error.textContent = "";
      show(await cohorts.read(id, group));
    } catch (failure) {
      error.textContent = messageOf(failure);
    }
  }

  show(cohort);
  const head = pageHead({ title: cohort.title, above: [{ text: "Cohorts", href: to.cohorts() }], lead: `${cohort.course}: ${cohort.case_title}, version ${cohort.case_version}` });
  return { title: `Cohort: ${cohort.title}`, content: h("article", { class: "cohort stack-wide" }, head, links, filter(cohort, choose), error, body), wide: true };
}

/** @param {Cohort} cohort @param {(group: string) => void} choose */
function filter(cohort, choose) {
  if (!cohort.groups.length) return null;
  const select = h("select", { name: "group", onchange: () => choose(select.value) }, h("option", { value: "" }, "Everybody"), ...cohort.groups.map((name) => h("option", { value: name }, name)));
  return h("div", { class: "screen-only" }, field({ label: "Group", control: select, hint: "Groups of fewer than five, or that would leave fewer than five, are not shown by themselves." }).element);
}

/** @param {Cohort} cohort */
function downloads(cohort) {
  return [
    h("a", { class: "button small", href: fileOf(cohort.id, ".csv", cohort.group), download: true }, "Figures as CSV"),
    h("a", { class: "button small", href: fileOf(cohort.id, ".pdf", cohort.group), download: true }, "Summary as PDF"),
    h("a", { class: "button small quiet", href: to.debriefings() }, "Debrief it in the group"),
    h("a", { class: "button small quiet", href: to.boards() }, "Reflection boards"),
  ];
}

/** @param {Cohort} cohort */
function tooFew(cohort) {
  return emptyState({
    title: "Too few to be shown together",
    text: `${cohort.scored} learners have a scored encounter. Figures appear from ${cohort.fewest} on: fewer could be told apart, and a spread of fewer says nothing.`,
    action: h("a", { class: "button", href: "#/grading" }, "To the grading queue"),
  });
}

/** @param {Cohort} cohort @param {import("./calls.js").Figures} figures */
function parts(cohort, figures) {
  const from = `The last scored encounter of each of ${figures.n} learners: ${figures.signed} signed by faculty, ${figures.drafts} drafts of a program. ${figures.claim}`;
  return [
    h("p", { class: "note" }, from),
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
