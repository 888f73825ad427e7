// The head of a page with the way back, its sections, and what stands where there is nothing yet.

import { h } from "../dom.js";
import { freshId } from "./names.js";

/** @typedef {import("../dom.js").Child} Child */

/**
 * The way back: the pages above this one, outermost first.
 * @param {readonly {text: string, href: string}[]} above
 */
export function crumbs(above) {
  if (!above.length) return null;
  return h("nav", { class: "crumbs", "aria-label": "The way back" }, h("ol", null, ...above.map(({ text, href }) => h("li", null, h("a", { href }, text)))));
}

/**
 * The head of a page. Its `h1` gets the focus when the page is shown.
 * @param {{title: string, above?: readonly {text: string, href: string}[], lead?: Child, state?: Child, actions?: readonly Child[]}} head
 *   `state`: a tag beside the title; `actions`: what one does on the whole page
 */
export function pageHead({ title, above = [], lead, state, actions = [] }) {
  return h(
    "header",
    { class: "page-head stack-tight" },
    crumbs(above),
    h("div", { class: "page-title" }, h("h1", null, title), state),
    lead && h("p", { class: "lead" }, lead),
    actions.length > 0 && h("div", { class: "row" }, ...actions),
  );
}

/**
 * A part of a page under a heading of its own, which names it for screen readers too.
 * @param {string} title
 * @param {...Child} children
 */
export function section(title, ...children) {
  const id = freshId("section");
  return h("section", { class: "stack", "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/**
 * What stands where there is nothing yet: what will be here, and how to begin.
 * @param {{title?: string, text: Child, hint?: Child, action?: Child}} parts `action`: a button or a link
 */
export function emptyState({ title, text, hint, action }) {
  return h(
    "div",
    { class: "empty stack-tight" },
    title && h("p", { class: "empty-title" }, title),
    h("p", null, text),
    hint && h("p", { class: "soft" }, hint),
    action && h("p", null, action),
  );
}
