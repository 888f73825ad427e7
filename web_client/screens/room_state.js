// One line that says what is going on: a shape, words, and the level of the microphone.

import { meterLevel } from "../audio/pcm.js";
import { announce } from "../app/announcer.js";
import { h, say, svg } from "../app/dom.js";

/** @typedef {import("../live/state_words.js").StateKey} StateKey */

/** Each state has a shape of its own, so that colour is never alone. @type {Record<StateKey, [string, Record<string, string | number>][]>} */
const SHAPES = {
  listening: [["circle", { cx: 12, cy: 12, r: 7, class: "line" }]],
  hearing: [[ "path", { d: "M5 10v4M9.7 6v12M14.3 8v8M19 11v2", class: "line" }]],
  speaking: [["path", { d: "M4 6h16v9H11l-4 4v-4H4z", class: "solid" }]],
  thinking: [["circle", { cx: 5, cy: 12, r: 2.2, class: "solid" }], ["circle", { cx: 12, cy: 12, r: 2.2, class: "solid" }], ["circle", { cx: 19, cy: 12, r: 2.2, class: "solid" }]],
  silence: [["path", { d: "M5 12h14", class: "line" }]],
  paused: [["path", { d: "M8 5v14M16 5v14", class: "line" }]],
  reconnecting: [["circle", { cx: 12, cy: 12, r: 7, class: "line dashed" }]],
  over: [["rect", { x: 6, y: 6, width: 12, height: 12, class: "solid" }]],
};

/** States worth a word to a screen reader; the others are heard, or follow in an instant. */
const TOLD = new Set(["listening", "paused", "reconnecting", "over"]);

/** @param {boolean} byVoice */
export function stateLine(byVoice) {
  const shape = h("span", { class: "state-shape", "aria-hidden": "true" });
  const words = h("span", { class: "state-words" });
  const fill = h("div", { class: "meter-fill" });
  const meter = h("div", { class: "meter meter-small", role: "img", "aria-label": "Level of your microphone" }, fill);
  const content = h("p", { class: "state" }, shape, words);
  /** @type {StateKey | ""} */
  let last = "";

  return {
    content: h("div", { class: "state-row" }, content, byVoice && meter),
    /** @param {StateKey} key @param {string} text */
    show(key, text) {
      say(words, text);
      if (key === last) return;
      content.setAttribute("data-state", key);
      shape.replaceChildren(svg("svg", { viewBox: "0 0 24 24", width: 24, height: 24 }, ...SHAPES[key].map(([tag, properties]) => svg(tag, properties))));
      if (last && TOLD.has(key)) announce(text);
      last = key;
    },
    /** @param {number} peak */
    level(peak) {
      fill.style.setProperty("--level", String(meterLevel(peak)));
    },
  };
}
