// Single keys on a page on which somebody marks: when they act, whether the talk or the marks are meant, and the switch
// that turns them off.

import { h } from "../app/dom.js";
import { showKeys } from "./help.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, dialog *";

/** @typedef {import("./keys.js").Action} Action */
/** @typedef {{key: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} Pressed */

/** @template {{do: string}} A */
export class PageKeys {
  /**
   * @param {{meaning: (event: Pressed, where: {typing: boolean, talk: boolean}) => A | null, take: (action: A) => void, escaped: () => void,
   *   help: readonly (readonly [string, string])[]}} host `escaped`: somebody leaves the box they typed in
   */
  constructor({ meaning, take, escaped, help }) {
    this.meaning = meaning;
    this.take = take;
    this.escaped = escaped;
    this.help = help;
    /** The talk is meant, and not the marks. */
    this.inTalk = false;
    this.on = h("input", { type: "checkbox", id: "keys-on", checked: true });
    this.row = h("p", { class: "row" }, h("span", { class: "choice" }, this.on, h("label", { for: this.on.id }, "Single keys act on this page")), h("button", { class: "button quiet small", type: "button", onclick: () => this.show() }, "Keys (?)"));
  }

  show() {
    showKeys(this.help);
  }

  /**
   * @param {EventTarget} where keys act while something in it has the focus
   * @param {HTMLElement} talk whoever comes into it means the talk
   * @param {AddEventListenerOptions} until
   */
  listen(where, talk, until) {
    where.addEventListener("keydown", (event) => this.pressed(/** @type {KeyboardEvent} */ (event)), until);
    talk.addEventListener("focusin", () => { this.inTalk = true; }, until);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const typing = target.matches?.(TYPING) ?? false;
    if (typing && event.key === "Escape" && !target.closest("dialog")) return this.escaped();
    if (!this.on.checked || document.querySelector("dialog[open]")) return;
    const action = this.meaning(event, { typing, talk: this.inTalk });
    if (!action) return;
    event.preventDefault();
    this.take(action);
  }
}
