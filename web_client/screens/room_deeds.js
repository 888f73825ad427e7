// What can be done now: buttons that come and go with the moment, and never take the focus with them.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";

/** @typedef {import("../types/wire.js").Deed} Deed */

/**
 * @param {HTMLElement} last stays at the end
 * @param {(id: string) => void} act
 */
export function deeds(last, act) {
  /** @type {Map<string, HTMLButtonElement>} */
  const made = new Map();
  const content = h("div", { class: "deeds", role: "group", "aria-label": "What you can do" }, last);
  /** @type {readonly Deed[] | null} */
  let known = null;

  /** @param {Deed} deed */
  function button({ id, label }) {
    const each = h("button", { class: "button quiet small", type: "button", onclick: () => each.getAttribute("aria-disabled") !== "true" && act(id) }, label);
    return each;
  }

  /** A button that has the focus stays until it has not, and does nothing. @param {string} id @param {HTMLButtonElement} each */
  function drop(id, each) {
    made.delete(id);
    if (document.activeElement !== each) return each.remove();
    each.setAttribute("aria-disabled", "true");
    each.addEventListener("blur", () => each.remove(), { once: true });
  }

  /** @param {readonly Deed[]} now */
  function show(now) {
    const fresh = now.filter(({ id }) => !made.has(id));
    for (const [id, each] of [...made]) if (!now.some((deed) => deed.id === id)) drop(id, each);
    let before = /** @type {HTMLElement} */ (last);
    for (const deed of [...now].reverse()) {
      const each = made.get(deed.id) ?? button(deed);
      made.set(deed.id, each);
      if (each.nextElementSibling !== before) before.before(each);
      before = each;
    }
    if (known && fresh.length) announce(`You can now: ${fresh.map(({ label }) => label).join("; ")}.`);
    known = now;
  }

  return {
    content,
    /** @param {readonly Deed[] | null} now @param {boolean} able */
    update(now, able) {
      if (now && now !== known) show(now);
      for (const each of made.values()) each.disabled = !able;
    },
  };
}
