// How far a long task is, as a bar and in words.

import { announce } from "../announcer.js";
import { h, say } from "../dom.js";
import { idOf } from "./names.js";

/**
 * A bar with its words. Screen readers are told at every quarter, not at every step.
 * @param {string} label what is being done, e.g. "Proving this case"
 * @returns {{element: HTMLElement, set: (share: number | null, text: string) => void}} `set` takes a share from 0 to 1, or
 *   null while it is not known, and where it stands in words: "12 of 40 learners"
 */
export function progress(label) {
  const bar = h("progress", { max: 1 });
  const words = h("span", { class: "progress-words" });
  let told = 0;

  function set(/** @type {number | null} */ share, /** @type {string} */ text) {
    say(words, text);
    if (share === null) return bar.removeAttribute("value");
    bar.value = Math.min(1, Math.max(0, share));
    const quarter = Math.floor(bar.value * 4);
    if (quarter > told) announce(`${label}: ${text}`);
    told = quarter;
  }

  const element = h("div", { class: "progress" }, h("label", { for: idOf(bar, "progress") }, label), words, bar);
  return { element, set };
}
