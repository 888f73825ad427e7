// One question of one's own sheet: the level, the words it rests on, a comment, and whether it is saved.

import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { commented, declared, lacking, levelled, markWords, quoted, unquoted } from "./line.js";

/** @typedef {import("../types/api.js").Dimension} Dimension */
/** @typedef {import("../types/api.js").Rubric} Rubric */
/** @typedef {import("./line.js").Mark} Mark */
/** @typedef {import("./saver.js").Saved} Saved */

const LONGEST = 4000;

/**
 * @param {Dimension} dimension
 * @param {Rubric} rubric
 * @param {Mark} first
 * @param {{changed: (mark: Mark) => void, quote: () => void, insist: () => void, entered: () => void, show: (turn: string) => void, number: (turn: string) => number}} host
 */
export function sheetLine(dimension, rubric, first, host) {
  let mark = first;
  const id = `mark-${dimension.id}`;
  const levels = Array.from({ length: rubric.highest - rubric.lowest + 1 }, (_, at) => rubric.lowest + at);
  const choices = [
    ...levels.map((level) => choice(String(level), () => change(levelled(mark, level)), () => mark.status === "rated" && mark.level === level)),
    choice("N/A", () => change(declared(mark, "not_applicable")), () => mark.status === "not_applicable"),
    choice("unrated", () => change(declared(mark, "unrated")), () => mark.status === "unrated"),
  ];
  const meaning = h("p", { class: "soft meaning" });
  const quotes = h("ul", { class: "plain picked" });
  const comment = h("textarea", { id: `${id}-comment`, rows: 2, maxlength: LONGEST, oninput: () => change(commented(mark, comment.value)) });
  comment.value = mark.comment;
  const state = h("p", { class: "soft saved", role: "status" }, mark.status ? "Saved." : lacking(mark));
  const insist = h("button", { class: "button quiet small", type: "button", hidden: true, onclick: host.insist }, "Save mine in its place");
  const quote = h("button", { class: "button quiet small", type: "button", onclick: host.quote }, "Quote the chosen words");
  const content = h(
    "fieldset",
    { class: "own-mark mark-line", id, tabindex: "-1", onfocusin: host.entered },
    h("legend", null, dimension.name),
    h("p", { class: "soft" }, dimension.question),
    h("div", { class: "marks" }, ...choices.map((each) => each.content)),
    meaning,
    quotes,
    h("p", { class: "row" }, quote),
    h("p", { class: "field" }, h("label", { for: comment.id }, "Comment"), comment),
    h("p", { class: "row" }, state, insist),
    anchors(dimension),
  );

  /** @param {string} text @param {() => void} chosen @param {() => boolean} on */
  function choice(text, chosen, on) {
    const input = h("input", { type: "radio", name: id, onchange: chosen });
    return { content: h("label", { class: "mark" }, input, h("span", null, text)), update: () => { input.checked = on(); } };
  }

  /** @param {Mark} now */
  function change(now) {
    if (now === mark) return;
    mark = now;
    show();
    host.changed(mark);
  }

  function show() {
    for (const each of choices) each.update();
    say(meaning, mark.level === null ? "" : (dimension.anchors[String(mark.level)] ?? ""));
    quotes.replaceChildren(...mark.evidence.map((each, at) => quoteRow(each, at)));
  }

  /** @param {{turn: string, quote: string}} each @param {number} at */
  function quoteRow(each, at) {
    const where = `turn ${host.number(each.turn)}`;
    return h(
      "li",
      null,
      h("q", { class: "quote-words" }, each.quote),
      " ",
      h("button", { class: "link-button", type: "button", onclick: () => host.show(each.turn) }, where),
      " ",
      h("button", { class: "link-button", type: "button", "aria-label": `Take back: ${each.quote}`, onclick: () => { change(unquoted(mark, at)); quote.focus(); } }, "take back"),
    );
  }

  show();
  return {
    content,
    id: dimension.id,
    mark: () => mark,
    words: () => markWords(mark, rubric.highest),
    /** @param {number} level */
    level(level) {
      if (level >= rubric.lowest && level <= rubric.highest) change(levelled(mark, level));
    },
    /** @param {"not_applicable" | "unrated"} status */
    declare: (status) => change(declared(mark, status)),
    /** @param {string} turn @param {string} words */
    quote: (turn, words) => change(quoted(mark, turn, words)),
    comment: () => comment.focus(),
    focus() {
      content.focus({ preventScroll: true });
      content.scrollIntoView({ block: "nearest" });
    },
    /** @param {boolean} on */
    current: (on) => content.classList.toggle("current", on),
    /** @param {Saved} saved @param {unknown} error @param {string} there what is saved elsewhere */
    told(saved, error, there) {
      insist.hidden = saved !== "elsewhere";
      say(state, savedWords(saved, error, mark, there));
      state.classList.toggle("error", saved === "failed" || saved === "elsewhere");
    },
  };
}

/** @param {Saved} saved @param {unknown} error @param {Mark} mark @param {string} there */
function savedWords(saved, error, mark, there) {
  if (saved === "lacking") return lacking(mark);
  if (saved === "waiting") return "Not saved yet: the server does not answer. It is tried again; leave this page open.";
  if (saved === "elsewhere") return `In another window you gave: ${there}. What stands here is not saved.`;
  if (saved === "failed") return `Not saved: ${messageOf(error)}`;
  return saved === "saved" ? "Saved." : "Saving …";
}

/** @param {Dimension} dimension */
function anchors(dimension) {
  const rows = Object.entries(dimension.anchors).map(([level, text]) => h("li", null, h("strong", null, level), ` ${text}`));
  return h("details", null, h("summary", null, "All levels"), h("ul", { class: "plain" }, ...rows));
}
