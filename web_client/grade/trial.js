// One transcript of a calibration set: levels first, blind; then beside what was signed.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { pageHead, section, statusLine, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { markWords } from "../mark/line.js";
import { talk } from "../mark/talk.js";
import { namesOf, roleName } from "../screens/names.js";
import { grading } from "./calls.js";
import { agreementWords } from "./trials.js";

/** @typedef {import("./calls.js").TrialPage} TrialPage */
/** @typedef {import("./calls.js").TrialAgreement} TrialAgreement */
/** @typedef {import("../types/api.js").MarkStatus} MarkStatus */

/** @param {string} id */
export async function trialPage(id) {
  const page = await grading.trial(id);
  const words = talk(page.turns, namesOf([], page.speakers, roleName(page.speakers["learner"] ?? "")));
  const side = h("div", { class: "stack" });
  const shown = (/** @type {TrialAgreement} */ agreement) => side.replaceChildren(beside(page, agreement));
  if (page.agreement) shown(page.agreement);
  else side.append(sheet(id, page, (agreement) => { shown(agreement); announce(agreementWords(agreement)); side.querySelector("h2")?.focus(); }));
  const content = h(
    "article",
    { class: "marking" },
    pageHead({ title: page.title, above: [{ text: "Calibration", href: to.calibration() }], lead: "Colleagues have signed this one. Give your own levels first." }),
    h("div", { class: "mark-both" }, h("section", { class: "mark-talk", "aria-label": "The talk" }, h("h2", null, "What was said"), words.content), side),
  );
  return { title: `Calibration: ${page.title}`, content, wide: true, leave: () => words.leave() };
}

/** @param {string} id @param {TrialPage} page @param {(agreement: TrialAgreement) => void} done */
function sheet(id, page, done) {
  const { dimensions, lowest, highest } = page.rubric;
  /** @type {Map<string, {status: MarkStatus, level: number | null}>} */
  const given = new Map();
  const status = statusLine();

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    const left = dimensions.filter((each) => !given.has(each.id));
    if (left.length) return status.fail(`Not marked yet: ${left.map((each) => each.name).join(", ")}.`);
    try {
      done(await grading.markTrial(id, [...given].map(([dimension, mark]) => ({ dimension, ...mark }))));
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  const levels = Array.from({ length: highest - lowest + 1 }, (_, at) => lowest + at);
  /** @type {[string, MarkStatus, number | null][]} */
  const marks = [...levels.map((level) => /** @type {[string, MarkStatus, number]} */ ([String(level), "rated", level])), ["N/A", "not_applicable", null], ["unrated", "unrated", null]];
  const lines = dimensions.map((each) =>
    h("fieldset", { class: "own-mark" }, h("legend", null, each.name), h("p", { class: "soft" }, each.question), h("div", { class: "marks" }, ...marks.map(([text, kind, level]) => h("label", { class: "mark" }, h("input", { type: "radio", name: `trial-${each.id}`, onchange: () => given.set(each.id, { status: kind, level }) }), h("span", null, text))))),
  );
  return h("form", { class: "stack", onsubmit: send, "aria-label": "Your levels" }, h("h2", null, "What do you see?"), ...lines, status.element, h("p", null, h("button", { class: "button primary", type: "submit" }, "These are my levels")));
}

/** @param {TrialPage} page @param {TrialAgreement} agreement */
function beside(page, agreement) {
  const { highest } = page.rubric;
  const part = section(
    "You, and what was signed",
    h("p", null, agreementWords(agreement), " Where you differ, neither is proved right: read the turns together."),
    table({
      caption: "By line",
      rows: agreement.lines,
      columns: [
        { head: "Line", names: true, cell: (each) => each.name },
        { head: "You", cell: (each) => markWords(each, highest) },
        { head: "Signed", cell: (each) => markWords({ status: each.signed_status, level: each.signed_level }, highest) },
        { head: "Apart", cell: (each) => (each.level === null || each.signed_level === null ? "" : each.level === each.signed_level ? "the same" : `${Math.abs(each.level - each.signed_level)} ${each.level > each.signed_level ? "higher" : "lower"}`) },
      ],
    }),
  );
  part.querySelector("h2")?.setAttribute("tabindex", "-1");
  return part;
}
