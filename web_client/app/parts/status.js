// What has just happened, in words: beside what was done, or for a deed whose place is gone.

import { announce } from "../announcer.js";
import { h, say } from "../dom.js";

/**
 * A line beside a control. It is a live region: what it says is read out.
 * @returns {{element: HTMLElement, say: (text: string) => void, fail: (text: string) => void}} `fail` for what went wrong
 */
export function statusLine() {
  const element = h("p", { class: "status-line", role: "status" });
  const show = (/** @type {string} */ text, /** @type {boolean} */ bad) => {
    element.classList.toggle("error", bad);
    say(element, text);
  };
  return { element, say: (text) => show(text, false), fail: (text) => show(text, true) };
}

/**
 * A message at the foot of the page, for a deed whose place is gone (a row that was deleted). It stays until it is
 * dismissed, the next one comes, or the page changes: nothing that has to be read goes away by itself.
 * @param {string} text
 * @param {{label: string, onclick: () => void}} [undo]
 */
export function toast(text, undo) {
  document.querySelector(".toast")?.remove();
  const leave = () => {
    element.remove();
    window.removeEventListener("hashchange", leave);
  };
  const element = h(
    "div",
    { class: "toast", role: "group", "aria-label": "Message" },
    h("p", null, text),
    undo && h("button", { class: "button small", type: "button", onclick: () => { leave(); undo.onclick(); } }, undo.label),
    h("button", { class: "button small quiet", type: "button", onclick: leave }, "Dismiss"),
  );
  document.body.append(element);
  window.addEventListener("hashchange", leave);
  announce(text);
}
