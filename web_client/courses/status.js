// Where everybody stands with an assignment; marks released together; holds; feedback that a study owes.

import { h } from "../app/dom.js";
import { emptyState, pageHead, section, statusLine, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { when, windowWords } from "../student/words.js";
import { courses } from "./calls.js";
import { holding } from "./holding.js";
import { owedOf } from "./owed.js";
import { marksNameless, notesOf, releasable, STATES, tally } from "./words.js";

/** @typedef {import("./calls.js").Row} Row */
/** @typedef {import("./calls.js").Attempt} Attempt */
/** @typedef {import("./calls.js").Assignment} Assignment */

/** @param {string} courseId @param {string} id of the assignment */
export async function statusPage(courseId, id) {
  const [course, found, status, owed] = await Promise.all([courses.read(courseId), courses.assignment(id), courses.status(id), courses.owed(id)]);
  const place = h("div", { class: "stack" });
  const told = statusLine();

  /** After a deed: who works by keyboard stays at the attempt. @param {string} said @param {string} at id of the attempt */
  async function reload(said, at) {
    try {
      place.replaceChildren(body((await courses.status(id)).rows));
      told.say(said);
    } catch (failure) {
      told.fail(`${said} What stands here is from before. ${messageOf(failure)}`);
    }
    const button = place.querySelector(`[data-attempt="${CSS.escape(at)}"]`) ?? place.querySelector("button, a");
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {Row[]} rows */
  function body(rows) {
    if (!rows.length) return nobody(course.id);
    return h("div", { class: "stack" }, h("p", null, `${tally(rows)}.`), releasing(found, rows), nameless(found), standings(found, rows, reload));
  }

  place.replaceChildren(body(status.rows));
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({
      title: found.title,
      above: [{ text: "Courses", href: to.courses() }, { text: course.title, href: to.course(course.id) }],
      state: h("span", { class: found.kind === "summative" ? "tag warm" : "tag" }, found.kind === "summative" ? "Summative: it counts" : "Formative: for learning"),
      lead: `“${found.case_title}”${found.equivalent ? `, or instead “${found.equivalent_title}”` : ""}. ${found.published ? windowWords(found) : "Not published yet: learners do not see it"}.`,
      actions: [
        h("a", { class: "button", href: to.grading(found.id) }, "Mark what waits"),
        h("a", { class: "button quiet", href: to.cohort(found.id) }, "See the cohort"),
        h("a", { class: "button quiet", href: to.assigning(course.id, found.id) }, "Change the assignment"),
      ],
    }),
    section("Where everybody stands", h("p", { class: "soft" }, `By name, at ${when(status.server_time)} on the server's clock.`), place, told.element),
    found.study && owedOf(found, owed),
    meanings(),
  );
  return { title: found.title, content, wide: true };
}

/** @param {string} courseId */
function nobody(courseId) {
  return emptyState({ title: "Nobody is to do this yet", text: "As soon as the course has learners, each of them stands here with how far they have come.", action: h("a", { class: "button primary", href: to.course(courseId, "people") }, "Add people") });
}

/** Marks are released on a page of their own, where each can be left out. @param {Assignment} found @param {Row[]} rows */
function releasing(found, rows) {
  const ready = releasable(rows).length;
  if (found.release === "immediate") return null;
  if (!ready) return h("p", { class: "soft" }, "Marks are released from here once they were opened and signed.");
  return h("p", null, h("a", { class: "button primary", href: to.releasing(found.id) }, `Release marks: ${ready} signed`));
}

/** Whoever marks here must not learn whose talk it is by coming from a name. @param {Assignment} found */
function nameless(found) {
  if (!marksNameless(found)) return null;
  return h("p", { class: "soft" }, "Learners are numbers to whoever marks them, so no talk is opened from a name here: mark from ", h("a", { href: to.grading(found.id) }, "the queue"), ", and watch from ", h("a", { href: to.running() }, "Running now"), ".");
}

/** @param {Assignment} found @param {Row[]} rows @param {(said: string, at: string) => Promise<void>} reload */
function standings(found, rows, reload) {
  return table({
    caption: "Learners by name; nobody is ranked",
    columns: [
      { head: "Learner", names: true, by: (row) => row.name, cell: (row) => row.name },
      { head: "Group", by: (row) => row.group, cell: (row) => row.group || "–" },
      { head: "State", by: (row) => Object.keys(STATES).indexOf(row.state), cell: (row) => tag(row) },
      { head: "Attempts", cell: (row) => (row.attempts.length ? h("ul", { class: "plain stack-tight" }, ...row.attempts.map((each) => attempt(row, each, marksNameless(found), reload))) : "none") },
    ],
    rows,
  });
}

/** @param {Row} row */
function tag({ state }) {
  return h("span", { class: state === "released" ? "tag good" : state === "marked" ? "tag warm" : "tag" }, STATES[state][0]);
}

/** @param {Row} row @param {Attempt} each @param {boolean} hidden whose it is, from whoever marks it @param {(said: string, at: string) => Promise<void>} reload */
function attempt(row, each, hidden, reload) {
  const words = [STATES[each.state][0].toLowerCase(), when(each.ended_at ?? each.made_at), ...notesOf(each)].join(", ");
  const name = `attempt ${each.number} of ${row.name}`;
  return h(
    "li",
    { class: "row" },
    h("span", null, `${each.number}: ${words}`),
    !hidden && each.state === "running" && h("a", { class: "button small quiet", href: to.watch(each.id), "aria-label": `Watch ${name}` }, "Watch"),
    !hidden && ["reflected", "marked", "released", "ended"].includes(each.state) && h("a", { class: "button small quiet", href: to.grade(each.id), "aria-label": `Open ${name}` }, "Open"),
    h("button", { class: "button small quiet", type: "button", "data-attempt": each.id, "aria-label": `${each.held ? "Lift hold on" : "Hold"} ${name}`, onclick: () => void holding(each, name, reload) }, each.held ? "Lift hold" : "Hold"),
  );
}

function meanings() {
  return h("details", null, h("summary", null, "What the states mean"), h("dl", { class: "facts-list" }, ...Object.values(STATES).map(([name, words]) => h("div", null, h("dt", null, name), h("dd", null, `The newest attempt ${words}.`)))));
}
