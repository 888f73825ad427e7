// What a student will see of an assignment, in the words that they get.

import { h } from "../app/dom.js";
import { attemptsWords, timeWords, windowWords } from "../student/words.js";

/** @typedef {import("./calls.js").AsLearner} AsLearner */

/** @param {AsLearner} each */
export function asLearner(each) {
  const facts = [
    ["The case", each.case_title],
    ["Instead of it", each.equivalent?.case_title ?? ""],
    ["When", windowWords(each)],
    ["Attempts", attemptsWords(each)],
    ["Time", timeWords(each.time_percent)],
    ["Your report", each.release_words],
    ["Who reads it", each.seen_by_words],
    ["How long it is kept", each.retention_words],
    ["Study", each.study_words],
  ].filter(([, words]) => words);
  return h(
    "section",
    { class: "card stack", "aria-label": "As a student sees it" },
    h("p", null, h("span", { class: each.kind === "summative" ? "tag warm" : "tag" }, each.kind === "summative" ? "Summative: it counts" : "Formative: for learning")),
    h("h3", null, each.title),
    h("p", null, each.kind_words),
    each.instructions && h("p", { class: "told" }, each.instructions),
    h("dl", { class: "facts-list" }, ...facts.map(([name, words]) => h("div", null, h("dt", null, name), h("dd", null, words)))),
  );
}
