// Parts that stand open where there is room and on paper, and are folded on a narrow screen.

import { h } from "../app/dom.js";

/** @typedef {import("../app/dom.js").Child} Child */

/**
 * A part of the report that `unfold` opens and closes.
 * @param {Child} summary
 * @param {...Child} children
 */
export function foldedWhenNarrow(summary, ...children) {
  return h("details", { class: "when-narrow" }, h("summary", null, summary), ...children);
}

/**
 * Open on a wide screen and on paper, folded on a narrow screen; what is folded otherwise opens for paper as well.
 * @param {HTMLElement} within
 * @returns {() => void} call it when the element leaves the page
 */
export function unfold(within) {
  const narrow = matchMedia("(max-width: 40rem)");
  const fit = () => { for (const each of folds(within, ".when-narrow")) each.open = !narrow.matches; };
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const toPaper = () => { opened = folds(within, ":not([open])"); for (const each of opened) each.open = true; };
  const fromPaper = () => { for (const each of opened) each.open = false; };
  fit();
  const leaving = new AbortController();
  const until = { signal: leaving.signal };
  narrow.addEventListener("change", fit, until);
  window.addEventListener("beforeprint", toPaper, until);
  window.addEventListener("afterprint", fromPaper, until);
  return () => leaving.abort();
}

/** @param {HTMLElement} within @param {string} which @returns {HTMLDetailsElement[]} */
function folds(within, which) {
  return [...within.querySelectorAll(`details${which}`)].filter((each) => each instanceof HTMLDetailsElement);
}
