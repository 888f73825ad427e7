// The rubric as an observer fills it in: a level or "not seen" a question, and the turns that it rests on.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { marked, noted, toggled } from "./sheet.js";

/** @typedef {import("../types/api.js").Dimension} Dimension */
/** @typedef {import("../types/api.js").Rubric} Rubric */
/** @typedef {import("../types/api.js").Sheet} Sheet */

const LONGEST = 8000;

/**
 * @param {Rubric} rubric
 * @param {Sheet} first
 * @param {{changed: (sheet: Sheet) => void, picking: () => void, textOf: (turn: string) => string}} host `picking`: which question
 *   turns are quoted for has changed
 */
export function rubricForm(rubric, first, host) {
  let sheet = first;
  /** The question that turns are quoted for now. @type {Dimension | null} */
  let active = null;

  /** @param {Sheet} now */
  function change(now) {
    sheet = now;
    for (const each of questions) each.update();
    host.changed(sheet);
    host.picking();
  }

  const questions = rubric.dimensions.map((dimension) =>
    questionOf(dimension, rubric, {
      sheet: () => sheet,
      change,
      active: () => active === dimension,
      activate(on) {
        active = on ? dimension : null;
        for (const each of questions) each.update();
        host.picking();
        if (on) announce(`Choose turns for ${dimension.name}.`);
      },
      textOf: host.textOf,
    }),
  );
  const notes = h("textarea", { id: "notes", rows: 4, maxlength: LONGEST, oninput: () => change(noted(sheet, notes.value)) });
  notes.value = sheet.notes;
  const content = h("div", { class: "stack watch-form" }, ...questions.map((each) => each.content), h("p", { class: "field" }, h("label", { for: "notes" }, "Notes, for the learner to read afterwards"), notes));

  return {
    content,
    active: () => active,
    sheet: () => sheet,
    /** @param {string} turn */
    pick(turn) {
      if (active) change(toggled(sheet, active.id, turn));
    },
    update() {
      for (const each of questions) each.update();
    },
    /** Nothing can be changed any more. */
    close() {
      active = null;
      for (const each of questions) each.close();
      notes.disabled = true;
      host.picking();
    },
  };
}

/**
 * @param {Dimension} dimension
 * @param {Rubric} rubric
 * @param {{sheet: () => Sheet, change: (sheet: Sheet) => void, active: () => boolean, activate: (on: boolean) => void,
 *   textOf: (turn: string) => string}} host
 */
function questionOf(dimension, rubric, host) {
  const name = `watch-${dimension.id}`;
  const levels = Array.from({ length: rubric.highest - rubric.lowest + 1 }, (_, at) => rubric.lowest + at);
  const now = host.sheet().levels[dimension.id] ?? null;
  const choices = [null, ...levels].map((level) =>
    h("label", { class: "mark" }, h("input", { type: "radio", name, value: level ?? "", checked: level === now, onchange: () => host.change(marked(host.sheet(), dimension.id, level)) }), h("span", null, level === null ? "not seen" : String(level))),
  );
  const meaning = h("p", { class: "soft meaning", "aria-live": "polite" });
  const quotes = h("ul", { class: "plain picked" });
  const pick = h("button", { class: "button quiet small", type: "button", onclick: () => host.activate(!host.active()) });
  const content = h(
    "fieldset",
    { class: "own-mark", "aria-describedby": `${name}-question` },
    h("legend", null, dimension.name),
    h("p", { class: "soft", id: `${name}-question` }, dimension.question),
    h("div", { class: "marks" }, ...choices),
    meaning,
    quotes,
    h("p", null, pick),
  );
  let shown = "";

  function update() {
    const sheet = host.sheet();
    const level = sheet.levels[dimension.id] ?? null;
    say(meaning, level === null ? "" : (dimension.anchors[String(level)] ?? ""));
    say(pick, host.active() ? "Done choosing turns" : "Quote turns for this");
    pick.classList.toggle("on", host.active());
    pick.setAttribute("aria-pressed", String(host.active()));
    content.classList.toggle("picking", host.active());
    const picked = (sheet.quotes[dimension.id] ?? []).map((turn) => ({ turn, text: host.textOf(turn) }));
    if (JSON.stringify(picked) === shown) return; // a list that is the same keeps its focus
    shown = JSON.stringify(picked);
    quotes.replaceChildren(...picked.map(({ turn, text }) => h("li", null, h("q", { class: "quote-words" }, text || "…"), " ", h("button", { class: "link-button", type: "button", "aria-label": `Take back: ${text}`, onclick: () => { host.change(toggled(host.sheet(), dimension.id, turn)); pick.focus(); } }, "take back"))));
  }

  update();
  return { content, update, close: () => { content.disabled = pick.hidden = true; content.classList.remove("picking"); } };
}
