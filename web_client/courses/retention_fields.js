// How long encounters are kept: the presets that simulation centres use, in a list and a number of days.

import { h } from "../app/dom.js";
import { field } from "../app/parts.js";

/** @typedef {import("./calls.js").Retention} Retention */

/** @type {[Retention["kind"], string][]} */
const KINDS = [
  ["course", "As the course keeps them"],
  ["days", "Keep for some days, then erase"],
  ["debrief_only", "Keep for the debrief only, then erase"],
  ["none", "Do not keep: erase once the report was read"],
];

/**
 * @param {Retention} rule as it is now
 * @param {{course: boolean}} options whether `as the course` may be chosen
 */
export function retentionFields(rule, { course }) {
  const kinds = KINDS.filter(([kind]) => course || kind !== "course");
  const kind = h("select", { name: "retention" }, ...kinds.map(([value, words]) => h("option", { value, selected: value === rule.kind }, words)));
  const days = h("input", { name: "days", type: "number", min: 1, max: 3650, required: true, value: rule.days, class: "short" });
  const chosen = field({ label: "How long encounters are kept", hint: "Learners are told before they begin. A hold on a single encounter keeps it longer.", control: kind });
  const long = field({ label: "Days", hint: "From the end; for the debrief, from the day on which its learner can see the feedback.", control: days });
  const show = () => {
    long.element.hidden = kind.value === "course" || kind.value === "none";
  };
  kind.addEventListener("change", show);
  show();
  return { fields: [chosen, long], value: () => ({ kind: kind.value, days: Number(days.value) || rule.days }) };
}
