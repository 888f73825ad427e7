// A link that lets somebody choose a password: shown once, to be handed over.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { field } from "../app/parts.js";

/** @typedef {import("./calls.js").Link} Link */

/** @param {Link} link */
export function linkBox({ name, sign_in, address, until }) {
  const box = h("input", { type: "text", readonly: true, value: address, onfocus: () => box.select() });
  const copied = h("span", { class: "soft" });
  const { element } = field({ label: `Link for ${name}`, control: box });
  return h(
    "div",
    { class: "stack-tight link-box" },
    element,
    h("p", { class: "row" }, copyButton(`Copy the link for ${name}`, "Copy the link", address, copied, () => box.select()), copied),
    h("p", { class: "soft" }, `Send it to ${name}, who signs in as ${sign_in} from then on. It works once, until ${untilWords(until)}, and is shown only now; a lost one is replaced by a new one.`),
  );
}

/**
 * A button that copies; where the browser does not let a page do it, it says what to do.
 * @param {string} label @param {string} text on the button @param {string} what @param {HTMLElement} told @param {() => void} [select]
 */
export function copyButton(label, text, what, told, select) {
  async function copy() {
    select?.();
    try {
      await navigator.clipboard.writeText(what);
      say(told, "Copied");
      announce("Copied.");
    } catch {
      say(told, "Copy it from the box by hand.");
    }
  }
  return h("button", { class: "button small", type: "button", "aria-label": label, onclick: () => void copy() }, text);
}

/** @param {string} until */
export function untilWords(until) {
  return new Date(until).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
