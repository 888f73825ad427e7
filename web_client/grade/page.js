// One transcript to grade: the talk on the left, one line of the rubric at a time on the right; by keyboard alone if wished.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { pageHead, progress } from "../app/parts.js";
import { to } from "../app/routes.js";
import { talk } from "../mark/talk.js";
import { namesOf, roleName } from "../screens/names.js";
import { Bench } from "./bench.js";
import { grading } from "./calls.js";
import { disputed } from "./disputed.js";
import { around, flagWords, progressOf, titleOf } from "./row_words.js";

/** @typedef {import("./calls.js").Row} Row */

/** @param {string} id */
export async function gradePage(id) {
  const [page, queue, corrections] = await Promise.all([api.marking(id), grading.queue(), api.corrections(id)]);
  const near = around(queue.rows, id);
  const words = talk(page.turns, namesOf([], page.speakers, roleName(page.speakers["learner"] ?? "")));
  const count = h("div", null, signedSoFar(near.same));
  const work = new Bench(id, page, { words, near, counted: (signed) => count.replaceChildren(signedSoFar(asIs(near.same, id, signed))) });
  const { head, content: side } = work.parts();
  const again = () => window.dispatchEvent(new HashChangeEvent("hashchange"));
  const title = near.here ? titleOf(near.here) : page.title;
  const content = h(
    "article",
    { class: "marking grading" },
    pageHead({ title, above: [{ text: "Grading", href: near.here?.assignment_id ? to.grading(near.here.assignment_id) : to.grading() }], lead: near.here ? `${near.here.case} · ${near.here.assignment}` : null }),
    near.here?.names_hidden && h("p", { class: "soft" }, h("span", { class: "tag" }, "names hidden"), " This assignment does not tell whoever marks whose talk it is. A name that was said in the talk stays in it."),
    h("div", { class: "row spread" }, count, ways(near)),
    ...(near.here?.flags ?? []).map(({ code, says }) => h("p", { class: "note" }, h("strong", null, flagWords(code)), `: ${says}`)),
    ...page.flags.filter((flag) => !near.here?.flags.some((each) => each.code === flag.code)).map((flag) => h("p", { class: "note" }, flag.says)),
    disputed(id, corrections, { number: words.number, show: words.show, settled: again }),
    head,
    h("div", { class: "mark-both" }, h("section", { class: "mark-talk", "aria-label": "The talk" }, h("h2", null, "What was said"), words.content), h("section", { class: "stack", "aria-label": "Your marks" }, h("h2", null, "What do you see?"), side)),
  );
  work.listen(content);
  return { title: `Grading: ${title}`, content, wide: true, shown: () => work.toLine(work.first()), leave: () => work.leave() };
}

/** The rows, with what has become of one since they were read. @param {readonly Row[]} rows @param {string} id @param {boolean} signed */
function asIs(rows, id, signed) {
  return rows.map((row) => (row.encounter_id === id ? { ...row, state: signed ? "signed" : "to_sign" } : row));
}

/** @param {readonly Row[]} rows */
function signedSoFar(rows) {
  const bar = progress("Signed");
  const { share, words } = progressOf(rows);
  bar.set(share, words);
  return bar.element;
}

/** @param {ReturnType<typeof around>} near */
function ways({ before, after }) {
  return h(
    "nav",
    { class: "row", "aria-label": "Transcripts" },
    before && h("a", { class: "button quiet small", href: to.grade(before.encounter_id) }, "Previous transcript"),
    after && h("a", { class: "button quiet small", href: to.grade(after.encounter_id) }, "Next transcript"),
  );
}
