// Tabs by the ARIA pattern: one stop for Tab, arrows between them, Home and End.

import { fill, h } from "../dom.js";
import { freshId } from "./names.js";

/** @typedef {import("../dom.js").Child} Child */
/** @typedef {{id: string, name: string, content: Child | (() => Child)}} Tab A function makes its content when it is first opened. */

/**
 * @param {readonly Tab[]} list
 * @param {{label: string, chosen?: string, choose?: (id: string) => void}} options `chosen`: the id of the tab that is open at first
 * @returns {{element: HTMLElement, open: (id: string) => void}}
 */
export function tabs(list, { label, chosen = "", choose }) {
  const base = freshId("tabs");
  const pairs = list.map((each) => pair(base, each));
  const bar = h("div", { class: "tab-bar", role: "tablist", "aria-label": label }, ...pairs.map(({ tab }) => tab));

  /** @param {number} at */
  function show(at) {
    pairs.forEach(({ tab, panel }, number) => {
      tab.setAttribute("aria-selected", String(number === at));
      tab.tabIndex = number === at ? 0 : -1;
      panel.hidden = number !== at;
    });
    pairs[at]?.make();
  }

  /** @param {number} at */
  function go(at) {
    const next = (at + pairs.length) % pairs.length;
    show(next);
    pairs[next]?.tab.focus();
    choose?.(list[next]?.id ?? "");
  }

  pairs.forEach(({ tab }, at) => {
    tab.addEventListener("click", () => go(at));
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pairs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    });
  });
  const placeOf = (/** @type {string} */ id) => Math.max(0, list.findIndex((each) => each.id === id));
  show(placeOf(chosen));
  return { element: h("div", { class: "tabs" }, bar, ...pairs.map(({ panel }) => panel)), open: (id) => show(placeOf(id)) };
}

/** @param {string} base @param {Tab} each */
function pair(base, { id, name, content }) {
  const panel = h("div", { class: "tab-panel stack", role: "tabpanel", id: `${base}-${id}-panel`, "aria-labelledby": `${base}-${id}`, tabindex: 0 });
  const tab = h("button", { class: "tab", type: "button", role: "tab", id: `${base}-${id}`, "aria-controls": panel.id }, name);
  let made = false;
  const make = () => {
    if (!made) fill(panel, typeof content === "function" ? content() : content);
    made = true;
  };
  return { tab, panel, make };
}
