// Before going in: what you meant to try, what you meant to take to the ward, and what came of it.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { beganWords } from "../screens/words.js";
import { keptField } from "./saving.js";

/** @typedef {import("../types/debrief.js").Aim} Aim */
/** @typedef {import("../types/debrief.js").Aims} Aims */

/** @param {Aims} aims */
export function askedAbout(aims) {
  const rows = [
    aims.goal && one(aims.goal, "goal", "Last time you wrote that you would try", "Did it come up? What happened?"),
    aims.ward_note && one(aims.ward_note, "ward_note", "And for the ward you took along", "What came of it?"),
  ].flatMap((each) => (each ? [each] : []));
  if (!rows.length) return { content: null, leave: () => {} };
  const content = h(
    "section",
    { class: "stack aims", "aria-labelledby": "aims" },
    h("h2", { id: "aims" }, "From last time"),
    h("p", { class: "soft" }, "Your own words. You need not answer."),
    ...rows.map((each) => each.content),
  );
  return { content, leave: () => { for (const each of rows) void each.field.flush(); } };
}

/** @param {Aim} aim @param {string} kind @param {string} before @param {string} question */
function one(aim, kind, before, question) {
  const field = keptField({ id: `report-${kind}`, label: question, text: aim.report, rows: 2, keep: (text) => api.write(aim.encounter_id, "ward_report", text, kind) });
  const from = [`After “${aim.title}”`, beganWords(aim.written_at)].filter(Boolean).join(", ");
  const content = h("div", { class: "stack-tight aim" }, h("p", null, `${before}:`), h("blockquote", null, aim.text), h("p", { class: "soft" }, from), field.content);
  return { content, field };
}
