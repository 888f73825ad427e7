// Where one is in the rubric: every line with its mark, the whole at the end.

import { h } from "../app/dom.js";

/** @typedef {{name: string, mark: string, done: boolean}} Step */

/** @param {(at: number) => void} go */
export function steps(go) {
  const list = h("ol", { class: "grade-steps plain" });
  const content = h("nav", { "aria-label": "Lines of the rubric" }, list);
  return {
    content,
    /** @param {readonly Step[]} all @param {number} at the one in hand */
    show(all, at) {
      const focused = [...list.children].findIndex((each) => each.contains(document.activeElement));
      list.replaceChildren(...all.map((each, place) => item(each, place === at, () => go(place))));
      if (focused >= 0) list.children[focused]?.querySelector("button")?.focus({ preventScroll: true });
    },
  };
}

/** @param {Step} step @param {boolean} current @param {() => void} go */
function item({ name, mark, done }, current, go) {
  return h("li", null, h("button", { class: done ? "grade-step done" : "grade-step", type: "button", "aria-current": current ? "step" : null, onclick: go }, h("span", { class: "grade-step-name" }, name), h("span", { class: "grade-step-mark" }, mark)));
}
