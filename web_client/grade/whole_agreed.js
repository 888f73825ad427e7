// The whole once one's own marks are in: what each marker gave, and the one judgement that shall stand.

import { h, redraw, say } from "../app/dom.js";
import { comeTo, ratings } from "./whole.js";

/** @typedef {import("../types/api.js").Overall} Overall */
/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** Whether there is a whole to speak of. @param {MarkingState} state */
export function judged(state) {
  return state.sheets.some((each) => each.overall);
}

/** What each gave before seeing anything, and what stands, in lines. @param {MarkingState} state @returns {[string, string][]} */
export function sidesOf({ sheets, whole, whole_differs }) {
  const given = sheets.flatMap((each) => /** @type {[string, string][]} */ (each.overall ? [[each.mine ? "You" : each.name, each.overall]] : []));
  if (whole_differs) return [...given, ["Stands", "nothing yet: the markers differ here. Talk, then say what you agreed on."]];
  return whole?.reason ? [...given, ["Stands", `${whole.rating}, by ${whole.by.join(" and ")}: ${whole.reason}`]] : given;
}

/**
 * What the button does; empty: there is nothing to send.
 * @param {MarkingState} state
 * @param {Overall | null} chosen
 */
export function deedOf({ whole, whole_differs }, chosen) {
  if (!chosen || (!whole_differs && chosen === whole?.rating)) return "";
  return whole_differs ? `We agreed on ${chosen}` : `Change it to ${chosen}`;
}

/**
 * @param {(rating: Overall, reason: string) => Promise<string>} send tells why it was refused; empty: it was taken
 */
export function wholeAgreed(send) {
  /** @type {MarkingState | null} */
  let state = null;
  /** @type {Overall | null} */
  let chosen = null;
  const sides = h("dl", { class: "terms" });
  const choices = ratings("agreed", choose);
  const reason = h("input", { id: "whole-reason", type: "text", maxlength: 4000 });
  const button = h("button", { class: "button small", type: "submit" });
  const error = h("p", { class: "error", role: "alert" });
  const form = h(
    "form",
    { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void sent(); } },
    h("div", { role: "radiogroup", "aria-label": "What shall stand for the whole" }, choices.element),
    h("p", { class: "field" }, h("label", { for: reason.id }, "Reason"), reason),
    h("p", { class: "row" }, button),
    error,
  );
  const content = h("section", { class: "own-mark whole-rating", id: "mark-whole", tabindex: "-1", "aria-labelledby": "mark-whole-name" }, h("h3", { id: "mark-whole-name" }, "The whole"), h("p", { class: "soft" }, "One judgement of the talk; what each gave first stays beside it. The learner's report does not show it."), sides, form);

  /** @param {Overall} rating */
  function choose(rating) {
    chosen = rating;
    choices.show(rating);
    const deed = state ? deedOf(state, rating) : "";
    button.hidden = !deed;
    say(button, deed);
  }

  async function sent() {
    if (!chosen || button.hidden) return;
    say(error, "");
    const refused = await send(chosen, reason.value);
    if (refused) return say(error, refused);
    [chosen, reason.value] = [null, ""];
    if (state) show(state);
    comeTo(content);
  }

  /** @param {MarkingState} now */
  function show(now) {
    state = now;
    redraw(sides, sidesOf(now), (lines) => lines.flatMap(([who, what]) => [h("dt", null, who), h("dd", null, what)]));
    form.hidden = !now.open || !now.closed;
    const shown = chosen ?? now.whole?.rating ?? null;
    choices.show(shown);
    const deed = deedOf(now, shown);
    button.hidden = !deed;
    say(button, deed);
  }

  return {
    content,
    show,
    focus: () => comeTo(content),
    /** By key: chosen, and on to the reason. @param {Overall} rating */
    key(rating) {
      if (form.hidden) return;
      choose(rating);
      reason.focus();
    },
    unsaved: () => reason.value.trim() !== "",
  };
}
