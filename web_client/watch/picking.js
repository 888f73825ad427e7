// The small button beside each caption by which an observer quotes it.

import { h, say } from "../app/dom.js";

/** @typedef {import("../types/wire.js").Line} Line */

/**
 * @param {{may: (turn: string) => boolean, active: () => {id: string, name: string} | null, picked: (turn: string) => boolean,
 *   pick: (turn: string) => void}} host `may`: it is a turn of the kept transcript
 */
export function picking(host) {
  /** @type {Set<() => void>} */
  const made = new Set();

  /** @param {Line} line */
  function beside(line) {
    let now = line;
    const button = h("button", { class: "button quiet small pick", type: "button", hidden: true, onclick: () => host.pick(now.id) });
    function show() {
      const active = host.active();
      button.hidden = !active || !now.text || !host.may(now.id);
      if (!active) return;
      const on = host.picked(now.id);
      say(button, on ? "Quoted" : "Quote");
      button.classList.toggle("on", on);
      button.setAttribute("aria-pressed", String(on));
      button.setAttribute("aria-label", `${on ? "Quoted" : "Quote"} for ${active.name}: ${now.text}`);
    }
    made.add(show);
    return { content: button, update: (/** @type {Line} */ latest) => { now = latest; show(); } };
  }

  return { beside, update: () => { for (const show of made) show(); } };
}
