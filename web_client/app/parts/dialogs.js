// Questions that stop everything else. The browser's own dialog keeps the focus inside and gives it back.

import { h } from "../dom.js";
import { freshId } from "./names.js";

/** @typedef {import("../dom.js").Child} Child */

/**
 * A dialog that is open until it is closed with Escape or by `close`.
 * @param {string} title
 * @param {...Child} children
 * @returns {{element: HTMLDialogElement, close: (value?: string) => void, closed: Promise<string>}} `closed` tells the value, empty after Escape
 */
export function modal(title, ...children) {
  const id = freshId("dialog");
  const element = h("dialog", { class: "dialog", "aria-labelledby": id }, h("h2", { id }, title), ...children);
  document.body.append(element);
  element.showModal();
  /** @type {Promise<string>} */
  const closed = new Promise((done) => {
    element.addEventListener("close", () => {
      element.remove();
      done(element.returnValue);
    });
  });
  return { element, close: (value = "") => element.close(value), closed };
}

/**
 * Ask before something that cannot be undone. `yes` names the deed ("Delete it"), never "OK".
 * @param {{title: string, text: string[], yes: string, no: string}} question
 * @returns {Promise<boolean>} false also when it was closed with Escape
 */
export async function confirmed({ title, text, yes, no }) {
  const row = h(
    "div",
    { class: "row" },
    h("button", { class: "button primary", type: "button", onclick: () => close("yes") }, yes),
    h("button", { class: "button quiet", type: "button", autofocus: true, onclick: () => close() }, no),
  );
  const { close, closed } = modal(title, ...text.map((each) => h("p", null, each)), row);
  return (await closed) === "yes";
}
