// The mark of a person: a small shape beside the name. A thing that speaks has a sheet of paper.

import { svg } from "../app/dom.js";

/** @typedef {import("../live/people.js").Mark} Mark */

/** @type {Record<Mark, [string, Record<string, string | number>][]>} */
const SHAPES = {
  disc: [["circle", { cx: 8, cy: 8, r: 5, class: "solid" }]],
  ring: [["circle", { cx: 8, cy: 8, r: 4.5, class: "line" }]],
  square: [["rect", { x: 3.5, y: 3.5, width: 9, height: 9, class: "solid" }]],
  diamond: [["path", { d: "M8 2.5 13.5 8 8 13.5 2.5 8z", class: "line" }]],
  triangle: [["path", { d: "M8 3 13.5 13h-11z", class: "solid" }]],
  cross: [["path", { d: "M8 3v10M3 8h10", class: "line" }]],
  thing: [["path", { d: "M4 2.5h8v11H4zM6 6h4M6 8.5h4M6 11h2.5", class: "line" }]],
};

/** @param {Mark} mark */
export function personMark(mark) {
  const parts = SHAPES[mark].map(([tag, properties]) => svg(tag, properties));
  return svg("svg", { class: `person-mark ${mark}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, ...parts);
}

/** Somebody who looks on. */
export function eye() {
  return svg(
    "svg",
    { class: "person-mark", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: "M1.5 8C4 4.2 12 4.2 14.5 8 12 11.8 4 11.8 1.5 8z", class: "line" }),
    svg("circle", { cx: 8, cy: 8, r: 1.8, class: "solid" }),
  );
}
