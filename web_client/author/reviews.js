// From a draft to a case that students meet: steps, remarks, and who else writes.

import { emptyState, field, form, section, statusLine } from "../app/parts.js";
import { h, redraw, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { calls } from "./calls.js";
import { standsAs, STEPS, when, who } from "./words.js";

/** @typedef {import("../types/author.js").CaseFile} CaseFile */
/** @typedef {import("../types/author.js").CaseRemark} CaseRemark */
/**
 * @typedef {object} Around
 * @property {() => Promise<number>} settled saves what is not saved, and tells the edition; throws where it cannot
 * @property {(file: CaseFile) => void} changed a step was taken
 * @property {(remark: CaseRemark) => void} go to the place of a remark
 * @property {() => {line: number, key: string}} here where the cursor is in the text
 */

/**
 * Made once for a page: what is typed or pressed here stays while others work on the same file.
 * @param {string} id of the file @param {Around} around
 * @returns {{element: HTMLElement, show: (file: CaseFile) => void}} `show`: what others did meanwhile
 */
export function reviewsOf(id, around) {
  const stands = standing(id, around);
  const remarks = remarking(id, around);
  const writers = h("div");
  return {
    element: h("div", { class: "stack-wide" }, stands.element, remarks.element, writers),
    show: (now) => {
      stands.show(now);
      remarks.show(now.remarks);
      redraw(writers, { owned: now.owned, editors: now.editors }, () => now.owned && sharing(now, around));
    },
  };
}

/** @param {string} id @param {Around} around */
function standing(id, around) {
  const line = statusLine();
  const [where, deeds] = [h("div", { class: "stack" }), h("ul", { class: "author-steps" })];
  const why = h("textarea", { id: "step-words", rows: 2, maxlength: 2000 });
  const words = h("div", { class: "field" }, h("label", { for: why.id }, "Something to say with it (optional)"), why);

  let taking = false;

  /** One at a time: a second press would meet what the first has done. @param {string} step */
  async function take(step) {
    if (taking) return;
    taking = true;
    try {
      const after = await calls.step(id, step, await around.settled(), why.value);
      why.value = "";
      line.say("");
      around.changed(after);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
    taking = false;
  }

  /** @param {CaseFile} file */
  function show(file) {
    const { status, published_version, approved, approved_by, reviewed, yours, steps } = file;
    redraw(where, { status, published_version, approved, approved_by, reviewed, yours, steps }, () => whereOf(file));
    redraw(deeds, { yours, steps }, () => steps.map((step) => deedOf(step, yours, () => void take(step))));
    deeds.hidden = words.hidden = !steps.length;
  }

  return { element: section("Where it stands", where, deeds, words, line.element), show };
}

/** @param {CaseFile} file */
function whereOf(file) {
  const waits = waiting(file);
  const stands = h("p", null, h("strong", null, `${standsAs(file)}.`), file.published_version && ` Students meet version ${file.published_version}.`);
  return [stands, h("p", null, approval(file)), waits && h("p", { class: "soft" }, waits), h("p", { class: "soft" }, "What counts is what is done here; a status that is written in the text does not.")];
}

/** @param {string} step @param {boolean} yours @param {() => void} take */
function deedOf(step, yours, take) {
  const { deed, means } = (step === "refused" && yours ? STEPS["withdrawn"] : STEPS[step]) ?? { deed: step, means: "" };
  const away = step === "refused" || step === "retired";
  return h("li", null, h("button", { class: away ? "button quiet" : "button", type: "button", onclick: take }, deed), h("p", { class: "soft" }, means));
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

/** @param {string} id @param {Around} around */
function remarking(id, around) {
  const [count, list] = [h("p", { class: "soft" }), h("div", { class: "stack" })];
  const where = h("input", { type: "number", min: 0, max: 100000, name: "line", inputmode: "numeric" });
  const wordsBox = h("textarea", { rows: 3, maxlength: 2000, name: "words", required: true });
  const line = field({ label: "Line", control: where, hint: "Of the text as it stands; empty for the whole file." });
  const words = field({ label: "Remark", control: wordsBox });
  const told = statusLine();
  let suggested = "";

  /** @param {CaseRemark[]} remarks */
  function show(remarks) {
    const open = remarks.filter((each) => !each.settled).length;
    say(count, remarks.length ? `${open} open, ${remarks.length - open} settled.` : "");
    redraw(list, remarks, () => (remarks.length ? h("ul", { class: "author-list" }, ...remarks.map(row)) : emptyState({ text: "Nobody has said anything yet.", hint: "A remark stands at a line. Whoever has dealt with it ticks it off." })));
    suggest();
  }

  /** The cursor's line, until another one was typed. */
  function suggest() {
    const at = around.here().line;
    if (wordsBox.value || where.value !== suggested || at <= 1) return;
    where.value = suggested = String(at);
  }

  /** @param {CaseRemark} remark */
  function row(remark) {
    const settle = () => calls.settle(id, remark.id, !remark.settled).then(show, (failure) => told.fail(messageOf(failure)));
    return h(
      "li",
      { class: remark.settled ? "author-settled" : null },
      h("p", { class: "soft" }, `${who(remark.author)}, ${when(remark.made_at)}, edition ${remark.edition}`, remark.settled && " · settled"),
      h("p", { class: "author-words" }, remark.words),
      h("p", { class: "row" }, remark.line > 0 && h("button", { class: "button small quiet", type: "button", onclick: () => around.go(remark) }, `Go to ${remark.key || `line ${remark.line}`}`), h("button", { class: "button small quiet", type: "button", onclick: () => void settle() }, remark.settled ? "Open again" : "Settle")),
    );
  }

  async function send() {
    const [place, here] = [Number(where.value) || 0, around.here()];
    const key = place === here.line ? here.key : "";
    const after = await calls.remark(id, { words: wordsBox.value, edition: await around.settled(), line: place, key });
    wordsBox.value = where.value = suggested = "";
    told.say("");
    show(after);
  }

  return { element: section("Remarks", count, list, told.element, form({ fields: [words, line], submit: "Add the remark", send })), show };
}

/** @param {CaseFile} file @param {Around} around */
function sharing(file, around) {
  const names = h("input", { type: "text", name: "people", autocomplete: "off", value: file.editors.map((each) => each.sign_in).join(", ") });
  const people = field({ label: "Who else may write", control: names, hint: "The names they sign in with, separated by commas. They must be educators." });
  const send = async () => around.changed(await calls.share(file.id, names.value.split(",").map((each) => each.trim()).filter(Boolean)));
  return section("Writers", form({ fields: [people], submit: "Keep this list", send }));
}
