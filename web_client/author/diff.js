// What differs between two texts, place by place: signs and words say it, and not colour alone.

import { h } from "../app/dom.js";

/** @typedef {import("../types/author.js").DiffLine} DiffLine */

/**
 * @param {DiffLine[][]} places
 * @param {{old: string, now: string}} names of the two texts
 * @returns {HTMLElement}
 */
export function diffOf(places, names) {
  if (!places.length) return h("p", null, "They say the same.");
  return h("div", { class: "stack" }, ...places.map((place) => placeOf(place, names)));
}

/** @param {DiffLine[]} place @param {{old: string, now: string}} names */
function placeOf(place, { old, now }) {
  const [first] = place;
  const caption = `From line ${first?.old_line || first?.new_line || 1}`;
  return h(
    "div",
    { class: "diff-frame", role: "region", "aria-label": caption, tabindex: 0 },
    h("table", { class: "diff" }, h("caption", null, caption), h("thead", { class: "unseen" }, h("tr", null, h("th", { scope: "col" }, "Line"), h("th", { scope: "col" }, "Change"), h("th", { scope: "col" }, "Text"))), h("tbody", null, ...place.flatMap((line) => rowsOf(line, old, now)))),
  );
}

/** @param {DiffLine} line @param {string} old @param {string} now */
function rowsOf(line, old, now) {
  if (line.kind === "same") return [row("", line.new_line, " ", "", line.new)];
  const gone = line.kind !== "new" && row("gone", line.old_line, "−", `only in ${old}`, line.old);
  const fresh = line.kind !== "gone" && row("new", line.new_line, "+", `only in ${now}`, line.new);
  return [gone, fresh].filter((each) => each !== false);
}

/** @param {string} kind @param {number} line @param {string} sign @param {string} words @param {string} text */
function row(kind, line, sign, words, text) {
  return h("tr", { class: kind ? `diff-${kind}` : null }, h("td", { class: "diff-line" }, line), h("td", { class: "diff-sign" }, h("span", { "aria-hidden": "true" }, sign), words && h("span", { class: "unseen" }, words)), h("td", { class: "diff-text" }, text || " "));
}
