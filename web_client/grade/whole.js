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

/** What everybody thinks of the whole, in words. @param {MarkingState} state */
export function overallWords(state) {
  const given = state.sheets.filter((each) => each.overall);
  return given.map((each) => `${each.mine ? "You" : each.name}: ${each.overall}`).join(" · ");
}

/** @param {(rating: Overall) => void} rate */
export function whole(rate) {
  const status = h("p", { class: "soft saved", role: "status" });
  const choices = RATINGS.map((rating, at) => {
    const input = h("input", { type: "radio", name: "whole", onchange: () => rate(rating) });
    return { rating, input, element: h("label", { class: "mark" }, input, h("span", null, `${at + 1} ${rating}`)) };
  });
  const content = h(
    "fieldset",
    { class: "own-mark whole-rating", id: "mark-whole", tabindex: "-1" },
    h("legend", null, "The whole"),
    h("p", { class: "soft" }, "Your judgement of the whole talk, after its lines. It is no sum of them; it serves to set a standard, and the learner's report does not show it."),
    h("div", { class: "marks" }, ...choices.map((each) => each.element)),
    status,
  );
  return {
    content,
    focus() {
      content.focus({ preventScroll: true });
      content.scrollIntoView({ block: "nearest" });
    },
    /** @param {Overall | null} rating what the server holds @param {string} words */
    show(rating, words) {
      for (const each of choices) each.input.checked = each.rating === rating;
      say(status, words);
    },
  };
}
