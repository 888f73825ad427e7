// A control with its label, its hint and its error; and a form that puts a refusal beside the control that caused it.

import { Refused } from "../api.js";
import { h, say } from "../dom.js";
import { messageOf } from "../trouble.js";
import { freshId, idOf } from "./names.js";

/** @typedef {import("../dom.js").Child} Child */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/**
 * @typedef {{element: HTMLElement, control: Control, name: string, fail: (message: string) => void, clear: () => void}} Field
 *   `fail` shows an error beside the control and marks it; typing into it clears that again
 */

/**
 * @param {{label: string, control: Control, hint?: Child, name?: string}} parts
 *   `name`: what the server calls it when it refuses it; else the control's `name`
 * @returns {Field}
 */
export function field({ label, control, hint, name }) {
  const error = h("p", { class: "error", id: freshId("error"), role: "alert" });
  const help = hint ? h("p", { class: "soft", id: freshId("hint") }, hint) : null;
  control.setAttribute("aria-describedby", [help?.id, error.id].filter(Boolean).join(" "));
  const clear = () => {
    say(error, "");
    control.removeAttribute("aria-invalid");
  };
  const fail = (/** @type {string} */ message) => {
    say(error, message);
    control.setAttribute("aria-invalid", "true");
  };
  control.addEventListener("input", clear);
  const element = h("div", { class: "field" }, h("label", { for: idOf(control, "field") }, label), help, control, error);
  return { element, control, name: name ?? control.name, fail, clear };
}

/**
 * A form: while it is sent its button waits; what was typed stays; a refusal stands beside the field that the server
 * names, which gets the focus, or above the button.
 * @param {{fields: readonly Field[], submit: string, send: () => Promise<void>, more?: readonly Child[]}} parts
 *   `more`: what stands between the fields and the button, also groups that hold some of them; `send` does the work and throws what refuses it
 */
export function form({ fields, submit, send, more = [] }) {
  const error = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button primary", type: "submit" }, submit);

  async function sent(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    if (button.getAttribute("aria-disabled")) return;
    say(error, "");
    fields.forEach((each) => each.clear());
    button.setAttribute("aria-disabled", "true");
    try {
      await send();
    } catch (failure) {
      refused(failure);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  /** @param {unknown} failure */
  function refused(failure) {
    const named = failure instanceof Refused ? fieldOf(fields, failure.field) : undefined;
    if (!named) return say(error, messageOf(failure));
    named.fail(messageOf(failure));
    named.control.focus();
  }

  return h("form", { class: "stack", onsubmit: sent }, ...fields.map((each) => each.element).filter((each) => !each.parentNode), ...more, error, h("p", null, button));
}

/** The field that a server's dotted name means: its last part is enough. @param {readonly Field[]} fields @param {string} name */
function fieldOf(fields, name) {
  return fields.find((each) => each.name && (each.name === name || name.split(".").includes(each.name)));
}
