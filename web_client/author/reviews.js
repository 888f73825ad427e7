// From a draft to a case that students meet: steps, remarks, and who else writes.

import { emptyState, field, form, section, statusLine } from "../app/parts.js";
import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { calls } from "./calls.js";
import { STATUS, STEPS, when, who } from "./words.js";

/** @typedef {import("../types/author.js").CaseFile} CaseFile */
/** @typedef {import("../types/author.js").CaseRemark} CaseRemark */
/**
 * @typedef {object} Around
 * @property {() => Promise<number>} settled saves what is not saved, and tells the edition; throws where it cannot
 * @property {(file: CaseFile) => void} changed a step was taken
 * @property {(remark: CaseRemark) => void} go to the place of a remark
 * @property {() => {line: number, key: string}} here where the cursor is in the text
 * @property {Record<string, string>} typed what was typed and not sent, by control: the page is drawn again whenever others did something
 */

/** @param {CaseFile} file @param {Around} around @returns {HTMLElement} */
export function reviewsOf(file, around) {
  return h("div", { class: "stack-wide" }, standing(file, around), remarking(file, around), file.owned && sharing(file, around));
}

/** @param {CaseFile} file @param {Around} around */
function standing(file, around) {
  const line = statusLine();
  const why = h("textarea", { id: "step-words", rows: 2, maxlength: 2000 });
  remembered(why, "why", around.typed);

  /** @param {string} step */
  async function take(step) {
    try {
      const after = await calls.step(file.id, step, await around.settled(), why.value);
      delete around.typed["why"];
      around.changed(after);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  const deeds = file.steps.map((step) => {
    const { deed, means } = (step === "refused" && file.yours ? STEPS["withdrawn"] : STEPS[step]) ?? { deed: step, means: "" };
    return h("li", null, h("button", { class: step === "refused" || step === "retired" ? "button quiet" : "button", type: "button", onclick: () => void take(step) }, deed), h("p", { class: "soft" }, means));
  });
  const waits = waiting(file);
  return section(
    "Where it stands",
    h("p", null, h("strong", null, STATUS[file.status] ?? file.status), file.published_version && ` · students meet version ${file.published_version}`),
    h("p", null, approval(file)),
    waits && h("p", { class: "soft" }, waits),
    deeds.length > 0 && h("ul", { class: "author-steps" }, ...deeds),
    deeds.length > 0 && h("div", { class: "field" }, h("label", { for: why.id }, "Something to say with it (optional)"), why),
    line.element,
  );
}

/** @param {CaseFile} file */
function approval({ approved, approved_by, reviewed }) {
  if (!approved) return "Nobody has approved what stands here.";
  if (reviewed) return `Approved by ${who(approved_by)}.`;
  return "Approved by somebody who wrote it: students go on reading “not yet reviewed by educators”.";
}

/** @param {CaseFile} file */
function waiting({ status, yours, steps }) {
  if (status === "in_review" && yours && !steps.includes("approved")) return "It waits for another educator or somebody of the faculty to approve it.";
  return steps.length ? "" : "There is nothing for you to do here now.";
}

/** @param {CaseFile} file @param {Around} around */
function remarking(file, around) {
  const list = h("div", { class: "stack" });
  const where = h("input", { type: "number", min: 0, max: 100000, name: "line", inputmode: "numeric" });
  const wordsBox = h("textarea", { rows: 3, maxlength: 2000, name: "words", required: true });
  const line = field({ label: "Line", control: where, hint: "Of the text as it stands; empty for the whole file." });
  const words = field({ label: "Remark", control: wordsBox });
  const here = around.here();
  if (here.line > 1) where.value = String(here.line);
  remembered(where, "line", around.typed);
  remembered(wordsBox, "words", around.typed);

  /** @param {CaseRemark[]} remarks */
  function show(remarks) {
    const open = remarks.filter((each) => !each.settled).length;
    say(count, remarks.length ? `${open} open, ${remarks.length - open} settled.` : "");
    list.replaceChildren(remarks.length ? h("ul", { class: "author-list" }, ...remarks.map((each) => row(each))) : emptyState({ text: "Nobody has said anything yet.", hint: "A remark stands at a line. Whoever has dealt with it ticks it off." }));
  }

  /** @param {CaseRemark} remark */
  function row(remark) {
    const settle = async () => show(await calls.settle(file.id, remark.id, !remark.settled));
    return h(
      "li",
      { class: remark.settled ? "author-settled" : null },
      h("p", { class: "soft" }, `${who(remark.author)}, ${when(remark.made_at)}, edition ${remark.edition}`, remark.settled && " · settled"),
      h("p", { class: "author-words" }, remark.words),
      h("p", { class: "row" }, remark.line > 0 && h("button", { class: "button small quiet", type: "button", onclick: () => around.go(remark) }, `Go to ${remark.key || `line ${remark.line}`}`), h("button", { class: "button small quiet", type: "button", onclick: () => void settle() }, remark.settled ? "Open again" : "Settle")),
    );
  }

  async function send() {
    const place = Number(where.value) || 0;
    const key = place === here.line ? here.key : "";
    show(await calls.remark(file.id, { words: wordsBox.value, edition: await around.settled(), line: place, key }));
    wordsBox.value = "";
    for (const name of ["words", "line"]) delete around.typed[name];
  }

  const count = h("p", { class: "soft" });
  show(file.remarks);
  return section("Remarks", count, list, form({ fields: [words, line], submit: "Add the remark", send }));
}

/** @param {HTMLInputElement | HTMLTextAreaElement} control @param {string} name @param {Record<string, string>} typed */
function remembered(control, name, typed) {
  control.value = typed[name] ?? control.value;
  control.addEventListener("input", () => { typed[name] = control.value; });
}

/** @param {CaseFile} file @param {Around} around */
function sharing(file, around) {
  const names = h("input", { type: "text", name: "people", autocomplete: "off", value: file.editors.map((each) => each.sign_in).join(", ") });
  remembered(names, "people", around.typed);
  const people = field({ label: "Who else may write", control: names, hint: "The names they sign in with, separated by commas. They must be educators." });
  const send = async () => {
    const after = await calls.share(file.id, names.value.split(",").map((each) => each.trim()).filter(Boolean));
    delete around.typed["people"];
    around.changed(after);
  };
  return section("Writers", form({ fields: [people], submit: "Keep this list", send }));
}
