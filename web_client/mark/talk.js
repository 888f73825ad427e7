// The transcript of an encounter that is marked: turns with numbers, and words to be chosen by mouse, finger or keyboard.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { minutes } from "../live/clock.js";
import { chosenAfter, wordsIn } from "./keys.js";

/** @typedef {import("../types/api.js").Turn} Turn */
/** @typedef {{turn: string, quote: string}} Chosen */

/**
 * @param {readonly Turn[]} turns
 * @param {(speaker: string) => string} name
 */
export function talk(turns, name) {
  const told = turns.filter((turn) => turn.text);
  const number = new Map(turns.map((turn, at) => [turn.id, at + 1]));
  const rows = told.map((turn, at) => row(turn, number.get(turn.id) ?? 0, name, () => go(at)));
  const content = h("ol", { class: "transcript mark-turns" }, ...rows.map((each) => each.content));
  let current = 0;
  /** Words of the current turn that the keyboard has chosen. @type {[number, number]} */
  let words = [-1, -1];
  /** What was last selected in the talk; a click on a button elsewhere does not take it away. @type {Chosen | null} */
  let selected = null;

  /** @param {number} at */
  function go(at) {
    if (at !== current) words = [-1, -1];
    rows[current]?.content.classList.remove("current");
    current = Math.min(rows.length - 1, Math.max(0, at));
    rows[current]?.content.classList.add("current");
    for (const [place, each] of rows.entries()) each.content.tabIndex = place === current ? 0 : -1;
  }

  function remember() {
    const now = getSelection();
    if (!now || now.isCollapsed || !now.rangeCount) {
      if (now?.anchorNode && content.contains(now.anchorNode)) selected = null;
      return;
    }
    const at = rows.findIndex((each) => each.words.contains(now.anchorNode) && each.words.contains(now.focusNode));
    if (at < 0) return;
    const quote = now.toString().trim();
    const turn = told[at];
    selected = turn && quote && turn.text.includes(quote) ? { turn: turn.id, quote } : null;
    if (selected) go(at);
  }

  const leaving = new AbortController();
  document.addEventListener("selectionchange", remember, { signal: leaving.signal });
  go(0);

  return {
    content,
    leave: () => leaving.abort(),
    /** The next turn or the one before. @param {1 | -1} by */
    step(by) {
      getSelection()?.removeAllRanges();
      selected = null;
      go(current + by);
      rows[current]?.content.focus({ preventScroll: true });
      rows[current]?.content.scrollIntoView({ block: "nearest" });
    },
    focus() {
      rows[current]?.content.focus({ preventScroll: true });
      rows[current]?.content.scrollIntoView({ block: "nearest" });
    },
    /** A word of the turn by keyboard. @param {{do: "widen" | "move", by: 1 | -1}} action */
    choose(action) {
      const [turn, view] = [told[current], rows[current]];
      if (!turn || !view) return;
      const places = wordsIn(turn.text);
      words = chosenAfter(words, action, places.length);
      const [from, to] = [places[words[0]], places[words[1]]];
      const text = view.words.firstChild;
      if (!from || !to || !text) return;
      getSelection()?.setBaseAndExtent(text, from[0], text, to[1]);
      announce(turn.text.slice(from[0], to[1]));
    },
    /** The chosen words, else the whole turn. @returns {Chosen | null} */
    chosen() {
      remember(); // the browser tells of a selection a moment late
      if (selected) return selected;
      const turn = told[current];
      return turn ? { turn: turn.id, quote: turn.text } : null;
    },
    /** After they were quoted. */
    clear() {
      getSelection()?.removeAllRanges();
      [selected, words] = [null, [-1, -1]];
    },
    /** @param {string} turn */
    show(turn) {
      const at = told.findIndex((each) => each.id === turn);
      if (at < 0) return;
      go(at);
      rows[at]?.content.scrollIntoView({ block: "center" });
      rows[at]?.content.focus({ preventScroll: true });
    },
    /** Which turns the question in hand rests on. @param {readonly {turn: string}[]} evidence */
    mark(evidence) {
      const quoted = new Set(evidence.map((each) => each.turn));
      for (const [at, each] of rows.entries()) each.content.classList.toggle("quoted", quoted.has(told[at]?.id ?? ""));
    },
    number: (/** @type {string} */ turn) => number.get(turn) ?? 0,
  };
}

/** @param {Turn} turn @param {number} number @param {(speaker: string) => string} name @param {() => void} go */
function row(turn, number, name, go) {
  const words = h("span", { class: "turn-words" }, turn.text);
  const own = turn.speaker === "learner";
  const content = h(
    "li",
    { class: `turn ${own ? "own" : "theirs"} ${turn.kind}`, tabindex: "-1", onclick: go },
    h("span", { class: "turn-number" }, h("span", { class: "unseen" }, "Turn "), number),
    h("span", { class: "turn-time soft" }, minutes(turn.at_ms)),
    h("span", { class: "turn-who" }, name(turn.speaker)),
    words,
    turn.cut && h("span", { class: "turn-mark" }, "interrupted here"),
  );
  return { content, words };
}
