// The arms of a study of feedback: who gets what, and by when everybody has it.

import { h } from "../app/dom.js";
import { field } from "../app/parts.js";

/** @typedef {import("./calls.js").Arm} Arm */
/** @typedef {import("./calls.js").Study} Study */

/** @type {[Arm, string][]} */
const ARMS = [
  ["personalised", "Their own report"],
  ["reading_or_video", "Something to read or watch; their own report later"],
  ["delayed", "Nothing yet; their own report later"],
];

/** @param {Study | null} study */
export function studyFields(study) {
  const boxes = ARMS.map(([arm, words]) => ({ arm, words, box: h("input", { type: "checkbox", id: `arm-${arm}`, checked: study?.arms.includes(arm) ?? false }) }));
  const choices = h(
    "div",
    { role: "group", "aria-label": "Arms of the study" },
    h("p", { class: "soft" }, "Leave all empty where this is no study. Learners are spread evenly over the arms by lot, and stay in theirs."),
    ...boxes.map(({ words, box }) => h("div", { class: "choice" }, box, h("label", { for: box.id }, words))),
  );
  const ethics = field({ label: "Reference of the ethics approval", name: "ethics", hint: "Needed where an arm withholds feedback.", control: h("input", { name: "ethics", type: "text", maxlength: 200, value: study?.ethics ?? "", autocomplete: "off" }) });
  const owed = field({ label: "Everybody has their own report by", name: "owed_by", hint: "From then on it opens by itself.", control: h("input", { name: "owed_by", type: "datetime-local", value: study?.owed_by ?? "", class: "short" }) });
  const reading = field({ label: "What they read or watch", name: "reading", hint: "A chapter, a video, an address.", control: h("textarea", { name: "reading", rows: 2, maxlength: 2000 }, study?.reading ?? "") });
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ arm }) => arm);
  const show = () => {
    const arms = chosen();
    ethics.element.hidden = owed.element.hidden = !arms.some((arm) => arm !== "personalised");
    reading.element.hidden = !arms.includes("reading_or_video");
  };
  boxes.forEach(({ box }) => box.addEventListener("change", show));
  show();
  const value = () => (chosen().length ? { arms: chosen(), ethics: ethics.control.value, owed_by: owed.control.value, reading: reading.control.value } : null);
  return { fields: [ethics, owed, reading], choices, value };
}
