// Objective by beat by checklist item: who serves whom, and where nothing meets.

import { emptyState, section, table } from "../app/parts.js";
import { h, list } from "../app/dom.js";

/** @typedef {import("../types/author.js").Checked} Checked */
/** @typedef {import("../types/author.js").Matrix} Matrix */
/** @typedef {Matrix["rows"][number]} Row */

/** @param {Checked} checked @param {(line: number) => void} go @returns {HTMLElement} */
export function matrixOf({ matrix }, go) {
  if (!matrix?.rows.length) return emptyState({ text: "No beat stands against an objective yet.", hint: "Write objectives and beats; here you see what assesses what." });
  const gaps = matrix.gaps.length ? list(matrix.gaps) : h("p", null, "Every objective has a core beat, every beat an objective, and the debriefing comes back to each.");
  return h("div", { class: "stack" }, section("Gaps", gaps), section("What assesses what", grid(matrix, go)), legend(matrix));
}

/** @param {Matrix} matrix @param {(line: number) => void} go */
function grid({ objectives, items, rows }, go) {
  const yes = (/** @type {boolean} */ held, /** @type {string} */ word) => (held ? h("span", { class: "tag good" }, word) : h("span", { class: "soft" }, "–"));
  return table({
    caption: "Beats, with the objective that each serves and the items of checklists that look at it",
    hideCaption: true,
    rows,
    columns: [
      { head: "Beat", names: true, cell: (/** @type {Row} */ row) => h("button", { class: "link-button", type: "button", onclick: () => go(row.line) }, row.beat) },
      { head: "Reaches", cell: (/** @type {Row} */ row) => (row.core ? "everybody" : "who earns it") },
      ...objectives.map(({ id }) => ({ head: id, cell: (/** @type {Row} */ row) => yes(row.objective === id, "serves") })),
      ...items.map(({ id }) => ({ head: id, cell: (/** @type {Row} */ row) => yes(row.items.includes(id), "looks") })),
      { head: "Debriefed", cell: (/** @type {Row} */ row) => yes(row.debriefed, "yes") },
    ],
  });
}

/** @param {Matrix} matrix */
function legend({ objectives, items }) {
  const terms = [...objectives, ...items].flatMap(({ id, text }) => [h("dt", null, id), h("dd", null, text)]);
  return section("What the letters stand for", h("dl", { class: "terms" }, ...terms));
}
