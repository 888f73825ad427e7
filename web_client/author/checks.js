// Everything that `bedside check` says of the text, and a proof of the case.

import { emptyState, section } from "../app/parts.js";
import { h } from "../app/dom.js";
import { taskProgress } from "../tasks/progress.js";

/** @typedef {import("../types/author.js").Checked} Checked */
/** @typedef {import("../types/author.js").Fault} Fault */

/** @param {Checked} checked @param {(line: number, column: number) => void} go @returns {HTMLElement} */
export function faultsOf({ problems }, go) {
  const wrong = problems.filter((each) => !each.warning);
  const odd = problems.filter((each) => each.warning);
  if (!problems.length) return emptyState({ title: "Nothing is wrong", text: "The text can be played, and nothing in it looks odd.", hint: "What a program cannot see, readers do: submit it for review, or play it." });
  return h("div", { class: "stack" }, wrong.length > 0 && section(counted(wrong.length, "error"), faults(wrong, go)), odd.length > 0 && section(counted(odd.length, "warning"), h("p", { class: "soft" }, "It may be played all the same."), faults(odd, go)));
}

/** @param {Fault[]} list @param {(line: number, column: number) => void} go */
function faults(list, go) {
  const rows = list.map(({ line, column, key, message, mend }) =>
    h(
      "li",
      null,
      h("p", null, capital(message), mend && h("span", { class: "soft" }, ` ${mend}`)),
      h("p", { class: "row" }, line > 0 && h("button", { class: "button small quiet", type: "button", onclick: () => go(line, column) }, `Go to line ${line}`), key && h("code", null, key)),
    ),
  );
  return h("ul", { class: "author-list" }, ...rows);
}

/** @param {string} text */
function capital(text) {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}

/** How many of something, in words. @param {number} count @param {string} what */
export function counted(count, what) {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** A proof of what is saved: attacks, questions and rehearsals. @param {string} fileId */
export function provingOf(fileId) {
  return section(
    "Prove it",
    h("p", null, "Attacks, leading questions and simulated learners try to get out of the patient what is locked. It takes a few minutes, and takes the text as it was last saved."),
    taskProgress({ kind: "prove", about: fileId, begin: "Prove this case", again: "Prove it again", label: "Proof", read: "Read the report" }),
  );
}
