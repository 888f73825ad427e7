// The fields of an assignment. Each is named as the server names it, so that a refusal stands beside it.

import { h } from "../app/dom.js";
import { field } from "../app/parts.js";
import { caseFields } from "./case_fields.js";
import { retentionFields } from "./retention_fields.js";
import { studyFields } from "./study_fields.js";

/** @typedef {import("./calls.js").Assignment} Assignment */
/** @typedef {import("./calls.js").Form} Form */
/** @typedef {import("../app/parts/fields.js").Field} Field */
/** @typedef {import("../types/api.js").CaseCard} CaseCard */

/**
 * @param {readonly CaseCard[]} cases @param {Assignment | null} found
 * @returns {{fields: Field[], parts: HTMLElement[], value: () => Form}} `fields` stand in `parts`, not by themselves
 */
export function assignmentFields(cases, found) {
  const what = whatFields(cases, found);
  const when = whenFields(found);
  const marks = marksFields(found, what.rubric);
  const kept = retentionFields(found?.retention ?? { kind: "course", days: 365 }, { course: true });
  const study = studyFields(found?.study ?? null);
  const published = field({ label: "Who sees it", control: choice("published", [["no", "Nobody but the staff yet"], ["yes", "Its learners: published"]], found?.published ? "yes" : "no") });
  const parts = [
    group("What they do", what.fields),
    group("When", when.fields),
    group("Marks", marks.fields, marks.second),
    group("Retention", kept.fields),
    group("A study of feedback", study.fields, study.choices),
    group("Publish", [published]),
  ];
  const fields = [...what.fields, ...when.fields, ...marks.fields, ...kept.fields, ...study.fields, published];
  const value = () => /** @type {Form} */ ({ ...what.value(), ...when.value(), ...marks.value(), retention: kept.value(), study: study.value(), published: published.control.value === "yes" });
  return { fields, parts, value };
}

/** @param {string} title @param {readonly Field[]} fields @param {...HTMLElement} more */
function group(title, fields, ...more) {
  return h("fieldset", { class: "card stack" }, h("legend", null, title), ...more, ...fields.map((each) => each.element));
}

/** @param {string} name @param {readonly [string, string][]} options @param {string} chosen */
export function choice(name, options, chosen) {
  return h("select", { name }, ...options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}

/** @param {readonly CaseCard[]} cases @param {Assignment | null} found */
function whatFields(cases, found) {
  const title = field({ label: "Title", control: h("input", { name: "title", type: "text", required: true, maxlength: 120, value: found?.title ?? "", autocomplete: "off" }) });
  const met = caseFields(cases, found);
  const kind = field({ label: "Kind", hint: "Learners see this on every page of the assignment.", control: choice("kind", [["formative", "Formative: for learning, counts for nothing"], ["summative", "Summative: counts towards a grade"]], found?.kind ?? "formative") });
  const portrayal = field({ label: "How the patient plays", control: choice("portrayal", [["teaching", "Teaching: rewards good moves visibly, gets unstuck"], ["assessment", "Assessment: never easier or harder on purpose"]], found?.portrayal ?? "teaching") });
  const instructions = field({ label: "Instructions", hint: "Read by learners before they begin.", control: h("textarea", { name: "instructions", rows: 3, maxlength: 4000 }, found?.instructions ?? "") });
  const value = () => ({ ...met.value(), title: title.control.value, kind: kind.control.value, portrayal: portrayal.control.value, instructions: instructions.control.value });
  return { fields: [title, ...met.fields, kind, portrayal, instructions], rubric: met.rubric, value };
}

/** @param {Assignment | null} found */
function whenFields(found) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const zones = h("datalist", { id: "zones" }, ...Intl.supportedValuesOf("timeZone").map((each) => h("option", { value: each })));
  const zone = field({ label: "Time zone", hint: "All times here are in it, and the server's clock decides, whatever a learner's says.", control: h("input", { name: "zone", type: "text", required: true, list: "zones", value: found?.zone ?? own, autocomplete: "off" }) });
  zone.element.append(zones);
  const opens = field({ label: "Opens", hint: "Empty: as soon as it is published.", control: wall("opens", found?.opens) });
  const closes = field({ label: "Closes", hint: "Empty: it stays open. Who has begun by then may finish.", control: wall("closes", found?.closes) });
  const attempts = field({ label: "Attempts", hint: "0: as often as they like. In practice an attempt that was stopped does not count.", control: h("input", { name: "attempts", type: "number", min: 0, max: 100, required: true, value: found?.attempts ?? 0, class: "short" }) });
  const value = () => ({ zone: zone.control.value.trim(), opens: opens.control.value, closes: closes.control.value, attempts: Number(attempts.control.value) });
  return { fields: [zone, opens, closes, attempts], value };
}

/** @param {string} name @param {string} [value] */
export function wall(name, value = "") {
  return h("input", { name, type: "datetime-local", value, class: "short" });
}

/** @param {Assignment | null} found @param {import("../app/parts/fields.js").Field} rubric which follows the case */
function marksFields(found, rubric) {
  const release = field({ label: "Learners see their report", control: choice("release", [["immediate", "As soon as they have reflected"], ["after_signoff", "Once it is signed, and the staff have released it"], ["date", "From a day on, once it is signed"]], found?.release ?? "immediate") });
  const at = field({ label: "Marks are released on", control: wall("release_at", found?.release_at) });
  const draft = field({ label: "The program's draft, for those who mark", control: choice("draft", [["hidden", "Hidden until their own marks are in"], ["shown", "Shown from the start"]], found?.draft ?? "hidden") });
  const twice = h("input", { type: "checkbox", id: "second-marking", checked: found?.second_marking ?? false });
  const nameless = h("input", { type: "checkbox", id: "names-hidden", checked: found?.names_hidden ?? false });
  const second = h(
    "div",
    { class: "stack-tight" },
    h("div", { class: "choice" }, twice, h("label", { for: twice.id }, "A second person marks each, before anything is released")),
    h("div", { class: "choice" }, nameless, h("label", { for: nameless.id }, "Names are hidden from those who mark (always so where it counts towards a grade)")),
  );
  const show = () => {
    at.element.hidden = release.control.value !== "date";
  };
  release.control.addEventListener("change", show);
  show();
  const value = () => ({ release: release.control.value, release_at: release.control.value === "date" ? at.control.value : "", draft: draft.control.value, second_marking: twice.checked, names_hidden: nameless.checked });
  return { fields: [release, at, rubric, draft], second, value };
}
