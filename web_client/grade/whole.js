// The whole, after its lines: one judgement that is no sum of them.

import { h, say } from "../app/dom.js";

/** @typedef {import("../types/api.js").Overall} Overall */
/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** @type {readonly Overall[]} */
export const RATINGS = ["fail", "borderline", "pass", "good", "excellent"];

/** Lines of this grader's that have no mark yet. @param {MarkingState} state @param {readonly string[]} dimensions */
export function missing(state, dimensions) {
  const held = new Set(state.sheets.find((each) => each.mine)?.now.map((each) => each.dimension) ?? []);
  return dimensions.filter((each) => !held.has(each));
}

/** A number of lines in words. @param {number} many */
const someLines = (many) => (many === 1 ? "1 line has no saved mark" : `${many} lines have no saved mark`);

/**
 * Where one's own judgement of the whole stands, in words.
 * @param {{kept: Overall | null, waits: Overall | null, left: number, trouble: string}} of `waits`: chosen, and not taken by the
 *   server; `left`: lines without a mark; `trouble`: why it was refused
 */
export function wholeWords({ kept, waits, left, trouble }) {
  if (waits && left) return `Kept here, not saved yet: the whole comes after its lines, and ${someLines(left)} yet. It is saved as soon as they do; look at it again then.`;
  if (waits) return trouble ? `Not saved: ${trouble} Your choice stays here.` : "Saving …";
  if (left) return `First the lines: ${someLines(left)} yet.`;
  return kept ? "Saved." : "Every line has a mark. Now the whole: 1 to 5.";
}

/** One's own judgement of the whole. @param {(rating: Overall) => void} rate */
export function whole(rate) {
  const status = h("p", { class: "soft saved", role: "status" });
  const choices = ratings("whole", rate);
  const content = h(
    "fieldset",
    { class: "own-mark whole-rating", id: "mark-whole", tabindex: "-1" },
    h("legend", null, "The whole"),
    h("p", { class: "soft" }, "Your judgement of the whole talk, after its lines. It is no sum of them; it serves to set a standard, and the learner's report does not show it."),
    choices.element,
    status,
  );
  return {
    content,
    focus: () => comeTo(content),
    /** @param {Overall | null} rating @param {string} words @param {boolean} bad it was refused */
    show(rating, words, bad) {
      choices.show(rating);
      status.classList.toggle("error", bad);
      say(status, words);
    },
  };
}

/**
 * The five, as a row of choices.
 * @param {string} name of the group in its form
 * @param {(rating: Overall) => void} chosen
 */
export function ratings(name, chosen) {
  const all = RATINGS.map((rating, at) => {
    const input = h("input", { type: "radio", name, onchange: () => chosen(rating) });
    return { rating, input, element: h("label", { class: "mark" }, input, h("span", null, `${at + 1} ${rating}`)) };
  });
  return {
    element: h("div", { class: "marks" }, ...all.map((each) => each.element)),
    /** @param {Overall | null} rating */
    show(rating) {
      for (const each of all) each.input.checked = each.rating === rating;
    },
  };
}

/** @param {HTMLElement} element */
export function comeTo(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}
