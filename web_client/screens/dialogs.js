// Questions that stop everything else. The browser's own dialog keeps the focus inside and gives it back.

import { h } from "../app/dom.js";

/**
 * @param {{title: string, text: string[], yes: string, no: string}} question
 * @returns {Promise<boolean>} false also when it was closed with Escape
 */
export function confirmed({ title, text, yes, no }) {
  const answer = (/** @type {string} */ value) => () => dialog.close(value);
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-title" },
    h("h2", { id: "dialog-title" }, title),
    ...text.map((each) => h("p", null, each)),
    h(
      "div",
      { class: "row" },
      h("button", { class: "button primary", type: "button", onclick: answer("yes") }, yes),
      h("button", { class: "button quiet", type: "button", autofocus: true, onclick: answer("no") }, no),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    });
  });
}
