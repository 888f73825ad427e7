// Waiting in silence on purpose: one press begins it, the next, or whatever happens first, ends it.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { minutes } from "../live/clock.js";
import { heldMs, LONGEST_MS } from "../live/silence.js";

/** @param {(ms: number) => void} held called with the length of a silence that counts */
export function silenceButton(held) {
  /** When it began; null while none is held. @type {number | null} */
  let from = null;
  let timer = 0;
  const button = h("button", { class: "button quiet small", type: "button", onclick: () => (from === null ? begin() : end()) }, "Wait in silence");

  function begin() {
    from = performance.now();
    announce("You are holding a silence. Press again to end it.");
    timer = window.setInterval(tick, 250);
    tick();
  }

  function tick() {
    const ms = performance.now() - (from ?? 0);
    say(button, `In silence ${minutes(ms)}, press to end`);
    button.classList.add("on");
    if (ms >= LONGEST_MS) end();
  }

  function end() {
    if (from === null) return;
    const ms = heldMs(from, performance.now());
    leave();
    say(button, "Wait in silence");
    button.classList.remove("on");
    if (ms === null) announce("That was shorter than three seconds, and does not count as a silence.");
    else held(ms);
  }

  function leave() {
    clearInterval(timer);
    from = null;
  }

  return { content: button, end, leave, holding: () => from !== null, able: (/** @type {boolean} */ on) => void (button.disabled = !on) };
}
