// Where one is in the rubric: every line with its mark, the whole at the end.

import { h, say } from "../app/dom.js";
import { markWords } from "../mark/line.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */
/** @typedef {{name: string, mark: string, done: boolean}} Step */

/**
 * Every line of the rubric as one step, and the whole after them where there is one. Pure.
 * @param {MarkingState} state
 * @param {import("../types/api.js").Rubric} rubric
 * @param {boolean} whole
 * @returns {Step[]}
 */
export function stepsOf(state, rubric, whole) {
  const mine = state.sheets.find((each) => each.mine);
  const lines = rubric.dimensions.map(({ id, name }) => {
    const held = [...state.values, ...(mine?.now ?? [])].find((each) => each.dimension === id);
    return state.differences.includes(id) ? { name, mark: "differ", done: false } : { name, mark: held ? markWords(held, rubric.highest) : "", done: Boolean(held) };
  });
  const rating = state.whole_differs ? "" : (state.whole?.rating ?? mine?.overall ?? "");
  return whole ? [...lines, { name: "The whole", mark: state.whole_differs ? "differ" : rating, done: rating !== "" }] : lines;
}

/** Buttons that stay the same ones: only what they say changes. @param {(at: number) => void} go */
export function steps(go) {
  const list = h("ol", { class: "grade-steps plain" });
  const content = h("nav", { "aria-label": "Lines of the rubric" }, list);
  /** @type {ReturnType<typeof item>[]} */
  let items = [];
  return {
    content,
    /** @param {readonly Step[]} all @param {number} at the one in hand */
    show(all, at) {
      for (const each of items.slice(all.length)) each.element.remove();
      items = all.map((_, place) => items[place] ?? item(() => go(place)));
      list.append(...items.slice(list.children.length).map((each) => each.element));
      for (const [place, step] of all.entries()) items[place]?.show(step, place === at);
    },
  };
}

/** @param {() => void} go */
function item(go) {
  const [name, mark] = [h("span", { class: "grade-step-name" }), h("span", { class: "grade-step-mark" })];
  const button = h("button", { type: "button", onclick: go }, name, mark);
  return {
    element: h("li", null, button),
    /** @param {Step} step @param {boolean} current */
    show(step, current) {
      say(name, step.name);
      say(mark, step.mark);
      button.className = step.done ? "grade-step done" : "grade-step";
      if (current) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    },
  };
}
